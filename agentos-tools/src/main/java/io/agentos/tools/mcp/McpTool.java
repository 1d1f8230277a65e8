package io.agentos.tools.mcp;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;

/** One approved tool of a server. */
final class McpTool implements Tool {
  private final McpServer server;
  private final McpOffer offer;

  McpTool(McpServer server, McpOffer offer) {
    this.server = server;
    this.offer = offer;
  }

  @Override
  public ToolSpec spec() {
    return offer.spec();
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    return server.call(offer, arguments, context);
  }
}
