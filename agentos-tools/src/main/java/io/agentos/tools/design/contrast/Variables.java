package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts the values of custom properties in, after CSS Custom Properties Level 1. Each property is
 * worked out once, however often it is used. Owned by one thread.
 */
final class Variables {
  private static final int LENGTH_MAX = 8_000;
  private static final int DEPTH_MAX = 60;

  private final Map<String, String> own;
  private final Map<String, String> values;
  private final Set<String> open;

  private Variables(Map<String, String> own, Map<String, String> inherited) {
    this.own = own;
    this.values = new HashMap<>(inherited);
    this.open = new HashSet<>(own.keySet());
    own.keySet().forEach(values::remove);
  }

  /**
   * The values of all custom properties of an element.
   *
   * @param own as declared on it
   * @param inherited the values of its parent
   */
  static Map<String, String> values(Map<String, String> own, Map<String, String> inherited) {
    if (own.isEmpty()) {
      return inherited;
    }
    Variables variables = new Variables(own, inherited);
    own.keySet().forEach(name -> variables.value(name, 0));
    return variables.values;
  }

  /**
   * The value with every {@code var()} replaced; empty when one has neither value nor fallback, or
   * when they refer to each other in a circle.
   */
  static Optional<String> replaced(String value, Map<String, String> values) {
    return replaced(value, name -> Optional.ofNullable(values.get(name)), 0);
  }

  private Optional<String> value(String name, int depth) {
    String written = own.get(name);
    if (written != null && open.remove(name) && depth <= DEPTH_MAX) {
      replaced(written, inner -> value(inner, depth + 1), 0)
          .ifPresent(found -> values.put(name, found));
    }
    return Optional.ofNullable(values.get(name));
  }

  private static Optional<String> replaced(
      String value, Function<String, Optional<String>> lookup, int depth) {
    int from = indexOfVar(value, 0);
    if (from < 0) {
      return Optional.of(value);
    }
    if (depth > DEPTH_MAX) {
      return Optional.empty();
    }
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (from >= 0) {
      int end = CssText.skip(value, from + 3);
      String inside = value.substring(from + 4, Math.max(from + 4, end - 1));
      int comma = inside.indexOf(',');
      Optional<String> one =
          lookup.apply((comma < 0 ? inside : inside.substring(0, comma)).strip());
      if (one.isEmpty() && comma >= 0) {
        one = replaced(inside.substring(comma + 1).strip(), lookup, depth + 1);
      }
      if (one.isEmpty() || whole.length() + one.get().length() > LENGTH_MAX) {
        return Optional.empty();
      }
      whole.append(value, at, from).append(one.get());
      at = end;
      from = indexOfVar(value, at);
    }
    return Optional.of(whole.append(value, at, value.length()).toString());
  }

  /** The names of the variables that a value refers to without a fallback. */
  static Set<String> withoutFallback(String value) {
    Set<String> names = new HashSet<>();
    int from = indexOfVar(value, 0);
    while (from >= 0) {
      int end = CssText.skip(value, from + 3);
      String inside = value.substring(from + 4, Math.max(from + 4, end - 1));
      if (inside.indexOf(',') < 0) {
        names.add(inside.strip());
      }
      from = indexOfVar(value, Math.max(end, from + 4));
    }
    return names;
  }

  private static int indexOfVar(String value, int from) {
    int at = value.indexOf("var(", from);
    while (at > 0 && CssText.isName(value.charAt(at - 1))) {
      at = value.indexOf("var(", at + 1);
    }
    return at;
  }
}
