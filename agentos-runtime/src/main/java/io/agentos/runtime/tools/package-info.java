/**
 * The tools that agents may call, by name, and what their arguments must be.
 *
 * <p>May import {@code api}, {@code spi}, {@code json} and the JSON Schema library.
 */
@NullMarked
package io.agentos.runtime.tools;

import org.jspecify.annotations.NullMarked;
