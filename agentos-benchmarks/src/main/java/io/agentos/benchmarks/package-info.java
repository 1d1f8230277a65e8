/**
 * What is measured by JMH: code so fast that a stopwatch around it would measure the stopwatch.
 *
 * <p>May import {@code api} and the runtime.
 */
@NullMarked
package io.agentos.benchmarks;

import org.jspecify.annotations.NullMarked;
