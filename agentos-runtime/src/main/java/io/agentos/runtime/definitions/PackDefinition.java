package io.agentos.runtime.definitions;

import java.util.List;

/**
 * A pack: agents that belong together, in one folder.
 *
 * @param version the semantic version the pack gives itself
 * @param digest the SHA-256 over all its files, hexadecimal; see {@link PackLoader}
 * @param agents in the order of {@code pack.yaml}
 * @param mcpServers those whose tools it brings, by name
 */
public record PackDefinition(
    String name,
    String version,
    String description,
    String digest,
    List<AgentDefinition> agents,
    List<McpServerDefinition> mcpServers) {
  public PackDefinition {
    agents = List.copyOf(agents);
    mcpServers = List.copyOf(mcpServers);
  }

  /** A pack without tools of its own. */
  public PackDefinition(
      String name,
      String version,
      String description,
      String digest,
      List<AgentDefinition> agents) {
    this(name, version, description, digest, agents, List.of());
  }
}
