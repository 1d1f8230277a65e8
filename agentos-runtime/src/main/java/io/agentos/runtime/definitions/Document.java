package io.agentos.runtime.definitions;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A YAML document as a tree that remembers where its values stood.
 *
 * @param file the file's name for messages
 * @param places the place of each value by its path, such as {@code spec.steps[0].name}; of a value
 *     with a key, the place of the key
 */
record Document(String file, JsonNode tree, Map<String, Place> places) {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  /** The path of the value of {@code key} in the map at {@code path}. */
  static String member(String path, String key) {
    if (!PLAIN_KEY.matcher(key).matches()) {
      return path + "['" + key + "']";
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an item of the list at {@code path}. */
  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** The place of the value at {@code path}, or of the nearest one around it. */
  Place place(String path) {
    String around = path;
    while (!around.isEmpty() && !places.containsKey(around)) {
      around =
          around.substring(
              0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
    }
    return places.getOrDefault(around, Place.UNKNOWN);
  }
}
