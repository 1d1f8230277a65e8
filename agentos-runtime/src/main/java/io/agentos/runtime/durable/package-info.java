/**
 * How a task survives: the only way a running program touches the world.
 *
 * <p>Four contracts hold here.
 *
 * <ul>
 *   <li><b>Place and name.</b> A step is known by its place in the program and by its name. A
 *       replay that comes to another name stops with JOURNAL_MISMATCH rather than guess. Changing
 *       the order of steps is therefore a new program version; a task keeps the one it began with.
 *   <li><b>Suspension.</b> A program leaves a line it cannot pass yet with {@link
 *       io.agentos.runtime.durable.Suspension}, an {@code Error} that only the worker catches.
 *   <li><b>The key.</b> The world may be called twice, never under two keys.
 *   <li><b>The fence.</b> Every write of a journal commits only while its node is alive and the
 *       task is in the epoch in which the writer claimed it.
 * </ul>
 *
 * <p>May import {@code api}, {@code store}, {@code audit}, {@code killswitch}, {@code vault} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.durable;

import org.jspecify.annotations.NullMarked;
