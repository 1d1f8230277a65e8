/**
 * Finds personal data and secrets in texts and takes them out: {@link
 * io.agentos.runtime.redaction.Redactor} for whole texts, {@link
 * io.agentos.runtime.redaction.StreamRedactor} for texts that come in pieces.
 *
 * <p>Pure: no database, no clock, no settings of its own. Every scanner looks at each character a
 * bounded number of times; nothing here goes back over what it has passed. May import {@code api}
 * and RE2/J, which runs the patterns that tenants write.
 */
@NullMarked
package io.agentos.runtime.redaction;

import org.jspecify.annotations.NullMarked;
