package io.agentos.tools.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dependencies in TOML: Cargo, Python projects and Gradle's version catalogs.
 *
 * <p>Reads as much TOML as these files use: tables, keys, strings, arrays and tables on one line.
 */
final class TomlManifests {
  private static final int VALUE_LENGTH_MAX = 50_000;
  private static final Pattern TABLE = Pattern.compile("^\\[\\[?[^\\[\\]]+]]?$");
  private static final Pattern KEY = Pattern.compile("^([\\w.\"'-]+)\\s*=\\s*(.*)$");
  private static final Pattern STRING = Pattern.compile("\"([^\"\\\\]*)\"|'([^']*)'");
  private static final Pattern VERSION =
      Pattern.compile("\\bversion(?:\\.ref)?\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern MODULE = Pattern.compile("\\bmodule\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern CARGO_TABLE =
      Pattern.compile("(?:.*\\.)?(?:(dev|build)-)?dependencies(?:\\.([\\w-]+))?");
  private static final Pattern POETRY_TABLE =
      Pattern.compile("tool\\.poetry\\.(?:group\\.([\\w-]+)\\.)?(?:(dev)-)?dependencies");

  private TomlManifests() {}

  private record Entry(String table, String key, String value) {}

  static Optional<List<Dependency>> cargo(String text) {
    List<Dependency> found = new ArrayList<>();
    for (Entry entry : entries(text)) {
      Matcher table = CARGO_TABLE.matcher(entry.table());
      if (table.matches()) {
        String scope = orEmpty(table.group(1));
        if (table.group(2) == null) {
          String name = entry.key().replaceFirst("\\.workspace$", "");
          found.add(new Dependency(name, version(entry.value()), scope));
        } else if (entry.key().equals("version")) {
          found.add(new Dependency(table.group(2), version(entry.value()), scope));
        }
      }
    }
    return Optional.of(found);
  }

  static Optional<List<Dependency>> python(String text) {
    List<Dependency> found = new ArrayList<>();
    for (Entry entry : entries(text)) {
      Matcher poetry = POETRY_TABLE.matcher(entry.table());
      if (poetry.matches() && !entry.key().equals("python")) {
        String scope = orEmpty(poetry.group(1)) + orEmpty(poetry.group(2));
        found.add(new Dependency(entry.key(), version(entry.value()), scope));
      } else {
        listScope(entry).ifPresent(scope -> addAll(entry.value(), scope, found));
      }
    }
    return Optional.of(found);
  }

  /** The scope of the requirements in a list; empty when the entry is no such list. */
  private static Optional<String> listScope(Entry entry) {
    return switch (entry.table()) {
      case "project" -> entry.key().equals("dependencies") ? Optional.of("") : Optional.empty();
      case "project.optional-dependencies", "dependency-groups" -> Optional.of(entry.key());
      case "build-system" ->
          entry.key().equals("requires") ? Optional.of("build") : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static void addAll(String list, String scope, List<Dependency> found) {
    for (String requirement : strings(list)) {
      LineManifests.requirement(requirement, scope).ifPresent(found::add);
    }
  }

  static Optional<List<Dependency>> versionCatalog(String text) {
    List<Dependency> found = new ArrayList<>();
    Map<String, String> versions = new HashMap<>();
    for (Entry entry : entries(text)) {
      if (entry.table().equals("versions")) {
        versions.put(entry.key(), strings(entry.value()).stream().findFirst().orElse(""));
      } else if (entry.table().equals("libraries")) {
        String module = first(MODULE, entry.value());
        String plain = strings(entry.value()).stream().findFirst().orElse("");
        String version = first(VERSION, entry.value());
        String[] parts = plain.split(":", -1);
        if (!module.isEmpty()) {
          found.add(new Dependency(module, versions.getOrDefault(version, version), ""));
        } else if (parts.length == 3) {
          found.add(new Dependency(parts[0] + ":" + parts[1], parts[2], ""));
        }
      }
    }
    return Optional.of(found);
  }

  private static String version(String value) {
    if (value.startsWith("{")) {
      return first(VERSION, value);
    }
    return strings(value).stream().findFirst().orElse("");
  }

  private static String first(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<String> strings(String value) {
    return STRING
        .matcher(value)
        .results()
        .map(result -> result.group(1) == null ? result.group(2) : result.group(1))
        .toList();
  }

  /** The keys and values of a file; a list over many lines becomes one. */
  private static List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    String table = "";
    String key = "";
    StringBuilder open = new StringBuilder();
    for (String raw : text.lines().toList()) {
      String line = withoutComment(raw).strip();
      if (!open.isEmpty()) {
        open.append(' ').append(line);
      } else if (TABLE.matcher(line).matches()) {
        table = line.replaceAll("[\\[\\]\"']", "").strip();
      } else {
        Matcher matcher = KEY.matcher(line);
        if (matcher.matches()) {
          key = matcher.group(1).replaceAll("[\"']", "");
          open.append(matcher.group(2));
        }
      }
      if (!open.isEmpty() && (isClosed(open) || open.length() > VALUE_LENGTH_MAX)) {
        entries.add(new Entry(table, key, open.toString()));
        open.setLength(0);
      }
    }
    return entries;
  }

  private static boolean isClosed(CharSequence value) {
    String plain = STRING.matcher(value).replaceAll("");
    long opened = plain.chars().filter(character -> character == '[').count();
    long closed = plain.chars().filter(character -> character == ']').count();
    return opened <= closed;
  }

  private static String withoutComment(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      quoted ^= character == '"' || character == '\'';
      if (character == '#' && !quoted) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
