package io.agentos.server.cli;

import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server to run a task on: one that runs already, else one started in this process, which stops
 * with it. Thread-safe.
 */
final class Connection implements AutoCloseable {
  private final Session session;
  private ApiClient client;
  private @Nullable RunningServer own;

  private Connection(Session session, ApiClient client, @Nullable RunningServer own) {
    this.session = session;
    this.client = client;
    this.own = own;
  }

  /** Finds a server or starts one, on a free port that only this machine reaches. */
  static Connection open(Session session, ConfigOptions options) {
    return open(session, options, List.of());
  }

  /**
   * The same.
   *
   * @param own what is asked of a server of one's own, and could not be of one that runs; empty for
   *     nothing
   */
  static Connection open(Session session, ConfigOptions options, List<Flag> own) {
    List<Flag> flags = new ArrayList<>(options.flags());
    flags.addAll(own);
    flags.add(new Flag("run", "server.host", "127.0.0.1"));
    flags.add(new Flag("run", "server.port", "0"));
    Config config = session.config(options, flags);
    Optional<ApiClient> found = session.servers().found(config);
    if (found.isPresent()) {
      return running(session, config, found.get(), own);
    }
    try (StartLock _ = StartLock.take(config.data().directory())) {
      Optional<ApiClient> since = session.servers().found(config);
      if (since.isPresent()) {
        return running(session, config, since.get(), own);
      }
      session.terminal().show("  starting AgentOS in this process");
      RunningServer server = session.servers().start(config);
      session.terminal().show("");
      return new Connection(session, session.servers().client(server, config), server);
    }
  }

  private static Connection running(
      Session session, Config config, ApiClient client, List<Flag> own) {
    if (!own.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          session.surroundings().variable("AGENTOS_URL").isEmpty()
              ? "%s needs a server of its own, and one runs for %s at %s.\n  Stop that one, or choose another data directory with --data."
                  .formatted(own.getFirst().name(), config.data().directory(), client.server())
              : "%s needs a server of its own, and AGENTOS_URL names the one at %s; unset it."
                  .formatted(own.getFirst().name(), client.server()));
    }
    return new Connection(session, client, null);
  }

  synchronized ApiClient client() {
    return client;
  }

  /**
   * Whether another server can take over when this one is gone: it is neither ours nor one that was
   * asked for by its address, and may have ended with the command that started it.
   */
  synchronized boolean renewable() {
    return own == null && session.surroundings().variable("AGENTOS_URL").isEmpty();
  }

  /** Goes on with a server that has taken over the data directory, or starts one. */
  synchronized void renew(ConfigOptions options) {
    Connection next = open(session, options);
    client = next.client;
    own = next.own;
  }

  @Override
  public synchronized void close() {
    if (own != null) {
      own.close();
    }
  }
}
