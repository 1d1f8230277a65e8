package io.agentos.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server process that this JVM started. */
record Server(Cluster cluster, Process process, int port) {
  /**
   * A start is repeated when another program took the free port in between, or a server that has
   * just lost its JVM was itself about to start.
   */
  private static final int ATTEMPTS_MAX = 5;

  private static final List<String> REPEATABLE =
      List.of("Address already in use", "lock file \"postmaster.pid\"", "is still in use");

  /** How long a shutdown may take before it is looked at more closely. */
  private static final Duration USUAL_SHUTDOWN = Duration.ofSeconds(2);

  /** Ends what an earlier JVM left behind, starts a server and waits until it takes connections. */
  static Server start(Cluster cluster, PostgresSettings settings, Deadline deadline)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      cluster.processes().end(deadline);
      long from = cluster.log().size();
      Server server = launch(cluster, settings);
      deadline.await(() -> server.isReady() || !server.process.isAlive());
      if (server.isReady()) {
        return server;
      }
      String ending =
          server.process.isAlive()
              ? "not ready within " + settings.startTimeout()
              : Cluster.ending(server.process);
      server.stop();
      String lines = cluster.log().tail(from);
      if (attempt == ATTEMPTS_MAX || REPEATABLE.stream().noneMatch(lines::contains)) {
        throw new PostgresStartException(
            "Postgres did not start in %s on port %d: %s. Its last lines, from %s:\n%s"
                .formatted(
                    cluster.directory().root(), server.port, ending, cluster.log().path(), lines));
      }
    }
  }

  /** Stops it fast and waits; stops it by force if that does not help. Again is harmless. */
  void stop() throws IOException {
    process.getOutputStream().close();
    Deadline.in(USUAL_SHUTDOWN).await(() -> !process.isAlive());
    cluster.processes().end(Deadline.in(ClusterProcesses.FAST));
    Deadline.in(ClusterProcesses.KILLED).await(() -> !process.isAlive());
    process.destroyForcibly();
  }

  private static Server launch(Cluster cluster, PostgresSettings settings) throws IOException {
    int port = port(settings);
    List<String> command = new ArrayList<>();
    command.add(cluster.binaries().program("postgres").toString());
    command.add("-D");
    command.add(cluster.directory().cluster().toString());
    command.addAll(
        ServerParameters.arguments(
            settings, Platform.current(), cluster.directory().clusterName(), port));
    return new Server(cluster, cluster.start(command), port);
  }

  private static int port(PostgresSettings settings) throws IOException {
    String chosen = settings.parameters().get(PostgresSettings.PORT);
    if (chosen != null) {
      return Integer.parseInt(chosen);
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(EmbeddedPostgres.HOST))) {
      return free.getLocalPort();
    }
  }

  /** Ready is what this server says of itself, not one that another JVM left. */
  private boolean isReady() {
    return ProcessFile.read(cluster.directory().processFile())
        .filter(ProcessFile::ready)
        .flatMap(file -> ProcessHandle.of(file.pid()).flatMap(ProcessHandle::parent))
        .filter(parent -> parent.pid() == process.pid())
        .isPresent();
  }
}
