package io.agentos.server.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a Postgres is and who we are to it. Its text form never shows the password.
 *
 * @param jdbcUrl for the JDBC driver, without user and password
 * @param user empty when the address names none
 * @param passwordOrNull null when the address holds none
 */
public record PostgresUrl(String jdbcUrl, String user, @Nullable Secret passwordOrNull) {
  private static final String JDBC = "jdbc:";

  /**
   * The address in {@code text}, written {@code postgresql://user:password@host:port/database?…},
   * {@code postgres://…} or either after {@code jdbc:}; empty when it is none of these.
   *
   * @param reference where the text was read from
   */
  static Optional<PostgresUrl> parse(String text, String reference) {
    URI uri;
    try {
      uri = URI.create(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!postgres || uri.getHost() == null || uri.getPath().length() < 2) {
      return Optional.empty();
    }
    String userInfo = Objects.requireNonNullElse(uri.getRawUserInfo(), "");
    int colon = userInfo.indexOf(':');
    Map<String, String> options = options(Objects.requireNonNullElse(uri.getRawQuery(), ""));
    String inUser = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String inPassword = colon < 0 ? "" : userInfo.substring(colon + 1);
    String user = Objects.requireNonNullElse(options.remove("user"), inUser);
    String password = decode(Objects.requireNonNullElse(options.remove("password"), inPassword));
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return Optional.of(
        new PostgresUrl(
            "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query(options),
            decode(user),
            password.isEmpty() ? null : new Secret(reference, password)));
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(option.substring(0, equals), option.substring(equals + 1));
      }
    }
    return options;
  }

  private static String query(Map<String, String> options) {
    String query =
        options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /** The password; empty when the address holds none. */
  public Optional<Secret> password() {
    return Optional.ofNullable(passwordOrNull);
  }

  private static String decode(String text) {
    // A plus sign is itself in this part of a URL, unlike in a form.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
