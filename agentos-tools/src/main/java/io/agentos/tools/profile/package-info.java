/**
 * Profiling a table in CSV: what its columns hold, and what is wrong with it before anyone counts
 * on it.
 *
 * <p>{@link io.agentos.tools.profile.ProfileTools} is the door. May import {@code tools.csv},
 * {@code tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.profile;

import org.jspecify.annotations.NullMarked;
