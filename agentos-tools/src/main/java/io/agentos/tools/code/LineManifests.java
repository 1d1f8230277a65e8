package io.agentos.tools.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dependencies that stand on a line each: Gradle, Go, pip and Bundler. */
final class LineManifests {
  private static final int LINE_LENGTH_MAX = 1_000;
  private static final Pattern GRADLE =
      Pattern.compile(
          "^\\s*(\\w*[iI]mplementation|\\w*[aA]pi|compileOnly|runtimeOnly|testRuntimeOnly|testCompileOnly"
              + "|annotationProcessor|kapt|ksp|classpath|compile|testCompile|developmentOnly)"
              + "[\\s(]+(?:(?:platform|enforcedPlatform)\\s*\\(\\s*)?"
              + "(?:[\"']([^:\"'\\s]+:[^:\"'\\s]+)(?::([^\"'@\\s]+))?|(libs\\.[\\w.]+))");
  private static final Pattern GO =
      Pattern.compile(
          "^\\s*(?:require\\s+)?([\\w.~/-]+\\.[\\w.~/-]+)\\s+(v\\S+)(\\s*//\\s*indirect)?");
  private static final Pattern REQUIREMENT =
      Pattern.compile("^([A-Za-z0-9][\\w.-]*)\\s*(?:\\[[^\\]]*])?\\s*([<>=!~][^;#]*)?");
  private static final Pattern GEM =
      Pattern.compile("^\\s*gem\\s+[\"']([\\w./-]+)[\"'](?:\\s*,\\s*[\"']([^\"']+)[\"'])?");

  private LineManifests() {}

  private static List<String> lines(String text) {
    return text.lines().filter(line -> line.length() <= LINE_LENGTH_MAX).toList();
  }

  static Optional<List<Dependency>> gradle(String text) {
    List<Dependency> found = new ArrayList<>();
    for (String line : lines(text)) {
      Matcher matcher = GRADLE.matcher(line);
      if (matcher.find()) {
        String name = matcher.group(2) == null ? matcher.group(4) : matcher.group(2);
        String scope =
            matcher.group(1).matches("implementation|api|compile") ? "" : matcher.group(1);
        found.add(new Dependency(orEmpty(name), orEmpty(matcher.group(3)), scope));
      }
    }
    return Optional.of(found);
  }

  static Optional<List<Dependency>> go(String text) {
    List<Dependency> found = new ArrayList<>();
    boolean inRequire = false;
    for (String line : lines(text)) {
      String stripped = line.strip();
      if (stripped.matches("\\w+\\s*\\(")) {
        inRequire = stripped.startsWith("require");
      } else if (stripped.equals(")")) {
        inRequire = false;
      } else if (inRequire || stripped.startsWith("require ")) {
        Matcher matcher = GO.matcher(line);
        if (matcher.find()) {
          String scope = matcher.group(3) == null ? "" : "indirect";
          found.add(new Dependency(matcher.group(1), matcher.group(2), scope));
        }
      }
    }
    return Optional.of(found);
  }

  static Optional<List<Dependency>> requirements(String text) {
    List<Dependency> found = new ArrayList<>();
    for (String line : lines(text)) {
      requirement(line.strip(), "").ifPresent(found::add);
    }
    return Optional.of(found);
  }

  /** A requirement as in PEP 508, such as {@code requests[socks]>=2.31; python_version > "3"}. */
  static Optional<Dependency> requirement(String text, String scope) {
    Matcher matcher = REQUIREMENT.matcher(text);
    if (!matcher.find() || text.contains("://")) {
      return Optional.empty();
    }
    return Optional.of(new Dependency(matcher.group(1), orEmpty(matcher.group(2)).strip(), scope));
  }

  static Optional<List<Dependency>> gemfile(String text) {
    List<Dependency> found = new ArrayList<>();
    for (String line : lines(text)) {
      Matcher matcher = GEM.matcher(line);
      if (matcher.find()) {
        found.add(new Dependency(matcher.group(1), orEmpty(matcher.group(2)), ""));
      }
    }
    return Optional.of(found);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
