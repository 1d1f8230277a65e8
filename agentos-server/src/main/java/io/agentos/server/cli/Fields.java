package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object from the server, read leniently: what is absent reads as empty or 0,
 * so that a newer server never breaks an older command. Texts come without control characters,
 * because they may have been written by a model and are shown on a terminal.
 */
record Fields(JsonNode json) {
  private static final int DELETE = 0x7f;
  private static final int CONTROL_END = 0x9f;

  /** The fields of a value that Json can write. */
  static Fields of(Object value) {
    return new Fields(Json.mapperForTrees().valueToTree(value));
  }

  /** The text of a field as it came, for results that go into files; empty when it is no text. */
  String raw(String path) {
    return at(path).isString() ? at(path).stringValue() : "";
  }

  /** The text of a field, an element of a path such as {@code error.code}; a value in JSON. */
  String text(String path) {
    JsonNode value = at(path);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return clean(value.isString() ? value.stringValue() : value.toString());
  }

  /** The text of the first field that has one. */
  String text(String path, String other) {
    return text(path).isEmpty() ? text(other) : text(path);
  }

  long number(String path) {
    JsonNode value = at(path);
    return value.canConvertToLong() ? value.longValue() : 0;
  }

  boolean yes(String path) {
    return at(path).asBoolean(false);
  }

  boolean has(String path) {
    return !at(path).isMissingNode() && !at(path).isNull();
  }

  /** A time; empty when the field holds none. */
  Optional<Instant> time(String path) {
    try {
      return Optional.of(Instant.parse(text(path)));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** The object in a field; one without fields when there is none. */
  Fields in(String path) {
    return new Fields(at(path));
  }

  /** The elements of an array; none when the field holds none. */
  List<Fields> list(String path) {
    List<Fields> elements = new ArrayList<>();
    at(path).forEach(element -> elements.add(new Fields(element)));
    return elements;
  }

  /** The texts in an array; none when the field holds none. */
  List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    at(path).forEach(element -> texts.add(clean(element.asString(""))));
    return texts;
  }

  /** The members as plain JSON values. */
  Map<String, @Nullable Object> asMap() {
    return Json.readObject(json.toString());
  }

  /** The JSON on several lines. */
  String pretty() {
    return json.toPrettyString();
  }

  /** The text without the characters that would steer a terminal. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.chars()
        .filter(c -> c == '\n' || c == '\t' || (c >= ' ' && (c < DELETE || c > CONTROL_END)))
        .forEach(c -> clean.append((char) c));
    return clean.toString();
  }

  private JsonNode at(String path) {
    JsonNode value = json;
    for (String name : path.split("\\.", -1)) {
      value = value.path(name);
    }
    return value;
  }
}
