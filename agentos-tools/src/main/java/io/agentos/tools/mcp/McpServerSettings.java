package io.agentos.tools.mcp;

import java.util.List;

/**
 * One MCP server.
 *
 * @param name the middle part of its tools' names
 * @param offers the tools that were approved
 */
public record McpServerSettings(String name, McpEndpoint endpoint, List<McpOffer> offers) {
  public McpServerSettings {
    offers = List.copyOf(offers);
  }
}
