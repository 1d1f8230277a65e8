package io.agentos.tools.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One connection for one mail, which knows how far it came: before the end of the data, a server
 * has accepted nothing (RFC 5321, section 4.1.1.4).
 *
 * <p>Not thread-safe.
 */
final class Delivery extends SMTPTransport {
  private boolean ending;
  private boolean accepted;

  Delivery(Session session, MailServer server) {
    super(
        session,
        new URLName(protocol(server), server.host(), server.port(), null, null, null),
        protocol(server),
        server.tls() == MailServer.Tls.IMPLICIT);
  }

  static String protocol(MailServer server) {
    return server.tls() == MailServer.Tls.IMPLICIT ? "smtps" : "smtp";
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    ending = true;
    super.finishData();
    accepted = true;
  }

  /** Whether the end of the data may have reached the server. */
  boolean ending() {
    return ending;
  }

  /** Whether the server has taken the mail over. */
  boolean accepted() {
    return accepted;
  }
}
