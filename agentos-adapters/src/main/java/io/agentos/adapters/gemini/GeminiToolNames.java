package io.agentos.adapters.gemini;

import io.agentos.api.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tools of one request under the names that travel. Gemini allows dots and yet is sent {@code
 * files__read} for {@code files.read}, for it writes calls as code, {@code
 * default_api.files__read(…)}, and mistakes a dot for that one now and then.
 *
 * <p>Immutable.
 */
final class GeminiToolNames {
  private static final int LENGTH_MAX = 64;

  private final Map<String, String> byWireName;

  /**
   * @throws IllegalArgumentException when two tools would travel under one name
   */
  GeminiToolNames(List<ToolSpec> tools) {
    byWireName = new HashMap<>();
    for (ToolSpec tool : tools) {
      String other = byWireName.put(toWire(tool.name()), tool.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "tools %s and %s have the same name for models".formatted(other, tool.name()));
      }
    }
  }

  /** The name to send. A name that a model made up is sent back to it in a form that may travel. */
  static String toWire(String tool) {
    String name = tool.replace(".", "__").replaceAll("[^A-Za-z0-9_:-]", "_");
    String begun = name.matches("[A-Za-z_].*") ? name : "_" + name;
    return begun.substring(0, Math.min(begun.length(), LENGTH_MAX));
  }

  /**
   * The tool of a name that came. A module that the model invented is dropped: {@code
   * default_api.files__read} is {@code files.read} too. A name that was not offered is turned back
   * as well as may be.
   */
  String fromWire(String name) {
    String tool = byWireName.get(name);
    if (tool == null) {
      tool = byWireName.get(name.substring(name.lastIndexOf('.') + 1));
    }
    return tool == null ? name.replaceFirst("__", ".") : tool;
  }
}
