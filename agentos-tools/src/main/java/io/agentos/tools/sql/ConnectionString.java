package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.sql.connection.Login;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL connection string taken apart. Only what is understood is passed on: the driver has
 * options that load classes and read files.
 *
 * @param ignored names of options that were left out
 * @param ofOperator whether it stood in the environment of the server, and not in the input of a
 *     task
 */
record ConnectionString(
    String host, int port, String database, Login login, Set<String> ignored, boolean ofOperator) {
  private static final int LENGTH_MAX = 2_000;
  private static final int PORT_DEFAULT = 5432;
  private static final int PORT_MAX = 65_535;

  private static final Pattern SCHEME =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?://", Pattern.CASE_INSENSITIVE);

  private static final Pattern PLACE =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?(?:/([^/]*))?");

  private static final Pattern NAME = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");

  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** Options of other clients that change nothing here. */
  private static final Set<String> HARMLESS =
      Set.of("application_name", "connect_timeout", "pgbouncer", "connection_limit", "schema");

  /**
   * Takes a connection string apart, or the one behind {@code env:NAME}.
   *
   * @throws AgentOsException INVALID_ARGUMENTS; the message holds nothing of the string
   */
  static ConnectionString of(String text, Function<String, Optional<String>> environment) {
    Matcher name = NAME.matcher(text.strip());
    if (!name.matches()) {
      return parse(text.strip(), false);
    }
    String value =
        environment
            .apply(name.group(1))
            .orElseThrow(() ->
                wrong(
                    "The environment variable %s is not set, or not open to tasks."
                        .formatted(name.group(1))));
    return parse(value.strip(), true);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(host, port, URLEncoder.encode(database, StandardCharsets.UTF_8));
  }

  /** The text without the password, in whatever spelling it occurs. */
  String redact(String text) {
    String password = login.password();
    if (password.isEmpty()) {
      return text;
    }
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
    return text.replace(password, "***").replace(encoded, "***");
  }

  private static ConnectionString parse(String text, boolean ofOperator) {
    Matcher scheme = SCHEME.matcher(text);
    if (text.length() > LENGTH_MAX || !scheme.lookingAt()) {
      throw wrong(
          "The database must be given as postgres://USER:PASSWORD@HOST:PORT/DATABASE, or as"
              + " env:NAME for an environment variable that holds such a line.");
    }
    String rest = text.substring(scheme.end());
    int at = rest.lastIndexOf('@');
    String user = at < 0 ? "" : rest.substring(0, at);
    String place = rest.substring(at + 1);
    int question = place.indexOf('?');
    Map<String, String> options = options(question < 0 ? "" : place.substring(question + 1));
    Matcher parts = PLACE.matcher(question < 0 ? place : place.substring(0, question));
    if (!parts.matches()) {
      throw wrong(
          "The database's address must be one host, with a port if it is not 5432, and the name of"
              + " the database.");
    }
    Login login = login(user, options);
    String named = parts.group(3) == null ? "" : decoded(parts.group(3));
    return new ConnectionString(
        parts.group(1),
        port(parts.group(2)),
        named.isEmpty() ? login.user() : named,
        login,
        unknown(options),
        ofOperator);
  }

  private static Login login(String userInfo, Map<String, String> options) {
    int colon = userInfo.indexOf(':');
    String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
    String finalUser = user.isEmpty() ? options.getOrDefault("user", "") : user;
    if (finalUser.isEmpty()) {
      throw wrong("The database's address names no user.");
    }
    String sslMode = options.getOrDefault("sslmode", "prefer").toLowerCase(Locale.ROOT);
    if (!SSL_MODES.contains(sslMode)) {
      throw wrong("The option sslmode must be one of " + new TreeSet<>(SSL_MODES) + ".");
    }
    return new Login(
        finalUser, password.isEmpty() ? options.getOrDefault("password", "") : password, sslMode);
  }

  private static int port(@Nullable String text) {
    int port = text == null ? PORT_DEFAULT : Integer.parseInt(text);
    if (port < 1 || port > PORT_MAX) {
      throw wrong("The database's port must be 1 to %d.".formatted(PORT_MAX));
    }
    return port;
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        options.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return options;
  }

  private static Set<String> unknown(Map<String, String> options) {
    Set<String> unknown = new TreeSet<>(options.keySet());
    unknown.removeAll(Set.of("user", "password", "sslmode"));
    unknown.removeAll(HARMLESS);
    return unknown;
  }

  /** People often leave a percent sign in a password as it is. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_ARGUMENTS, message);
  }
}
