/**
 * Steps 4 to 7: what an agent does with a task.
 *
 * <p>May import {@code api}, {@code spi}, {@code definitions}, {@code routing}, {@code policy},
 * {@code gates}, {@code approvals}, {@code models}, {@code tools}, {@code durable}, {@code
 * killswitch} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.packs;

import org.jspecify.annotations.NullMarked;
