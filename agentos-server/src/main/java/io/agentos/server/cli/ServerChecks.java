package io.agentos.server.cli;

import io.agentos.api.AgentOsException;
import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader.Flag;
import io.agentos.server.config.PostgresUrl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the server, its Postgres and its packs work: asked of the one that runs, else of one
 * started for the occasion, in a temporary directory where there is no data directory yet. Where
 * Postgres is somebody else's, only whether it is there.
 */
final class ServerChecks {
  private static final int POSTGRES_PORT = 5432;
  private static final int CONNECT_MILLIS_MAX = 5_000;

  private final Session session;
  private final ConfigOptions options;

  ServerChecks(Session session, ConfigOptions options) {
    this.session = session;
    this.options = options;
  }

  List<Check> run(Config config) {
    Optional<ApiClient> running = session.servers().found(config);
    if (running.isPresent()) {
      return asked(running.get(), "runs at " + running.get().server());
    }
    if (config.database().url().isPresent()) {
      // A server started here would join those that work on this database.
      return List.of(external(config.database().url().get()));
    }
    if (Files.isDirectory(config.data().directory())) {
      return started(options.flags());
    }
    Path temporary = temporary();
    try {
      return started(List.of(new Flag("doctor", "data.directory", temporary.toString())));
    } finally {
      delete(temporary);
    }
  }

  private List<Check> started(List<Flag> where) {
    List<Flag> flags = new ArrayList<>(where);
    flags.add(new Flag("doctor", "server.host", "127.0.0.1"));
    flags.add(new Flag("doctor", "server.port", "0"));
    Config config = session.config(options, flags);
    try (StartLock _ = StartLock.take(config.data().directory());
        RunningServer server = session.servers().start(config)) {
      return asked(session.servers().client(server, config), "none runs; one could be started");
    } catch (AgentOsException e) {
      return List.of(Check.fail("server", e.detail(), "Mend this and run 'agentos doctor' again."));
    }
  }

  private static Check external(PostgresUrl url) {
    URI address = URI.create(url.jdbcUrl().substring("jdbc:".length()));
    int port = address.getPort() < 0 ? POSTGRES_PORT : address.getPort();
    String place = address.getHost() + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), port), CONNECT_MILLIS_MAX);
      return Check.ok("postgres", place + " takes connections; 'agentos up' signs in to it");
    } catch (IOException e) {
      return Check.fail(
          "postgres",
          "%s does not answer (%s)".formatted(place, e.getClass().getSimpleName()),
          "Start it, or correct database.url (AGENTOS_DATABASE_URL).");
    }
  }

  private List<Check> asked(ApiClient client, String found) {
    List<Check> checks = new ArrayList<>();
    try {
      Fields ready = client.get("/readyz");
      checks.add(Check.ok("server", found));
      ready
          .texts("warnings")
          .forEach(warning ->
              checks.add(Check.warn("server", warning, "The server says so in /readyz.")));
      String version = ready.text("postgres");
      checks.add(Check.ok("postgres", version.isEmpty() ? "answers" : version));
      checks.add(agents(session.agents(client)));
    } catch (CliException e) {
      checks.add(
          Check.fail("server", String.valueOf(e.getMessage()), "See what the server has logged."));
    }
    return checks;
  }

  private static Check agents(List<Fields> agents) {
    long ready = agents.stream().filter(agent -> agent.yes("available")).count();
    long packs = agents.stream().map(agent -> agent.text("pack")).distinct().count();
    String found =
        "%s, %s, %d ready"
            .formatted(Words.count(packs, "pack"), Words.count(agents.size(), "agent"), ready);
    return ready > 0
        ? Check.ok("packs", found)
        : Check.warn("packs", found, "See 'agentos agent list' for why.");
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("agentos-doctor");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.ENVIRONMENT,
          "There is no temporary directory to write to (%s); set TMPDIR."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // What is left of it lies where the system cleans up.
    }
  }
}
