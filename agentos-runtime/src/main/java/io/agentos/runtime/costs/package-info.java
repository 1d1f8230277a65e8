/**
 * The cost ledger: what each model call used and cost, written with the step that made the call,
 * and reports over it.
 *
 * <p>May import {@code api}, {@code store}.
 */
@NullMarked
package io.agentos.runtime.costs;

import org.jspecify.annotations.NullMarked;
