/**
 * Budgets: what may be spent, decided before it is. A call reserves the most it can cost from every
 * budget that covers it, and settles what it did cost.
 *
 * <p>May import {@code api}, {@code durable}, {@code audit}, {@code store}.
 */
@NullMarked
package io.agentos.runtime.budgets;

import org.jspecify.annotations.NullMarked;
