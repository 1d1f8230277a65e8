/**
 * What is kept back from model providers: the rules of tenants, and the one way in which a request
 * is made fit to be sent ({@link io.agentos.runtime.privacy.Privacy#conceal}).
 *
 * <p>May import {@code api}, {@code spi}, {@code vault}, {@code redaction}, {@code store} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.privacy;

import org.jspecify.annotations.NullMarked;
