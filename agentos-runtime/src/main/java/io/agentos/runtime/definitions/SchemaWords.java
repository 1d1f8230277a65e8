package io.agentos.runtime.definitions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema in words: what was found, and what a node of the schema allows.
 *
 * @param root the whole schema, in which references are looked up
 */
record SchemaWords(JsonNode root) {

  /** A value for a message: a short one as it is, of a long one its size. */
  static String found(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> Problems.quoted(value.stringValue());
      case ARRAY -> counted("a list of", value.size(), "item");
      case OBJECT -> counted("a map of", value.size(), "key");
      case NULL, MISSING -> "nothing";
      case NUMBER, BOOLEAN, BINARY, POJO -> value.toString();
    };
  }

  /** The first item that occurs a second time. */
  static String twice(JsonNode list) {
    Set<JsonNode> seen = new HashSet<>();
    for (JsonNode item : list) {
      if (!seen.add(item)) {
        return "found %s a second time; allowed: each item once".formatted(found(item));
      }
    }
    throw new IllegalArgumentException("no item occurs twice");
  }

  /** What {@code node} allows. */
  String allowed(JsonNode node) {
    JsonNode schema = resolved(node);
    if (schema.has("enum")) {
      return String.join(", ", values(schema.path("enum")));
    }
    if (schema.has("const")) {
      return schema.path("const").asString();
    }
    if (schema.has("pattern")) {
      return schema.path("description").asString();
    }
    List<String> types = values(schema.path("type"));
    return switch (types.size() == 1 ? types.getFirst() : "") {
      case "string" -> "text" + range(schema, " of", "Length", "character");
      case "integer" -> "a whole number" + range(schema, " from", "imum", "");
      case "boolean" -> "true or false";
      case "array" -> "a list" + range(schema, " of", "Items", "item");
      case "object" -> "a map" + range(schema, " of", "Properties", "key");
      default -> schema.path("description").asString();
    };
  }

  /** The nearest allowed value, where the values are listed. */
  String hint(JsonNode found, JsonNode node) {
    JsonNode schema = resolved(node);
    if (!found.isString()) {
      return "";
    }
    List<String> known = values(schema.has("const") ? schema.path("const") : schema.path("enum"));
    return Nearest.hint(found.stringValue(), known);
  }

  /** The keys that a map of this schema node may have. */
  List<String> keys(JsonNode node) {
    return List.copyOf(resolved(node).path("properties").propertyNames());
  }

  /** The keys of which {@code oneOf} wants exactly one. */
  List<String> alternatives(JsonNode node) {
    List<String> names = new ArrayList<>();
    for (JsonNode alternative : node.path("oneOf")) {
      names.addAll(values(alternative.path("required")));
    }
    return names;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? root.at(JsonPointer.compile(node.path("$ref").stringValue().substring(1)))
        : node;
  }

  private static List<String> values(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(JsonNode::asString).toList();
    }
    return node.isMissingNode() ? List.of() : List.of(node.asString());
  }

  private static String range(JsonNode schema, String between, String bound, String unit) {
    String min = schema.path("min" + bound).asString();
    String max = schema.path("max" + bound).asString();
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    String numbers =
        min.isEmpty() ? "at most " + max : max.isEmpty() ? "at least " + min : min + " to " + max;
    String last = max.isEmpty() ? min : max;
    return between + " " + numbers + (unit.isEmpty() ? "" : " " + plural(unit, last.equals("1")));
  }

  private static String counted(String before, int count, String unit) {
    return before + " " + count + " " + plural(unit, count == 1);
  }

  private static String plural(String unit, boolean one) {
    return one ? unit : unit + "s";
  }
}
