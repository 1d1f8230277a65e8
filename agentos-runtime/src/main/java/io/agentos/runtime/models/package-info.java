/**
 * Step 7: which provider and model answers a call.
 *
 * <p>May import {@code api}, {@code spi}, {@code durable}, {@code killswitch} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.models;

import org.jspecify.annotations.NullMarked;
