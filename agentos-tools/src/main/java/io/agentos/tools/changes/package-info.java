/**
 * Weighing a change before it is merged: its size, how far it is spread, what its files went
 * through before, whether tests came along, and which risky places it touches.
 *
 * <p>{@link io.agentos.tools.changes.ChangeTools} is the door. May import {@code tools.code},
 * {@code tools.git}, {@code tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the
 * JDK.
 */
@NullMarked
package io.agentos.tools.changes;

import org.jspecify.annotations.NullMarked;
