package io.agentos.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the tests share: one set of unpacked binaries, and SQL in one line. */
final class Fixture {
  static final HostTools TOOLS = HostTools.standard();
  static final Path RUNTIMES = Path.of("target", "runtimes").toAbsolutePath();

  private Fixture() {}

  /**
   * Puts a copy of an empty cluster into a folder, which is quicker than making one. Opens the
   * folder: for root the copy belongs to another user.
   */
  static Path prepared(Path folder) throws IOException {
    open(folder);
    Path template = RUNTIMES.resolveSibling("template").resolve("data");
    if (!Files.exists(template.resolve("cluster"))) {
      EmbeddedPostgres.start(durable(template)).close();
    }
    Optional<String> problem =
        HostTools.complaint(
            List.of(
                "/bin/cp",
                "-a",
                template.resolve("cluster").toString(),
                template.resolve("password").toString(),
                folder.toString()));
    assertThat(problem).isEmpty();
    return folder;
  }

  static PostgresSettings durable(Path directory) {
    return PostgresSettings.of(directory, RUNTIMES);
  }

  static PostgresSettings throwAway(Path directory) {
    return durable(directory).withDurability(Durability.NONE);
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  static ClusterDirectory directory(Path root) throws IOException {
    return new ClusterDirectory(root.toRealPath());
  }

  /** The server's processes without the shells around them. */
  static List<RunningProcess> servers(Path root) throws IOException {
    String name = directory(root).clusterName();
    return RunningProcess.all(TOOLS).stream()
        .filter(process -> process.isServer(name) || process.isServersChild(name))
        .toList();
  }

  /** The first process of the server. */
  static long serverPid(Path root) throws IOException {
    return ProcessFile.read(directory(root).processFile()).orElseThrow().pid();
  }

  /** The shells that hold the lifeline of whatever runs in a directory. */
  static List<Long> shells(Path root) {
    return RunningProcess.all(TOOLS).stream()
        .filter(process -> process.command().startsWith(Lifeline.SHELL + " "))
        .filter(process -> process.command().contains(root.toString()))
        .map(RunningProcess::pid)
        .toList();
  }

  /** Starts a server on data that are there, without all that comes before and after. */
  static Process bareServer(HostTools tools, ClusterDirectory directory) throws IOException {
    return Lifeline.start(
        tools,
        account(directory),
        List.of(
            Binaries.install(TOOLS, RUNTIMES).program("postgres").toString(),
            "-D",
            directory.cluster().toString(),
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(freePort()),
            "-k",
            ""),
        directory.log().toFile());
  }

  /** What the server of a directory runs as. */
  static Account account(ClusterDirectory directory) throws IOException {
    Binaries binaries = Binaries.install(TOOLS, RUNTIMES);
    return Account.choose(Account.currentUser(), TOOLS, binaries, directory);
  }

  static boolean isReady(ClusterDirectory directory) {
    return ProcessFile.read(directory.processFile()).filter(ProcessFile::ready).isPresent();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  static boolean within(Duration wait, Check check) {
    return Deadline.in(wait)
        .await(() -> {
          try {
            return check.holds();
          } catch (IOException e) {
            return false;
          }
        });
  }

  static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A condition that looks at files. */
  interface Check {
    boolean holds() throws IOException;
  }
}
