/**
 * Sorting a log into what happens in it: entries grouped by pattern, with first and last time,
 * bursts, silences and stack traces.
 *
 * <p>{@link io.agentos.tools.logs.LogTools} is the door. May import {@code tools.findings}, {@code
 * tools.files}, {@code api}, {@code spi}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.tools.logs;

import org.jspecify.annotations.NullMarked;
