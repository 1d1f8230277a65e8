/**
 * Step 5: the checks that a task passes before it goes on.
 *
 * <p>May import {@code api}, {@code spi}, {@code durable}, {@code definitions}, {@code redaction},
 * {@code json} and the JSON Schema validator.
 */
@NullMarked
package io.agentos.runtime.gates;

import org.jspecify.annotations.NullMarked;
