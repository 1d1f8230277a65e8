/**
 * Step 6: questions to people, bound to exactly what would run.
 *
 * <p>May import {@code api}, {@code durable}, {@code state}, {@code audit}, {@code store} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.approvals;

import org.jspecify.annotations.NullMarked;
