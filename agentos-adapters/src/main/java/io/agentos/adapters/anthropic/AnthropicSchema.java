package io.agentos.adapters.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema within what Anthropic can enforce, as its own SDKs make it: objects are closed, and
 * a bound that it refuses is said in the description instead.
 *
 * <p>Source: structured outputs in Anthropic's guide and {@code transform-json-schema} of its
 * TypeScript SDK, November 2026.
 */
final class AnthropicSchema {
  private static final Set<String> REFUSED =
      Set.of(
          "exclusiveMaximum",
          "exclusiveMinimum",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "uniqueItems");

  private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "$defs", "definitions");
  private static final Set<String> SCHEMA_LISTS = Set.of("anyOf", "allOf");

  /** Deeper schemas are sent as they are. */
  private static final int DEPTH_MAX = 32;

  private AnthropicSchema() {}

  static Map<String, Object> of(Map<String, Object> schema) {
    return closed(schema, DEPTH_MAX);
  }

  private static Map<String, Object> closed(Map<String, Object> schema, int depth) {
    Map<String, Object> wire = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    schema.forEach((key, value) -> {
      if (REFUSED.contains(key) || (key.equals("minItems") && !isOneAtMost(value))) {
        said.add(key + ": " + value);
      } else if (SCHEMAS_BY_NAME.contains(key) && value instanceof Map<?, ?> named) {
        wire.put(key, eachNamed(named, depth));
      } else if (key.equals("oneOf") && value instanceof List<?> list) {
        wire.put("anyOf", each(list, depth));
      } else if (SCHEMA_LISTS.contains(key) && value instanceof List<?> list) {
        wire.put(key, each(list, depth));
      } else {
        wire.put(key, key.equals("items") ? nested(value, depth) : value);
      }
    });
    if ("object".equals(schema.get("type"))) {
      wire.put("additionalProperties", false);
    }
    if (!said.isEmpty()) {
      String told = "{" + String.join(", ", said) + "}";
      wire.merge("description", told, (before, more) -> before + "\n\n" + more);
    }
    return wire;
  }

  private static boolean isOneAtMost(Object value) {
    return value instanceof Number number && number.longValue() <= 1;
  }

  private static Map<String, Object> eachNamed(Map<?, ?> schemas, int depth) {
    Map<String, Object> wire = new LinkedHashMap<>();
    schemas.forEach((name, schema) -> wire.put(String.valueOf(name), nested(schema, depth)));
    return wire;
  }

  private static List<Object> each(List<?> schemas, int depth) {
    List<Object> wire = new ArrayList<>(schemas.size());
    schemas.forEach(schema -> wire.add(nested(schema, depth)));
    return wire;
  }

  private static Object nested(Object value, int depth) {
    if (depth == 0 || !(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    map.forEach((key, member) -> schema.put(String.valueOf(key), member));
    return closed(schema, depth - 1);
  }
}
