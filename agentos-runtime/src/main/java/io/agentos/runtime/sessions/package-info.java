/**
 * How people come in: sign-in with its limits, sessions, links that sign in once, and second
 * factors.
 *
 * <p>May import {@code api}, {@code identity}, {@code vault}, {@code audit} and {@code store}.
 */
@NullMarked
package io.agentos.runtime.sessions;

import org.jspecify.annotations.NullMarked;
