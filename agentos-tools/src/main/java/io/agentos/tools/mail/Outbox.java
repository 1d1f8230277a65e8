package io.agentos.tools.mail;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.tools.files.Printable;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails to the server, one connection each. What it throws says whether a mail may be out:
 * TOOL_UNAVAILABLE and TOOL_FAILED that it is not, {@link UncheckedIOException} that nobody knows.
 *
 * <p>Thread-safe.
 */
final class Outbox {
  private static final int CONNECT_MILLIS_MAX = 10_000;
  private static final int ANSWER_MILLIS_MAX = 30_000;
  private static final int ANSWER_LENGTH_MAX = 300;

  private final MailServer server;
  private final Session session;

  private Outbox(MailServer server, Properties properties) {
    this.server = server;
    this.session = Session.getInstance(properties);
  }

  static Outbox of(MailServer server) {
    return new Outbox(server, properties(server));
  }

  /** With certificates of another kind than those this machine trusts. */
  static Outbox of(MailServer server, SSLSocketFactory tls) {
    Properties properties = properties(server);
    properties.put("mail.%s.ssl.socketFactory".formatted(Delivery.protocol(server)), tls);
    return new Outbox(server, properties);
  }

  /** What became of a mail: its id, and the server's last word. */
  record Receipt(String id, String answer) {}

  /** A no of the server that stays one: for this mail, or these recipients. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Receipt send(Letter letter, StepKey key) throws RefusedException {
    Delivery delivery = new Delivery(session, server);
    try {
      MimeMessage message = letter.message(session, server, key);
      connect(delivery);
      delivery.sendMessage(message, recipients(letter));
    } catch (AuthenticationFailedException e) {
      throw new AgentOsException(
          ErrorCode.TOOL_FAILED,
          "The mail server refused mail.user with mail.password; set them right.",
          e);
    } catch (MessagingException e) {
      if (!delivery.accepted()) {
        throw failed(delivery, e);
      }
    } finally {
      close(delivery);
    }
    return new Receipt(Letter.id(server, key), shown(delivery.getLastServerResponse()));
  }

  private void connect(Delivery delivery) throws MessagingException {
    if (server.login().isPresent()) {
      MailServer.Login login = server.login().get();
      delivery.connect(server.host(), server.port(), login.user(), login.password());
      return;
    }
    delivery.connect(server.host(), server.port(), null, null);
  }

  private static Address[] recipients(Letter letter) throws MessagingException {
    List<String> all = letter.recipients();
    Address[] addresses = new Address[all.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InternetAddress(all.get(i), true);
    }
    return addresses;
  }

  /** What a failure means: later, never, or unknown. */
  private RuntimeException failed(Delivery delivery, MessagingException e) throws RefusedException {
    int code = code(e);
    if (code >= 500) {
      throw new RefusedException("The mail server refused it: %s".formatted(shown(answer(e))), e);
    }
    if (code >= 400) {
      return new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "The mail server said later: %d.".formatted(code), e);
    }
    if (delivery.ending()) {
      return new UncheckedIOException(
          "the mail server took the mail's end and gave no answer", new IOException(e));
    }
    return causedBy(e, SSLException.class) || lacksTls(delivery)
        ? new AgentOsException(
            ErrorCode.TOOL_FAILED,
            "The mail server has no TLS that is accepted, or no certificate for %s; see mail.tls."
                .formatted(server.host()),
            e)
        : new AgentOsException(
            ErrorCode.TOOL_UNAVAILABLE,
            "The mail server %s, port %d, could not be reached or hung up before the mail was sent."
                .formatted(server.host(), server.port()),
            e);
  }

  private boolean lacksTls(Delivery delivery) {
    return server.tls() == MailServer.Tls.STARTTLS
        && delivery.getLastReturnCode() == 250
        && !delivery.isSSL()
        && !delivery.supportsExtension("STARTTLS");
  }

  /** The reply that decided; 0 when there is none. */
  private static int code(Throwable failure) {
    int code = 0;
    for (Throwable e = failure; e != null; e = next(e)) {
      int found =
          switch (e) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException sent -> sent.getReturnCode();
            default -> 0;
          };
      // Of several recipients, one that is refused for good decides.
      code = Math.max(code, found);
    }
    return code;
  }

  private static String answer(Throwable failure) {
    String answer = "";
    int highest = 0;
    for (Throwable e = failure; e != null; e = next(e)) {
      if (code(e) >= highest && e.getMessage() != null && e instanceof MessagingException) {
        highest = code(e);
        answer = e.getMessage();
      }
    }
    return answer;
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable e = failure; e != null; e = next(e)) {
      if (type.isInstance(e)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Throwable next(Throwable e) {
    Throwable next = e instanceof MessagingException mail ? mail.getNextException() : null;
    return next == null ? e.getCause() : next;
  }

  private static String shown(@Nullable String answer) {
    return Printable.line(answer == null ? "" : answer.strip(), ANSWER_LENGTH_MAX);
  }

  /** How the server takes the farewell changes nothing. */
  private static void close(Delivery delivery) {
    try {
      delivery.close();
    } catch (MessagingException e) {
      System.getLogger(Outbox.class.getName())
          .log(System.Logger.Level.DEBUG, "connection to the mail server not closed well");
    }
  }

  private static Properties properties(MailServer server) {
    Properties properties = new Properties();
    String prefix = "mail." + Delivery.protocol(server);
    properties.put(prefix + ".connectiontimeout", String.valueOf(CONNECT_MILLIS_MAX));
    properties.put(prefix + ".timeout", String.valueOf(ANSWER_MILLIS_MAX));
    properties.put(prefix + ".writetimeout", String.valueOf(ANSWER_MILLIS_MAX));
    properties.put(prefix + ".localhost", server.domain());
    properties.put(prefix + ".from", server.sender().getAddress());
    properties.put(prefix + ".auth", String.valueOf(server.login().isPresent()));
    properties.put(prefix + ".auth.mechanisms", "PLAIN LOGIN");
    properties.put(prefix + ".sendpartial", "false");
    properties.put(prefix + ".quitwait", "false");
    properties.put(prefix + ".ssl.checkserveridentity", "true");
    properties.put(prefix + ".ssl.protocols", "TLSv1.3 TLSv1.2");
    if (server.tls() == MailServer.Tls.STARTTLS) {
      properties.put(prefix + ".starttls.enable", "true");
      properties.put(prefix + ".starttls.required", "true");
    }
    return properties;
  }
}
