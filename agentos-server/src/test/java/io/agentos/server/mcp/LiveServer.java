package io.agentos.server.mcp;

import io.agentos.server.AgentOs;
import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A whole server in this JVM, with packs of the test's own beside those that come along. */
final class LiveServer implements AutoCloseable {
  private final AgentOs server;
  private final Path data;

  private LiveServer(AgentOs server, Path data) {
    this.server = server;
    this.data = data;
  }

  /**
   * Starts it.
   *
   * @param root an empty folder
   * @param more of the configuration, as YAML
   */
  static LiveServer start(Path root, String more) throws IOException {
    Path data = root.resolve("data");
    Path file = root.resolve("agentos.yaml");
    Files.writeString(file, "server: {port: 0}\ndata: {directory: %s}\n%s".formatted(data, more));
    Config config = new ConfigLoader(Map.of(), root, root).load(file, List.of());
    return new LiveServer(AgentOs.start(config), data);
  }

  URI url() {
    return server.url();
  }

  String key() throws IOException {
    return Files.readString(data.resolve("admin.key")).strip();
  }

  @Override
  public void close() {
    server.close();
  }
}
