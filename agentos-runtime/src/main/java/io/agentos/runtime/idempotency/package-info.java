/**
 * Retries that are safe: one key, one answer.
 *
 * <p>May import {@code api} and {@code store}.
 */
@NullMarked
package io.agentos.runtime.idempotency;

import org.jspecify.annotations.NullMarked;
