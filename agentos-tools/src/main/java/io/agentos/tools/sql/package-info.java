/**
 * Tools about SQL databases: today one, {@code sql.audit_rls}.
 *
 * <p>{@link io.agentos.tools.sql.SqlTools} is the door. May import the packages below it, {@code
 * api}, {@code spi}, the JDK and {@code java.sql}.
 */
@NullMarked
package io.agentos.tools.sql;

import org.jspecify.annotations.NullMarked;
