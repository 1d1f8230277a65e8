/**
 * The red button: what is stopped now, and whether it covers a thing about to happen.
 *
 * <p>May import {@code api}, {@code store}, {@code audit} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.killswitch;

import org.jspecify.annotations.NullMarked;
