package io.agentos.tools.mail;

import io.agentos.api.StepKey;
import io.agentos.spi.ToolArguments;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One mail as its sender gave it. */
record Letter(
    List<String> to,
    List<String> cc,
    String subject,
    String text,
    Optional<String> html,
    Optional<String> replyTo,
    Optional<String> unsubscribe) {

  static Letter of(ToolArguments arguments) {
    return new Letter(
        arguments.texts("to"),
        arguments.texts("cc"),
        arguments.text("subject"),
        arguments.text("text"),
        arguments.optionalText("html"),
        arguments.optionalText("reply_to"),
        arguments.optionalText("unsubscribe_url"));
  }

  /** What is wrong with it, in words; empty when nothing is. */
  Optional<String> problem() {
    List<String> all = recipients();
    replyTo.ifPresent(all::add);
    for (String address : all) {
      if (!Addresses.isOne(address)) {
        return Optional.of(
            "An address is none that every server reads alike; write NAME@DOMAIN in ASCII, without"
                + " a display name.");
      }
    }
    Set<String> known = new HashSet<>();
    for (String address : recipients()) {
      if (!known.add(address.toLowerCase(Locale.ROOT))) {
        return Optional.of("A recipient is named twice.");
      }
    }
    if (subject.chars().anyMatch(Character::isISOControl) || subject.isBlank()) {
      return Optional.of("The subject is empty, or has a line break or another control character.");
    }
    boolean nul = text.indexOf('\0') >= 0 || html.orElse("").indexOf('\0') >= 0;
    return nul ? Optional.of("The text has a NUL character.") : Optional.empty();
  }

  /** To and Cc. */
  List<String> recipients() {
    List<String> all = new ArrayList<>(to);
    all.addAll(cc);
    return all;
  }

  /** The mail as it goes to the server; its Message-ID is the step's, whenever it is made. */
  MimeMessage message(Session session, MailServer server, StepKey key) throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<%s>".formatted(id(server, key)));
          }
        };
    message.setFrom(server.sender());
    for (String address : to) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
    }
    for (String address : cc) {
      message.addRecipient(Message.RecipientType.CC, new InternetAddress(address, true));
    }
    if (replyTo.isPresent()) {
      message.setReplyTo(new InternetAddress[] {new InternetAddress(replyTo.get(), true)});
    }
    message.setSubject(subject, "UTF-8");
    message.setSentDate(Date.from(Instant.now()));
    // RFC 3834: so that nobody's holiday notice is answered by a machine.
    message.setHeader("Auto-Submitted", "auto-generated");
    if (unsubscribe.isPresent()) {
      // RFC 8058: one request without a question ends it.
      message.setHeader("List-Unsubscribe", "<%s>".formatted(unsubscribe.get()));
      message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    fill(message);
    message.saveChanges();
    return message;
  }

  /** The same for each attempt of a step, so that receivers can tell a double. */
  static String id(MailServer server, StepKey key) {
    return "%s@%s".formatted(key.idempotencyKey(), server.domain());
  }

  private void fill(MimeMessage message) throws MessagingException {
    if (html.isEmpty()) {
      message.setText(text, "UTF-8");
      return;
    }
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, "UTF-8");
    MimeBodyPart page = new MimeBodyPart();
    page.setText(html.get(), "UTF-8", "html");
    message.setContent(new MimeMultipart("alternative", plain, page));
  }
}
