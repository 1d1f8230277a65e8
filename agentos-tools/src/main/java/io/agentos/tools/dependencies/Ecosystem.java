package io.agentos.tools.dependencies;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A world of packages with one registry, and its habits. */
enum Ecosystem {
  NPM(
      List.of("npm"),
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lock",
          "bun.lockb"),
      "npm install --package-lock-only"),
  PYPI(
      List.of("Python", "pip"),
      Set.of("poetry.lock", "uv.lock", "pdm.lock", "pipfile.lock", "pylock.toml"),
      "uv lock, or poetry lock"),
  CARGO(List.of("Cargo"), Set.of("cargo.lock"), "cargo generate-lockfile"),
  COMPOSER(List.of("Composer"), Set.of("composer.lock"), "composer update --lock"),
  RUBYGEMS(List.of("Bundler"), Set.of("gemfile.lock"), "bundle lock"),
  GO(List.of("Go"), Set.of("go.sum"), "go mod tidy"),
  MAVEN(List.of("Maven"), Set.of(), ""),
  GRADLE(List.of("Gradle"), Set.of("gradle.lockfile"), ""),
  NUGET(List.of("NuGet"), Set.of("packages.lock.json"), "");

  /** How firmly a version is fixed. */
  enum Pin {
    /** One version, or none at all because something else says it. */
    FIXED,
    /** Compatible ones. */
    RANGE,
    /** Anything that is new enough, or anything. */
    OPEN,
    /** Not from the registry. */
    ELSEWHERE
  }

  private static final Pattern URL =
      Pattern.compile(
          "(?:git\\+|git:|git@|https?:|ssh:|file:|link:|github:).*|[\\w.-]+/[\\w.-]+(?:#.*)?");
  private static final Pattern FIXED_NUMBER =
      Pattern.compile("[=v]*\\d+\\.\\d+(?:\\.\\d+)*[\\w.+-]*");

  @SuppressWarnings("ImmutableEnumChecker") // List.of and Set.of cannot be changed
  private final List<String> tools;

  @SuppressWarnings("ImmutableEnumChecker") // List.of and Set.of cannot be changed
  private final Set<String> lockNames;

  private final String lockCommand;

  Ecosystem(List<String> tools, Set<String> lockNames, String lockCommand) {
    this.tools = tools;
    this.lockNames = lockNames;
    this.lockCommand = lockCommand;
  }

  /** That of a manifest's tool. */
  static Optional<Ecosystem> of(String tool) {
    for (Ecosystem one : values()) {
      if (one.tools.contains(tool)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Set<String> lockNames() {
    return lockNames;
  }

  /** Whether projects are expected to keep a lock file. */
  boolean expectsLock() {
    return !lockCommand.isEmpty();
  }

  String lockCommand() {
    return lockCommand;
  }

  /** How firmly a version as written is fixed. */
  Pin pin(String written) {
    String version = written.strip();
    if (this == NPM && URL.matcher(version).matches()) {
      return Pin.ELSEWHERE;
    }
    return switch (this) {
      case NPM, COMPOSER -> numbers(version, "*", "latest", "x", "", "dev-master", "next");
      case PYPI -> python(version);
      case CARGO -> version.equals("*") ? Pin.OPEN : Pin.RANGE;
      case RUBYGEMS -> version.isEmpty() || version.startsWith(">") ? Pin.OPEN : gem(version);
      case GO -> Pin.FIXED;
      case MAVEN -> maven(version);
      case GRADLE -> version.contains("+") || version.startsWith("latest.") ? Pin.OPEN : Pin.FIXED;
      case NUGET -> version.contains("*") ? Pin.OPEN : Pin.FIXED;
    };
  }

  private static Pin numbers(String version, String... open) {
    if (List.of(open).contains(version)) {
      return Pin.OPEN;
    }
    if (FIXED_NUMBER.matcher(version).matches() || version.startsWith("workspace:")) {
      return Pin.FIXED;
    }
    boolean floor = version.startsWith(">") && !version.contains("<") && !version.contains("||");
    return floor ? Pin.OPEN : Pin.RANGE;
  }

  private static Pin python(String version) {
    if (version.startsWith("==") && !version.contains("*")) {
      return Pin.FIXED;
    }
    boolean open = version.isEmpty() || version.equals("*");
    boolean floor = version.startsWith(">") && !version.contains("<");
    return open || floor ? Pin.OPEN : Pin.RANGE;
  }

  private static Pin gem(String version) {
    return version.startsWith("~") || version.startsWith("<") ? Pin.RANGE : Pin.FIXED;
  }

  private static Pin maven(String version) {
    String upper = version.toUpperCase(Locale.ROOT);
    if (upper.equals("LATEST") || upper.equals("RELEASE") || upper.endsWith("-SNAPSHOT")) {
      return Pin.OPEN;
    }
    if (version.startsWith("[") || version.startsWith("(")) {
      boolean open = version.endsWith(",)") || version.endsWith(",]");
      return open ? Pin.OPEN : Pin.RANGE;
    }
    return Pin.FIXED;
  }
}
