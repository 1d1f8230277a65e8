/**
 * The one door to Postgres: transactions that name their tenant, roles, migrations.
 *
 * <p>May import {@code api}, JDBC, HikariCP and Flyway. No other package of the runtime may import
 * {@code java.sql}.
 */
@NullMarked
package io.agentos.runtime.store;

import org.jspecify.annotations.NullMarked;
