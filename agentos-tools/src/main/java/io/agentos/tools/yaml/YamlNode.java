package io.agentos.tools.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A value in a YAML document. Immutable. */
public sealed interface YamlNode {
  /** The line it begins on, from 1. */
  int line();

  /**
   * A single value.
   *
   * @param plain whether it stands without quotes, so that {@code true} is a truth value
   */
  record Scalar(int line, String text, boolean plain) implements YamlNode {
    /** Whether it says that there is nothing. */
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /** Values in order. */
  record Sequence(int line, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Values by name, in their order. */
  record Mapping(int line, Map<String, YamlNode> members) implements YamlNode {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** The value at the end of a path of names; empty when a step is missing. */
  default Optional<YamlNode> at(String... path) {
    YamlNode current = this;
    for (String name : path) {
      YamlNode next = current instanceof Mapping mapping ? mapping.members().get(name) : null;
      if (next == null || (next instanceof Scalar scalar && scalar.isNull())) {
        return Optional.empty();
      }
      current = next;
    }
    return Optional.of(current);
  }

  /** The text at the end of a path; empty when there is none or another kind of value. */
  default Optional<String> text(String... path) {
    return at(path)
        .flatMap(
            node -> node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
  }

  /** Whether {@code true} stands at the end of a path. */
  default boolean isTrue(String... path) {
    return at(path)
        .filter(node ->
            node instanceof Scalar scalar
                && scalar.plain()
                && scalar.text().toLowerCase(Locale.ROOT).matches("true|yes|on|y"))
        .isPresent();
  }

  /** Whether {@code false} stands at the end of a path. */
  default boolean isFalse(String... path) {
    return at(path)
        .filter(node ->
            node instanceof Scalar scalar
                && scalar.plain()
                && scalar.text().toLowerCase(Locale.ROOT).matches("false|no|off|n"))
        .isPresent();
  }

  /** The whole number at the end of a path; empty when there is none. */
  default Optional<Long> number(String... path) {
    return text(path).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
  }

  /** The items at the end of a path; none when there is no list. */
  default List<YamlNode> items(String... path) {
    return at(path)
        .map(node -> node instanceof Sequence sequence ? sequence.items() : List.<YamlNode>of())
        .orElse(List.of());
  }

  /** The members at the end of a path; none when there is no mapping. */
  default Map<String, YamlNode> members(String... path) {
    return at(path)
        .map(node -> node instanceof Mapping map ? map.members() : Map.<String, YamlNode>of())
        .orElse(Map.of());
  }

  /** The line of the value at the end of a path, or of the nearest above it that is there. */
  default int lineOf(String... path) {
    YamlNode current = this;
    for (String name : path) {
      Optional<YamlNode> next = current.at(name);
      if (next.isEmpty()) {
        break;
      }
      current = next.get();
    }
    return current.line();
  }
}
