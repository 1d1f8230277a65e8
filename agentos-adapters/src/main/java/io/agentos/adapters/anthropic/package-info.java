/**
 * Anthropic's Messages, as spoken by Anthropic and by gateways that imitate it.
 *
 * <p>May import {@code api}, {@code spi}, {@code adapters.http}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.adapters.anthropic;

import org.jspecify.annotations.NullMarked;
