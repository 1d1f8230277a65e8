package io.agentos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task made.
 *
 * @param text the result for people, Markdown; never null, may be empty
 * @param fields the same as JSON values for programs; empty when there are none
 */
public record Output(String text, Map<String, @Nullable Object> fields) {
  // Not compact: the class file of a compact constructor loses that values may be null.
  public Output(String text, Map<String, @Nullable Object> fields) {
    this.text = text;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static Output ofText(String text) {
    return new Output(text, Map.of());
  }
}
