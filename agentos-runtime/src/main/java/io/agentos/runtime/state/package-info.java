/**
 * Step 8: the tasks as rows, their endings, and how they are read, cancelled and signalled.
 *
 * <p>May import {@code api}, {@code durable}, {@code vault}, {@code audit}, {@code store} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.state;

import org.jspecify.annotations.NullMarked;
