package io.agentos.adapters.http;

import io.agentos.api.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tools of one request under the names that may travel: letters, digits, {@code _} and {@code
 * -}, so {@code files.read} goes as {@code files__read}.
 *
 * <p>Immutable.
 */
public final class ToolNames {
  private static final int LENGTH_MAX = 64;

  private final Map<String, String> byWireName;

  /**
   * @throws IllegalArgumentException when two tools would travel under one name
   */
  public ToolNames(List<ToolSpec> tools) {
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
  public static String toWire(String tool) {
    String name = tool.replace(".", "__").replaceAll("[^A-Za-z0-9_-]", "_");
    return name.substring(0, Math.min(name.length(), LENGTH_MAX));
  }

  /** The tool of a name that came; a name that was not offered is turned back as well as may be. */
  public String fromWire(String name) {
    String tool = byWireName.get(name);
    return tool == null ? name.replaceFirst("__", ".") : tool;
  }
}
