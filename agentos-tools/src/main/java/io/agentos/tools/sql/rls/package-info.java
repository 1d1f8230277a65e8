/**
 * The audit of row-level security: reads the catalogs of one Postgres database, looks for ways in
 * which a row reaches someone it is not meant for, and says how to close them.
 *
 * <p>{@link io.agentos.tools.sql.rls.RlsAudit} is the door. A catalog is read once into records;
 * the checks are pure functions of it. May import {@code tools.sql.script}, {@code api}, the JDK
 * and {@code java.sql}.
 */
@NullMarked
package io.agentos.tools.sql.rls;

import org.jspecify.annotations.NullMarked;
