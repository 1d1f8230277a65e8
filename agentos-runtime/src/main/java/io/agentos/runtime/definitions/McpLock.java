package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.definitions.McpServerDefinition.Pin;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The lock of an MCP server: its tools as somebody approved them, each under the SHA-256 of what
 * was approved. Made by {@code agentos mcp approve}; reviewed and versioned with the pack.
 *
 * <p>Stateless.
 */
public final class McpLock {
  /** How many tools a server may have. */
  public static final int TOOLS_MAX = 200;

  /** How long the canonical text of one tool may be, in characters. */
  public static final int TOOL_LENGTH_MAX = 64 * 1024;

  private static final Set<String> MEMBERS =
      Set.of("name", "description", "inputSchema", "annotations", "sha256");

  private McpLock() {}

  /**
   * The pin of a tool as a server describes it.
   *
   * @throws AgentOsException INVALID_DEFINITION when it cannot be pinned, with the reason
   */
  public static Pin pin(
      String remote,
      String description,
      Map<String, @Nullable Object> inputSchema,
      Map<String, Boolean> hints) {
    Pin unsigned = new Pin(remote, description, inputSchema, hints, "");
    String canonical = CanonicalJson.write(unsigned.content());
    if (canonical.length() > TOOL_LENGTH_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION,
          "Tool %s is described in %,d characters; at most %,d are approved."
              .formatted(Problems.quoted(remote), canonical.length(), TOOL_LENGTH_MAX));
    }
    if (leadsOut(inputSchema)) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION,
          "The schema of tool %s refers to another document; only references within it ('#…') are approved."
              .formatted(Problems.quoted(remote)));
    }
    return new Pin(remote, description, inputSchema, hints, CanonicalJson.sha256(canonical));
  }

  private static boolean leadsOut(@Nullable Object schema) {
    return switch (schema) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(member ->
                  (String.valueOf(member.getKey()).matches("\\$(dynamicR|r)ef")
                          && member.getValue() instanceof String reference
                          && !reference.startsWith("#"))
                      || leadsOut(member.getValue()));
      case List<?> list -> list.stream().anyMatch(McpLock::leadsOut);
      case null, default -> false;
    };
  }

  /** The SHA-256 over the digests of all tools, for people to compare and to name. */
  public static String digest(List<Pin> pins) {
    Map<String, String> digests = new TreeMap<>();
    pins.forEach(pin -> digests.put(pin.remote(), pin.sha256()));
    return CanonicalJson.digest(digests);
  }

  /** The text of a lock: the same for the same tools, so that a diff shows what changed. */
  public static String write(List<Pin> pins) {
    List<Object> tools = new ArrayList<>();
    for (Pin pin : pins.stream().sorted(Comparator.comparing(Pin::remote)).toList()) {
      Map<String, @Nullable Object> tool = new LinkedHashMap<>(pin.content());
      tool.put("annotations", new TreeMap<>(pin.hints()));
      tool.put("sha256", pin.sha256());
      tools.add(tool);
    }
    return Json.mapperForTrees()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Map.of("tools", tools))
        + "\n";
  }

  static List<Pin> read(String file, byte[] content, Problems problems) {
    List<Pin> pins = new ArrayList<>();
    try {
      JsonNode tools = Json.readTree(content).path("tools");
      if (!tools.isArray() || tools.size() > TOOLS_MAX) {
        problems.add(file, "found no list of at most %d tools".formatted(TOOLS_MAX));
        return pins;
      }
      for (JsonNode tool : tools) {
        Optional<Pin> pin = pin(tool);
        pin.ifPresent(pins::add);
        if (pin.isEmpty()) {
          problems.add(
              file,
              "tool %s is not what its sha256 says; run 'agentos mcp approve' instead of editing"
                  .formatted(Problems.quoted(tool.path("name").asString(""))));
        }
      }
    } catch (JacksonException e) {
      problems.add(file, "not a lock: %s".formatted(e.getOriginalMessage()));
    }
    return pins;
  }

  private static Optional<Pin> pin(JsonNode tool) {
    if (!tool.isObject() || !MEMBERS.containsAll(tool.propertyNames())) {
      return Optional.empty();
    }
    Map<String, Boolean> hints = new TreeMap<>();
    for (Map.Entry<String, JsonNode> hint : tool.path("annotations").properties()) {
      hints.put(hint.getKey(), hint.getValue().booleanValue(false));
    }
    try {
      Pin pin =
          pin(
              tool.path("name").asString(""),
              tool.path("description").asString(""),
              schema(tool.path("inputSchema")),
              hints);
      return pin.sha256().equals(tool.path("sha256").asString(""))
          ? Optional.of(pin)
          : Optional.empty();
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> schema(JsonNode schema) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      members.put(member.getKey(), Json.plain(member.getValue()));
    }
    return members;
  }
}
