package io.agentos.server.config;

import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.identity.Role;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was set, read by type. A wrong value is noted and its default read instead, so that one
 * start tells all that is wrong.
 *
 * <p>Not thread-safe: one loading, one instance.
 */
final class Settings {
  private final Map<String, Setting> set;
  private final Map<String, String> environment;
  private final Setting.Origin defaults;
  private final Path home;
  private final List<String> problems;

  /**
   * @param set by the path of the key
   * @param folder what the defaults' relative paths are relative to
   */
  Settings(
      Map<String, Setting> set,
      Map<String, String> environment,
      Path folder,
      Path home,
      List<String> problems) {
    this.set = set;
    this.environment = environment;
    this.defaults = new Setting.Origin("the default", folder, false);
    this.home = home;
    this.problems = problems;
  }

  int number(Key key) {
    Kind.WholeNumber kind = (Kind.WholeNumber) key.kind();
    Setting setting = setting(key);
    return kind.parse(setting.text())
        .filter(kind::allows)
        .orElseGet(() -> refused(key, setting, Long.parseLong(key.fallback())))
        .intValue();
  }

  Duration time(Key key) {
    Kind.Time kind = (Kind.Time) key.kind();
    Setting setting = setting(key);
    return kind.parse(setting.text())
        .filter(kind::allows)
        .orElseGet(() -> refused(key, setting, Duration.parse(key.fallback())));
  }

