/**
 * SQL text cut into tokens and statements, the way psql and the server's own lexer cut it.
 *
 * <p>May import {@code api} and the JDK.
 */
@NullMarked
package io.agentos.tools.sql.script;

import org.jspecify.annotations.NullMarked;
