package io.agentos.server.cli;

import io.agentos.server.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a {@link FakeServer} as if it were a server in this process, and notes what it was told.
 */
final class FakeStart implements ServerStarter {
  private final FakeServer server;
  private final List<String> log = new ArrayList<>();

  FakeStart(FakeServer server) {
    this.server = server;
  }

  /** What happened: {@code started HOST:PORT}, {@code closed}. */
  List<String> log() {
    return log;
  }

  @Override
  public RunningServer start(Config config) {
    log.add("started %s:%d".formatted(config.server().host(), config.server().port()));
    try {
      Files.writeString(config.data().adminKeyFile(), "aos_own\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RunningServer() {
      @Override
      public Optional<URI> signInLink() {
        return Optional.of(URI.create("http://127.0.0.1:1/sign-in?token=aosl_test"));
      }

      @Override
      public URI url() {
        return server.url();
      }

      @Override
      public void awaitShutdown() {
        log.add("awaited");
      }

      @Override
      public void close() {
        log.add("closed");
      }
    };
  }
}
