package io.agentos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a task works on: a text, or named fields. */
public sealed interface TaskInput {
  /** The field that holds the text of an input with fields. */
  String TEXT_FIELD = "text";

  /** A text and nothing else. */
  record Text(String text) implements TaskInput {}

  /**
   * Named JSON values: String, Long, Double, BigDecimal, BigInteger, Boolean, List, Map or null.
   * The field {@code text}, where present, is what the caller asks in words.
   */
  record Fields(Map<String, @Nullable Object> fields) implements TaskInput {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public Fields(Map<String, @Nullable Object> fields) {
      this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String text() {
      return fields.get(TEXT_FIELD) instanceof String text ? text : "";
    }
  }

  /** What the caller asks in words; empty when the input has fields only. */
  String text();

  /** The input as named values; a text is the one field {@code text}. */
  default Map<String, @Nullable Object> asFields() {
    return switch (this) {
      case Text(String text) -> Map.of(TEXT_FIELD, text);
      case Fields(Map<String, @Nullable Object> fields) -> fields;
    };
  }
}
