package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.definitions.McpLock;
import io.agentos.runtime.definitions.McpServerDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.server.config.Secret;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.tools.mcp.McpDescribed;
import io.agentos.tools.mcp.McpEndpoint;
import io.agentos.tools.mcp.McpOffer;
import io.agentos.tools.mcp.McpRefusals;
import io.agentos.tools.mcp.McpServer;
import io.agentos.tools.mcp.McpServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The MCP servers that packs declare.
 *
 * <p>Thread-safe. None is started before a tool of it is called.
 */
public final class McpServers implements AutoCloseable {
  private final List<McpServer> servers = new ArrayList<>();

  /**
   * @param folder in which each program has one to work in
   * @param egress the only way to servers elsewhere
   */
  McpServers(List<PackDefinition> packs, Path folder, Egress egress, McpRefusals refusals) {
    for (McpServerDefinition declared : declared(packs)) {
      servers.add(server(declared, folder, egress, refusals));
    }
  }

  /**
   * The servers of all packs.
   *
   * @throws AgentOsException INVALID_DEFINITION when two have one name
   */
  public static List<McpServerDefinition> declared(List<PackDefinition> packs) {
    Map<String, McpServerDefinition> byName = new LinkedHashMap<>();
    for (PackDefinition pack : packs) {
      for (McpServerDefinition server : pack.mcpServers()) {
        if (byName.put(server.name(), server) != null) {
          throw new AgentOsException(
              ErrorCode.INVALID_DEFINITION,
              "Two packs declare an MCP server '%s', one of them pack %s; their names are unique."
                  .formatted(server.name(), pack.name()));
        }
      }
    }
    return List.copyOf(byName.values());
  }

  /** A server with the tools of it that were approved. */
  public static McpServer server(
      McpServerDefinition declared, Path folder, Egress egress, McpRefusals refusals) {
    List<McpOffer> offers =
        declared.pins().stream()
            .map(pin -> new McpOffer(pin.remote(), pin.sha256(), declared.spec(pin)))
            .toList();
    return new McpServer(
        new McpServerSettings(declared.name(), endpoint(declared, folder), offers),
        egress,
        McpServers::fingerprint,
        refusals);
  }

  /** What a server describes, as it would be approved. */
  public static McpServerDefinition.Pin pin(McpDescribed tool) {
    return McpLock.pin(tool.remote(), tool.description(), tool.inputSchema(), tool.hints());
  }

  Stream<Tool> tools() {
    return servers.stream().flatMap(server -> server.tools().stream());
  }

  @Override
  public void close() {
    servers.forEach(McpServer::close);
  }

  /** What cannot be approved is like nothing that was. */
  private static String fingerprint(McpDescribed tool) {
    try {
      return pin(tool).sha256();
    } catch (AgentOsException e) {
      return "none: " + e.code();
    }
  }

  private static McpEndpoint endpoint(McpServerDefinition declared, Path folder) {
    return switch (declared.transport()) {
      case McpServerDefinition.Http http ->
          new McpEndpoint.Service(http.url(), () -> values(http.headers()));
      case McpServerDefinition.Stdio stdio -> {
        Path work =
            stdio.folder().isEmpty() ? folder.resolve(declared.name()) : Path.of(stdio.folder());
        List<String> command = new ArrayList<>(List.of(stdio.command()));
        command.addAll(stdio.arguments());
        yield new McpEndpoint.Program(command, () -> environment(stdio, work), work);
      }
    };
  }

  private static Map<String, String> environment(McpServerDefinition.Stdio stdio, Path home) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.putAll(values(stdio.environment()));
    return environment;
  }

  private static Map<String, String> values(Map<String, String> references) {
    Map<String, String> values = new LinkedHashMap<>();
    references.forEach((name, reference) -> values.put(name, value(reference)));
    return values;
  }

  /** A secret of the operator; never one of AgentOS's own. */
  private static String value(String reference) {
    String place = reference.substring(reference.indexOf(':') + 1);
    String value = "";
    if (reference.startsWith("file:")) {
      value = Secret.in(Path.of(place));
    } else if (!place.startsWith("AGENTOS_")) {
      value = System.getenv().getOrDefault(place, "");
    }
    if (value.isEmpty()) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE,
          "An MCP server needs %s, which is not set, cannot be read or is AgentOS's own."
              .formatted(reference));
    }
    return value;
  }
}
