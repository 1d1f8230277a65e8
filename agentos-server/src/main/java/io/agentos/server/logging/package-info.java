/**
 * What the server writes to its log, without sensitive values.
 *
 * <p>May import the runtime's {@code redaction} and Logback.
 */
@NullMarked
package io.agentos.server.logging;

import org.jspecify.annotations.NullMarked;
