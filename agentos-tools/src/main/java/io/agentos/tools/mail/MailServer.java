package io.agentos.tools.mail;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The server that takes mail to send it on. Its text form never shows the password.
 *
 * @param from the sender of all mails, {@code news@otter.example} or {@code Otter Tours
 *     <news@otter.example>}
 */
public record MailServer(String host, int port, Tls tls, Optional<Login> login, String from) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final int FROM_LENGTH_MAX = 320;

  /** How the connection is kept from others. */
  public enum Tls {
    /** By STARTTLS, or not at all; commonly at port 587. */
    STARTTLS,
    /** From the first byte on; commonly at port 465. */
    IMPLICIT,
    /** It is not: for a server on this machine. */
    NONE;

    /** By its name in lower case. */
    public static Tls of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** Who sends. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** Throws INVALID_DEFINITION with the key of the configuration that is wrong. */
  public MailServer {
    if (from.length() > FROM_LENGTH_MAX || sender(from).isEmpty()) {
      throw wrong(
          "mail.from is wrong; allowed: ADDRESS, or NAME <ADDRESS>, in ASCII but for the name.");
    }
    if (tls == Tls.NONE && login.isPresent() && !LOOPBACK.contains(host)) {
      throw wrong(
          "mail.tls is 'none' with mail.user; allowed: starttls or implicit, so that nobody on the"
              + " way reads the password.");
    }
  }

  InternetAddress sender() {
    return sender(from).orElseThrow();
  }

  /** What stands behind the @ of the sender. */
  String domain() {
    String address = sender().getAddress();
    return address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static Optional<InternetAddress> sender(String from) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(from, true);
      boolean one =
          addresses.length == 1
              && Addresses.isOne(addresses[0].getAddress())
              && from.chars().noneMatch(Character::isISOControl);
      return one ? Optional.of(addresses[0]) : Optional.empty();
    } catch (AddressException e) {
      return Optional.empty();
    }
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_DEFINITION, message);
  }
}
