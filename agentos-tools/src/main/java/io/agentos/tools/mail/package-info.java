/**
 * The tool that sends e-mail by the operator's mail server. {@link io.agentos.tools.mail.MailTools}
 * is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files} and Jakarta Mail.
 */
@NullMarked
package io.agentos.tools.mail;

import org.jspecify.annotations.NullMarked;
