/**
 * The critical path method on a list of tasks: early and late dates, slack, what decides the end,
 * and a chart.
 *
 * <p>{@link io.agentos.tools.planning.PlanningTools} is the door. May import {@code tools.csv},
 * {@code tools.yaml}, {@code tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the
 * JDK.
 */
@NullMarked
package io.agentos.tools.planning;

import org.jspecify.annotations.NullMarked;
