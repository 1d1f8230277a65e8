/**
 * The red button: what is stopped now, whether it covers a thing about to happen, what it would
 * stop, what engages it by itself, and how what it held comes back.
 *
 * <p>May import {@code api}, {@code store}, {@code vault}, {@code audit} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.killswitch;

import org.jspecify.annotations.NullMarked;
