/**
 * Whether one role of a Postgres can reach a row of another tenant: 21 questions to the catalogs,
 * each with what it means and how it is repaired.
 *
 * <p>{@link io.agentos.tools.sql.isolation.IsolationLint} is the door. Unlike the audit in {@code
 * rls}, which asks what anybody could do in a schema it knows nothing of, this knows the role an
 * application works as and the column that names the tenant, and holds every table to them. May
 * import the JDK and {@code java.sql}.
 */
@NullMarked
package io.agentos.tools.sql.isolation;

import org.jspecify.annotations.NullMarked;