  @Nullable String text(Key key) {
    Kind.Text kind = (Kind.Text) key.kind();
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return null;
    }
    boolean allowed = setting.values().size() == 1 && kind.allows(setting.text());
    return allowed ? setting.text() : refused(key, setting, key.fallback());
  }

  String oneOf(Key key) {
    Kind.OneOf kind = (Kind.OneOf) key.kind();
    Setting setting = setting(key);
    return kind.allows(setting.text()) ? setting.text() : refused(key, setting, key.fallback());
  }

  String logName(Key key) {
    Kind.LogName kind = (Kind.LogName) key.kind();
    Setting setting = setting(key);
    boolean allowed = setting.values().size() == 1 && kind.allows(setting.text());
    return allowed ? setting.text() : refused(key, setting, key.fallback());
  }

  @Nullable URI webAddress(Key key) {
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return null;
    }
    Optional<URI> uri = ((Kind.WebAddress) key.kind()).parse(setting.text());
    if (uri.isEmpty()) {
      problem(setting, key.refusal(setting.text()));
    }
    return uri.orElse(null);
  }

  @Nullable ExplicitPrice price(Key key) {
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return null;
    }
    Optional<ExplicitPrice> price = ExplicitPrice.parse(setting.text());
    if (price.isEmpty()) {
      problem(setting, key.refusal(setting.text()));
    }
    return price.orElse(null);
  }

  /** The roles of a key by value; none when nobody set the key. */
  Map<String, Role> roles(Key key) {
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return Map.of();
    }
    Optional<Map<String, Role>> roles = ((Kind.RoleNames) key.kind()).parse(setting.text());
    if (roles.isEmpty()) {
      problem(setting, key.refusal(setting.text()));
    }
    return roles.orElse(Map.of());
  }

  /** Notes that {@code key} is set without {@code others}, all of which it needs. */
  void complete(Key key, Key... others) {
    for (Key other : others) {
      if (!setting(key).values().isEmpty() && setting(other).values().isEmpty()) {
        problem(setting(key), "%s is set without %s.".formatted(key.path(), other.path()));
      }
    }
  }

  /** Notes that {@code key} is set and {@code other}, which it belongs to, is not. */
  void together(Key key, Key other) {
    if (!setting(key).values().isEmpty() && setting(other).values().isEmpty()) {
      problem(
          setting(key),
          "%s is set without %s; say which model it is the price of."
              .formatted(key.path(), other.path()));
    }
  }

  Path folder(Key key) {
    Setting setting = setting(key);
    return setting.values().size() == 1
        ? path(key, setting, setting.text())
        : refused(key, setting, home);
  }

  /** A file or folder; null when nobody set the key. */
  @Nullable Path place(Key key) {
    Setting setting = setting(key);
    return setting.values().isEmpty() ? null : folder(key);
  }

  List<Path> folders(Key key) {
    Setting setting = setting(key);
    if (setting.values().size() > Kind.FOLDERS_MAX) {
      return refused(key, setting, List.of());
    }
    return setting.values().stream().map(value -> path(key, setting, value)).toList();
  }

  List<EgressRule> destinations(Key key) {
    Setting setting = setting(key);
    List<EgressRule> rules =
        setting.values().stream().map(EgressRule::parse).flatMap(Optional::stream).toList();
    return rules.size() < setting.values().size() || rules.size() > Kind.Destinations.MAX
        ? refused(key, setting, List.of())
        : rules;
  }

  /** The secret a key refers to; null when nobody set the key and its default is not there. */
  @Nullable Secret secret(Key key) {
    Setting setting = setting(key);
    return setting.values().isEmpty() ? null : resolve(key, setting);
  }

  /** The Postgres a key names, in the clear or by reference; null when nobody set the key. */
  @Nullable PostgresUrl postgres(Key key) {
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return null;
    }
    String text = setting.text();
    boolean reference = text.startsWith("env:") || text.startsWith("file:");
    Secret resolved = reference ? resolve(key, setting) : new Secret(setting.origin().name(), text);
    if (resolved == null) {
      return null;
    }
    Optional<PostgresUrl> url = PostgresUrl.parse(resolved.value(), resolved.reference());
    if (url.isEmpty()) {
      problem(setting, "%s is no Postgres; allowed is %s.".formatted(key.path(), allowed(key)));
      return null;
    }
    if (!reference && setting.origin().file() && url.get().password().isPresent()) {
      problem(
          setting,
          "%s holds a password; a file may only say where it is kept: env:NAME or file:PATH."
              .formatted(key.path()));
    }
    return url.get();
  }

  /** The headers of a key, each in the clear or by reference; none when nobody set the key. */
  Map<String, Secret> headers(Key key) {
    Setting setting = setting(key);
    if (setting.values().isEmpty()) {
      return Map.of();
    }
    Optional<Map<String, String>> parsed = ((Kind.Headers) key.kind()).parse(setting.text());
    if (parsed.isEmpty()) {
      // A header may hold a key: it is not shown.
      problem(
          setting, "%s is no list of headers; allowed is %s.".formatted(key.path(), allowed(key)));
      return Map.of();
    }
    Map<String, Secret> headers = new LinkedHashMap<>();
    parsed
        .get()
        .forEach((name, value) -> {
          boolean reference = value.startsWith("env:") || value.startsWith("file:");
          Secret resolved =
              reference ? resolve(key, setting, value) : new Secret(setting.origin().name(), value);
          if (resolved != null) {
            headers.put(name, resolved);
          }
        });
    return headers;
  }

  private @Nullable Secret resolve(Key key, Setting setting) {
    return resolve(key, setting, setting.text());
  }

  private @Nullable Secret resolve(Key key, Setting setting, String reference) {
    boolean fallback = setting.origin().equals(defaults);
    if (reference.startsWith("env:")) {
      String value = environment.getOrDefault(reference.substring("env:".length()), "").strip();
      return value.isEmpty()
          ? absent(
              setting, fallback, key.path() + " refers to " + reference + ", which is not set.")
          : new Secret(reference, value);
    }
    if (reference.startsWith("file:")) {
      String value = Secret.in(path(key, setting, reference.substring("file:".length())));
      return value.isEmpty()
          ? absent(
              setting, fallback, key.path() + " refers to " + reference + ", which cannot be read.")
          : new Secret(reference, value);
    }
    // The text may be the secret itself, put in the wrong place: it is not shown.
    problem(setting, "%s is no reference; allowed is %s.".formatted(key.path(), allowed(key)));
    return null;
  }

  private @Nullable Secret absent(Setting setting, boolean fallback, String message) {
    if (!fallback) {
      problem(setting, message);
    }
    return null;
  }

  private Path path(Key key, Setting setting, String text) {
    try {
      if (text.equals("~") || text.startsWith("~/")) {
        return home.resolve(text.length() < 2 ? "" : text.substring(2)).normalize();
      }
      if (!text.isBlank()) {
        return setting.origin().folder().resolve(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException _) {
      return refused(key, setting, home);
    }
    return refused(key, setting, home);
  }

  private Setting setting(Key key) {
    Setting found = set.get(key.path());
    if (found != null) {
      return found;
    }
    List<String> values = key.fallback().isEmpty() ? List.of() : List.of(key.fallback());
    return new Setting(key.path(), values, defaults);
  }

  private <T> T refused(Key key, Setting setting, T fallback) {
    problem(setting, key.refusal(setting.text()));
    return fallback;
  }

  private void problem(Setting setting, String message) {
    problems.add(setting.origin().name() + ": " + message);
  }

  private static String allowed(Key key) {
    return key.kind().allowed();
  }
}
