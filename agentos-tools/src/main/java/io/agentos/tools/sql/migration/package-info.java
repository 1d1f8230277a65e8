/**
 * Trying a migration out: each statement in a transaction that is rolled back, with the locks it
 * takes and what it rewrites, as Postgres itself tells them.
 *
 * <p>May import {@code tools.findings}, {@code tools.files}, {@code tools.sql.script}, {@code api},
 * pgjdbc and the JDK.
 */
@NullMarked
package io.agentos.tools.sql.migration;

import org.jspecify.annotations.NullMarked;
