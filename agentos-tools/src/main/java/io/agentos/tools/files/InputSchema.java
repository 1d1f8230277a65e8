package io.agentos.tools.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of a tool: every argument with type, description and bounds, nothing else
 * allowed. {@code folder} comes first where a tool works in one.
 *
 * <p>A builder for one thread; the map it makes is immutable.
 */
public final class InputSchema {
  /** The argument that names the workspace. */
  public static final String FOLDER = "folder";

  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  private InputSchema() {}

  /** A schema without any argument yet. */
  public static InputSchema empty() {
    return new InputSchema();
  }

  /** A schema with the argument {@code folder}. */
  public static InputSchema ofFolder() {
    InputSchema schema =
        empty()
            .text(
                FOLDER,
                "The folder to work in, exactly as the user named it. "
                    + "All other paths are relative to it.",
                FileRoots.PATH_LENGTH_MAX);
    return schema.required(FOLDER);
  }

  /** Adds a text of 1 to {@code lengthMax} characters. */
  public InputSchema text(String name, String description, int lengthMax) {
    properties.put(name, textType(description, lengthMax));
    return this;
  }

  /** Adds a whole number. */
  public InputSchema number(String name, String description, long minimum, long maximum) {
    properties.put(
        name,
        ordered(
            "type", "integer", "description", description, "minimum", minimum, "maximum", maximum));
    return this;
  }

  /** Adds a truth value. */
  public InputSchema flag(String name, String description) {
    properties.put(name, ordered("type", "boolean", "description", description));
    return this;
  }

  /** Adds a list of up to {@code countMax} texts. */
  public InputSchema texts(String name, String description, int countMax, int lengthMax) {
    properties.put(
        name,
        ordered(
            "type",
            "array",
            "description",
            description,
            "items",
            textType("One of them", lengthMax),
            "maxItems",
            countMax));
    return this;
  }

  /** Adds an argument by the JSON Schema of its value. */
  public InputSchema property(String name, Map<String, Object> schema) {
    properties.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(schema)));
    return this;
  }

  /** Says that an argument must be there. */
  public InputSchema required(String name) {
    if (!properties.containsKey(name)) {
      throw new IllegalArgumentException("a required argument is added first: " + name);
    }
    required.add(name);
    return this;
  }

  /** The schema as JSON values. */
  public Map<String, Object> toMap() {
    return ordered(
        "type",
        "object",
        "properties",
        Collections.unmodifiableMap(new LinkedHashMap<>(properties)),
        "required",
        List.copyOf(required),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> textType(String description, int lengthMax) {
    return ordered(
        "type", "string", "description", description, "minLength", 1, "maxLength", lengthMax);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }
}
