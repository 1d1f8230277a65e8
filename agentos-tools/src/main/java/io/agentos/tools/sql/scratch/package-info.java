/**
 * Throw-away databases in which a schema can be applied and looked at.
 *
 * <p>{@link io.agentos.tools.sql.scratch.ScratchDatabases} lends one for the time of one piece of
 * work. The server gives {@link io.agentos.tools.sql.scratch.AdminScratchDatabases} a superuser's
 * connection to a disposable cluster. May import {@code tools.sql.connection}, {@code api}, the JDK
 * and {@code java.sql}.
 */
@NullMarked
package io.agentos.tools.sql.scratch;

import org.jspecify.annotations.NullMarked;
