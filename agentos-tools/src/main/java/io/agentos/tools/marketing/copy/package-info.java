/**
 * How easy a text in English is to read, and which sentences and words make it hard. {@link
 * io.agentos.tools.marketing.copy.CopyCheck} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, jsoup and the JDK.
 */
@NullMarked
package io.agentos.tools.marketing.copy;

import org.jspecify.annotations.NullMarked;
