/**
 * Retries that are safe: one key, one answer.
 *
 * <p>May import {@code api}, {@code vault} and {@code store}.
 */
@NullMarked
package io.agentos.runtime.idempotency;

import org.jspecify.annotations.NullMarked;
