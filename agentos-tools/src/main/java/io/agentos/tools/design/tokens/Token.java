package io.agentos.tools.design.tokens;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One design token.
 *
 * @param path its name with those of its groups, with points between
 * @param value as written
 * @param declaredType its own {@code $type} or that of the nearest group; empty when there is none
 * @param deprecation why it is not to be used any more; empty when it is
 * @param line in which it begins
 */
record Token(String path, Json value, String declaredType, Optional<String> deprecation, int line) {
  private static final Pattern ALIAS = Pattern.compile("\\{([^{}]{1,300})\\}");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** The path that a value refers to; empty when it is a value of its own. */
  static Optional<String> alias(Json value) {
    if (value instanceof Json.Text text) {
      Matcher alias = ALIAS.matcher(text.value().strip());
      return alias.matches() ? Optional.of(alias.group(1).strip()) : Optional.empty();
    }
    return Optional.empty();
  }

  /** The path that this token refers to as a whole. */
  Optional<String> alias() {
    return alias(value);
  }

  /** The custom property that tools make of it, such as {@code --color-brand-600}. */
  String variable() {
    String[] names = HUMP.split(path.replace('.', '-').replace(' ', '-').replace('_', '-'), -1);
    return "--" + String.join("-", List.of(names)).toLowerCase(Locale.ROOT);
  }

  /** The first name of the path. */
  String topGroup() {
    int point = path.indexOf('.');
    return point < 0 ? "" : path.substring(0, point);
  }

  /** The path without the last name. */
  String group() {
    int point = path.lastIndexOf('.');
    return point < 0 ? "" : path.substring(0, point);
  }
}
