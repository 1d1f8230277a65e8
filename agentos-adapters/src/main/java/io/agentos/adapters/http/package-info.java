/**
 * The one way to a provider over HTTP: pooled connections, deadlines, bounded answers, and one
 * place where what came back becomes an error code.
 *
 * <p>Knows no vendor's shape beyond where errors name their kind. May import {@code api}, Jackson
 * and the JDK.
 */
@NullMarked
package io.agentos.adapters.http;

import org.jspecify.annotations.NullMarked;
