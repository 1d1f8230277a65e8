/**
 * Recorded turns played back, for evals, demos and tests.
 *
 * <p>May import {@code api}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.adapters.replay;

import org.jspecify.annotations.NullMarked;
