package io.agentos.tools.design.tokens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value that knows its line. */
sealed interface Json {
  int line();

  /** An object; of members with the same name the last one. */
  record Members(Map<String, Json> values, int line) implements Json {
    public Members {
      values = new LinkedHashMap<>(values);
    }

    Optional<Json> get(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }

  /** An array. */
  record Items(List<Json> values, int line) implements Json {
    public Items {
      values = new ArrayList<>(values);
    }
  }

  /** A string. */
  record Text(String value, int line) implements Json {}

  /** A number. */
  record Figure(double value, int line) implements Json {}

  /** True, false or null. */
  record Word(String value, int line) implements Json {}

  /** Kind of value, for people. */
  default String kind() {
    return switch (this) {
      case Members _ -> "an object";
      case Items _ -> "an array";
      case Text _ -> "a string";
      case Figure _ -> "a number";
      case Word word -> word.value();
    };
  }
}
