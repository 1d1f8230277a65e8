package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import io.agentos.server.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Finds the server a command is meant for, or starts one. Thread-safe. */
final class Servers {
  private static final int FILE_SIZE_MAX = 64 * 1024;

  private final Surroundings surroundings;
  private final ServerStarter starter;

  Servers(Surroundings surroundings, ServerStarter starter) {
    this.surroundings = surroundings;
    this.starter = starter;
  }

  /** The server of {@code AGENTOS_URL}, else the one that runs for the data directory. */
  ApiClient required(Config config) {
    return found(config)
        .orElseThrow(() ->
            new CliException(
                ExitCode.UNREACHABLE,
                ("No AgentOS server runs for %s.\n"
                        + "  Start one with 'agentos up', or set AGENTOS_URL to one that runs.")
                    .formatted(config.data().directory())));
  }

  /** The same; empty when {@code AGENTOS_URL} is not set and none runs here. */
  Optional<ApiClient> found(Config config) {
    String url = surroundings.variable("AGENTOS_URL");
    if (!url.isEmpty()) {
      return Optional.of(named(url, config));
    }
    return running(config).map(running -> new ApiClient(running, key(config, true)));
  }

  /** Where the server listens that runs for the data directory; empty when none does. */
  Optional<URI> running(Config config) {
    return text(config.data().serverFile())
        .flatMap(Servers::urlIn)
        // Whoever listens there now is asked without the key first.
        .filter(running -> new ApiClient(running, "").alive());
  }

  /** Starts a server in this process; the caller closes it. */
  RunningServer start(Config config) {
    return starter.start(config);
  }

  /** A client of a server in this process. */
  ApiClient client(RunningServer server, Config config) {
    return new ApiClient(server.url(), key(config, true));
  }

  private ApiClient named(String url, Config config) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException _) {
      throw wrongUrl(url);
    }
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw wrongUrl(url);
    }
    // The key of this machine's administrator is shown to this machine only.
    return new ApiClient(uri, key(config, loopback(uri.getHost())));
  }

  private String key(Config config, boolean here) {
    String key = surroundings.variable("AGENTOS_API_KEY");
    if (!key.isEmpty() || !here) {
      return key;
    }
    return text(config.data().adminKeyFile()).map(String::strip).orElse("");
  }

  private static CliException wrongUrl(String url) {
    return new CliException(
        ExitCode.USAGE,
        "AGENTOS_URL is '%s'; allowed is a URL such as http://127.0.0.1:7070.".formatted(url));
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static Optional<URI> urlIn(String serverFile) {
    try {
      Fields server = new Fields(Json.readTree(serverFile.getBytes(StandardCharsets.UTF_8)));
      long pid = server.number("pid");
      boolean runs = pid == 0 || ProcessHandle.of(pid).isPresent();
      return runs && server.has("url")
          ? Optional.of(URI.create(server.text("url")))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= FILE_SIZE_MAX
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
