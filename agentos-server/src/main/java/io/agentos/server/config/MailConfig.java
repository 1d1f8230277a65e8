package io.agentos.server.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes mail to send it on.
 *
 * @param hostOrNull null for none: then no mail is sent
 * @param tls {@code starttls}, {@code implicit} or {@code none}
 * @param userOrNull null for a server that asks for no login
 * @param passwordOrNull present together with the user
 * @param fromOrNull the sender of all mails; present together with the host
 */
public record MailConfig(
    @Nullable String hostOrNull,
    int port,
    String tls,
    @Nullable String userOrNull,
    @Nullable Secret passwordOrNull,
    @Nullable String fromOrNull) {
  public MailConfig {
    Keys.MAIL_PORT.check((long) port);
    Keys.MAIL_TLS.check(tls);
  }

  static MailConfig of(Settings settings) {
    settings.complete(Keys.MAIL_HOST, Keys.MAIL_FROM);
    settings.complete(Keys.MAIL_USER, Keys.MAIL_PASSWORD, Keys.MAIL_HOST);
    return new MailConfig(
        settings.text(Keys.MAIL_HOST),
        settings.number(Keys.MAIL_PORT),
        settings.oneOf(Keys.MAIL_TLS),
        settings.text(Keys.MAIL_USER),
        settings.secret(Keys.MAIL_PASSWORD),
        settings.text(Keys.MAIL_FROM));
  }

  /** The server's name or address; empty for none. */
  public Optional<String> host() {
    return Optional.ofNullable(hostOrNull);
  }
}
