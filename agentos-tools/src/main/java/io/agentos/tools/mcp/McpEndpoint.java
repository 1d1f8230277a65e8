package io.agentos.tools.mcp;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where an MCP server is, and what it is given to prove who calls. */
public sealed interface McpEndpoint {

  /**
   * A program to start.
   *
   * @param command the program and its arguments; no shell reads them
   * @param environment all of it, asked for at each start: nothing is inherited
   * @param folder where it works; made when it is not there
   */
  record Program(List<String> command, Supplier<Map<String, String>> environment, Path folder)
      implements McpEndpoint {
    public Program {
      command = List.copyOf(command);
    }
  }

  /**
   * A server elsewhere.
   *
   * @param url its endpoint, of which the egress guard decides
   * @param headers asked for at each call
   */
  record Service(String url, Supplier<Map<String, String>> headers) implements McpEndpoint {}
}
