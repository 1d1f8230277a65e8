package io.agentos.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON that a model's answer must be.
 *
 * @param name 1 to 64 of letters, digits, {@code _} and {@code -}
 * @param schema JSON Schema of an object
 * @param strict whether the provider is to enforce it, where it can
 */
public record OutputSchema(String name, Map<String, Object> schema, boolean strict) {
  public OutputSchema {
    schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("not a name of a schema: " + name);
    }
  }
}
