/**
 * Tools about SQL databases: {@code sql.audit_rls}, {@code sql.schema_doc}, {@code
 * sql.index_advice} and {@code sql.check_migration}; and the lint behind {@code agentos doctor
 * rls}.
 *
 * <p>{@link io.agentos.tools.sql.SqlTools} is the door of the tools, {@link
 * io.agentos.tools.sql.IsolationCheck} that of the lint. May import the packages below it, {@code
 * api}, {@code spi}, the JDK and {@code java.sql}.
 */
@NullMarked
package io.agentos.tools.sql;

import org.jspecify.annotations.NullMarked;
