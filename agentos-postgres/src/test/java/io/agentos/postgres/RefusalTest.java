package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static io.agentos.postgres.Fixture.throwAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that must fail, what they say, and that they change nothing. */
final class RefusalTest {
  private static EmbeddedPostgres running;
  private static Path directory;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    directory = folder.toRealPath();
    Fixture.prepared(folder);
    running = EmbeddedPostgres.start(throwAway(directory));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void directoryInUse_byThisJvm_isRefused() throws SQLException {
    assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(directory)))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            directory
                + " is in use by this process. Stop that first, or choose another directory.");
    assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(directory)))
        .isInstanceOf(PostgresStartException.class);
    assertThat(ask(running, "select 1")).isEqualTo("1");
  }

  @Test
  void directoryInUse_byAnotherJvm_isRefusedAndNotStolen(@TempDir Path folder) throws IOException {
    Path other = folder.toRealPath();
    Fixture.prepared(folder);
    long server;
    try (ChildJvm child = ChildJvm.start(other, Fixture.RUNTIMES)) {
      child.await("ready");
      server = Fixture.serverPid(other);
      assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(other)))
          .isInstanceOf(PostgresStartException.class)
          .hasMessage(
              other
                  + " is in use by process "
                  + child.pid()
                  + ". Stop that first, or choose another directory.");
      assertThat(Fixture.serverPid(other)).isEqualTo(server);
      assertThat(Fixture.servers(other)).isNotEmpty();
    }
    // The lifeline stops the server of the killed child, which writes to the folder until then.
    ProcessHandle.of(server)
        .ifPresent(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Test
  void otherMajorVersion_isRefusedAndUntouched(@TempDir Path folder) throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("cluster/base/1")).resolve("../..");
    Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
    Files.writeString(cluster.resolve("base/1/1259"), "rows");
    Files.writeString(cluster.resolve("postmaster.pid"), "999999\n");
    Map<Path, FileTime> before = contents(cluster);
    assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(folder)))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            folder.toRealPath().resolve("cluster")
                + " was made by Postgres 17, these binaries are Postgres 18. Nothing was changed."
                + " Start the release that made it and export the data, or choose another"
                + " directory.");
    assertThat(contents(cluster)).isEqualTo(before);
    assertThat(folder.resolve("server.log")).doesNotExist();
  }

  @Test
  void folderThatHoldsNoCluster_isRefused(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("cluster"));
    Files.writeString(folder.resolve("cluster/letter.txt"), "dear");
    assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(folder)))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            folder.toRealPath().resolve("cluster")
                + " holds no Postgres data. Move it away, or choose another directory.");
    assertThat(folder.resolve("cluster/letter.txt")).hasContent("dear");
  }

  @Test
  void lostPassword_isRefused(@TempDir Path folder) throws IOException {
    Fixture.prepared(folder);
    Files.delete(folder.resolve("password"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(folder)))
        .isInstanceOf(PostgresStartException.class)
        .hasMessage(
            folder.toRealPath().resolve("password")
                + " is missing or empty, and the data beside it cannot be used without. Restore"
                + " the file from a backup, or choose another directory.");
  }

  @Test
  void chosenPort_isUsed_andRefusedWhereItIsTaken(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.prepared(folder);
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = taken.getLocalPort();
      PostgresSettings settings = throwAway(folder).withParameter("port", Integer.toString(port));
      assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
          .isInstanceOf(PostgresStartException.class)
          .hasMessageStartingWith(
              "Postgres did not start in "
                  + folder.toRealPath()
                  + " on port "
                  + port
                  + ": exit code 1. Its last lines, from "
                  + folder.toRealPath().resolve("server.log")
                  + ":\n")
          .hasMessageContaining("Address already in use");
    }
    PostgresSettings settings = throwAway(folder).withParameter("port", Integer.toString(port));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(ask(postgres, "show port")).isEqualTo(Integer.toString(port));
    }
  }

  @Test
  void unknownParameter_isNamed_andTheDirectoryIsFreeAgain(@TempDir Path folder)
      throws IOException {
    Fixture.prepared(folder);
    assertThatThrownBy(
            () -> EmbeddedPostgres.start(throwAway(folder).withParameter("work_memory", "8MB")))
        .isInstanceOf(PostgresStartException.class)
        .hasMessageContaining("unrecognized configuration parameter \"work_memory\"");
    EmbeddedPostgres.start(throwAway(folder)).close();
  }

  @Test
  void startThatTakesTooLong_isGivenUpAndLeavesNothing(@TempDir Path folder) throws IOException {
    Fixture.prepared(folder);
    Instant begin = Instant.now();
    assertThatThrownBy(
            () -> EmbeddedPostgres.start(throwAway(folder).withStartTimeout(Duration.ofNanos(1))))
        .isInstanceOf(PostgresStartException.class)
        .hasMessageContaining(": not ready within PT0.000000001S. Its last lines, from ");
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(Fixture.servers(folder)).isEmpty();
    assertThat(Fixture.shells(folder)).isEmpty();
  }

  @Test
  void initdbThatTakesTooLong_isGivenUpAndLeavesNothing(@TempDir Path folder) throws IOException {
    assertThatThrownBy(
            () -> EmbeddedPostgres.start(throwAway(folder).withStartTimeout(Duration.ofMillis(1))))
        .isInstanceOf(PostgresStartException.class)
        .hasMessageStartingWith(
            "initdb could not make "
                + folder.toRealPath().resolve("cluster")
                + ": not done in time. Its last lines, from ");
    assertThat(Fixture.shells(folder)).isEmpty();
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "password", "server.log");
    }
  }

  @Test
  void foreignServerOnTheData_isRefusedAndLeftAlone(@TempDir Path folder) throws IOException {
    Fixture.prepared(folder);
    ClusterDirectory place = Fixture.directory(folder);
    Process foreign = Fixture.bareServer(Fixture.TOOLS, place);
    try {
      assertThat(Fixture.within(Duration.ofSeconds(20), () -> Fixture.isReady(place))).isTrue();
      assertThatThrownBy(() -> EmbeddedPostgres.start(throwAway(folder)))
          .isInstanceOf(PostgresStartException.class)
          .hasMessage(
              "Process "
                  + Fixture.serverPid(folder)
                  + " runs a Postgres server on "
                  + place.cluster()
                  + " that was started by other means. Stop it, then start again.");
      assertThat(place.processFile()).exists();
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      foreign.getOutputStream().close();
      assertThat(Fixture.within(Duration.ofSeconds(20), () -> !foreign.isAlive())).isTrue();
    }
  }

  private static Map<Path, FileTime> contents(Path folder) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        times.put(path, Files.getLastModifiedTime(path));
      }
    }
    return times;
  }
}
