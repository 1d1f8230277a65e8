package io.agentos.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A real Postgres server that runs as a child of this JVM and keeps its data in a directory.
 *
 * <p>It listens on 127.0.0.1 only and asks everyone for the password. If the JVM ends without
 * closing it, even by SIGKILL, the server stops by itself; what it acknowledged is kept. A start
 * ends whatever an earlier JVM left behind. One JVM at a time may use a directory. As root the
 * server runs as the user nobody, or in a user namespace where that user cannot reach the files.
 *
 * <p>Instances may be used by any number of threads. Closing at JVM shutdown is up to the caller,
 * who knows what has to be finished before.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  static final String SUPERUSER = "postgres";

  private final ReentrantLock closing = new ReentrantLock();
  private final DirectoryLock lock;
  private final Server server;
  private final String password;

  private EmbeddedPostgres(DirectoryLock lock, Server server, String password) {
    this.lock = lock;
    this.server = server;
    this.password = password;
  }

  /**
   * Starts a server and returns when it takes connections: in well under a second, the first time
   * in a directory in a few. Unpacks the binaries and makes the cluster where they are missing, and
   * recovers the data where the last server was killed.
   *
   * @throws PostgresStartException if it could not be started; nothing is left running
   */
  public static EmbeddedPostgres start(PostgresSettings settings) {
    try {
      Deadline deadline = Deadline.in(settings.startTimeout());
      Binaries binaries = Binaries.install(HostTools.standard(), settings.runtimes());
      ClusterDirectory directory =
          ClusterDirectory.make(
              settings.directory(), Account.currentUser() == ClusterDirectory.Owner.ROOT);
      DirectoryLock lock = DirectoryLock.acquire(directory);
      boolean started = false;
      try {
        Cluster cluster = Cluster.open(HostTools.standard(), binaries, directory);
        cluster.initialise(settings.durability(), deadline);
        String password = directory.requirePassword();
        Server server = Server.start(cluster, settings, deadline);
        started = true;
        return new EmbeddedPostgres(lock, server, password);
      } finally {
        if (!started) {
          lock.close();
        }
      }
    } catch (AccessDeniedException e) {
      throw new PostgresStartException(
          "This user may not use %s. Give it to the user that runs this process, or choose another directory than %s."
              .formatted(e.getFile(), settings.directory()),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new PostgresStartException(
          "Postgres could not be started in " + settings.directory() + ": " + e, e);
    }
  }

  /**
   * Where the server of a directory can be reached and as whom, when one runs there, whichever
   * process started it; for whoever may read the directory.
   *
   * @return {@code postgres://USER:PASSWORD@HOST:PORT}; empty when none takes connections
   */
  public static Optional<String> address(Path directory) {
    ClusterDirectory files = new ClusterDirectory(directory);
    try {
      Optional<String> password = files.recordedPassword();
      return ProcessFile.read(files.processFile())
          .filter(server -> server.ready() && ProcessHandle.of(server.pid()).isPresent())
          .flatMap(server ->
              password.map(secret ->
                  "postgres://%s:%s@%s:%d"
                      .formatted(
                          SUPERUSER,
                          URLEncoder.encode(secret, StandardCharsets.UTF_8),
                          HOST,
                          server.port())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port it listens on; another one after each start unless the settings name one. */
  public int port() {
    return server.port();
  }

  /** The superuser's password; made once for a directory. */
  public String password() {
    return password;
  }

  /** The superuser's name. It bypasses row security: make other roles for an application. */
  public String superuser() {
    return SUPERUSER;
  }

  /** Where JDBC finds a database of this server, without user, password or options. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(HOST, port(), URLEncoder.encode(database, StandardCharsets.UTF_8));
  }

  /** The directory as the file system knows it, links resolved. */
  public Path directory() {
    return server.cluster().directory().root();
  }

  /**
   * Stops the server and gives the directory free. Open transactions are rolled back, then a
   * checkpoint is written; if that takes too long the server is ended by force, which loses nothing
   * but makes the next start recover. Returns within about half a minute; again is harmless.
   */
  @Override
  public void close() {
    closing.lock();
    try {
      try (lock) {
        server.stop();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      closing.unlock();
    }
  }
}
