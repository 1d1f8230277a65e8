package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static io.agentos.postgres.Fixture.durable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that end without closing their server. */
final class KilledJvmTest {
  private static final Duration ORPHAN_MAX = Duration.ofSeconds(20);
  private static final String COMMITS_BEFORE_KILL = "committed 200";

  @Test
  void killedJvm_leavesNoOrphanAndKeepsWhatWasCommitted(@TempDir Path folder)
      throws IOException, SQLException {
    long committed;
    try (ChildJvm child = ChildJvm.start(Fixture.prepared(folder), Fixture.RUNTIMES, "insert")) {
      child.await(COMMITS_BEFORE_KILL);
      child.kill();
      committed = lastCommitted(child);
    }
    assertThat(Fixture.within(ORPHAN_MAX, () -> Fixture.servers(folder).isEmpty())).isTrue();
    assertThat(Fixture.within(ORPHAN_MAX, () -> Fixture.shells(folder).isEmpty())).isTrue();
    assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    assertKept(folder, committed);
    assertThat(Files.readString(folder.resolve("server.log")))
        .doesNotContain("was not properly shut down");
  }

  @Test
  void restart_whileTheServerStillShutsDown_waitsForIt(@TempDir Path folder)
      throws IOException, SQLException {
    for (int kill = 0; kill < 2; kill++) {
      try (ChildJvm child = ChildJvm.start(prepared(folder), Fixture.RUNTIMES)) {
        child.await("ready");
        child.kill();
      }
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
        assertThat(ask(postgres, "select 1")).isEqualTo("1");
      }
    }
    assertThat(Files.readString(folder.resolve("server.log")))
        .doesNotContain("was not properly shut down");
  }

  @Test
  void everythingKilled_isRecoveredWithWhatWasCommitted(@TempDir Path folder)
      throws IOException, SQLException {
    long committed;
    try (ChildJvm child = ChildJvm.start(Fixture.prepared(folder), Fixture.RUNTIMES, "insert")) {
      child.await(COMMITS_BEFORE_KILL);
      List<Long> all = new ArrayList<>(Fixture.shells(folder));
      Fixture.servers(folder).forEach(process -> all.add(process.pid()));
      all.add(child.pid());
      HostTools.signal("KILL", all);
      child.awaitExit();
      committed = lastCommitted(child);
    }
    assertThat(folder.resolve("cluster/postmaster.pid")).exists();
    assertKept(folder, committed);
    assertThat(Files.readString(folder.resolve("server.log")))
        .contains("was not properly shut down; automatic recovery in progress");
  }

  @Test
  void orphan_isStoppedCleanly(@TempDir Path folder) throws IOException, SQLException {
    long committed;
    long orphan;
    try (ChildJvm child = ChildJvm.start(Fixture.prepared(folder), Fixture.RUNTIMES, "insert")) {
      child.await(COMMITS_BEFORE_KILL);
      orphan = Fixture.serverPid(folder);
      List<Long> withoutServer = new ArrayList<>(Fixture.shells(folder));
      withoutServer.add(child.pid());
      HostTools.signal("KILL", withoutServer);
      child.awaitExit();
      committed = lastCommitted(child);
    }
    assertThat(Fixture.servers(folder)).extracting(RunningProcess::pid).contains(orphan);
    assertKept(folder, committed);
    assertThat(Fixture.servers(folder)).isEmpty();
    assertThat(Files.readString(folder.resolve("server.log")))
        .contains("received fast shutdown request")
        .doesNotContain("was not properly shut down");
  }

  @Test
  void stuckChildOfADeadServer_isEndedByForce(@TempDir Path folder)
      throws IOException, SQLException {
    try (ChildJvm child = ChildJvm.start(Fixture.prepared(folder), Fixture.RUNTIMES)) {
      child.await("ready");
      long server = Fixture.serverPid(folder);
      List<Long> stuck =
          Fixture.servers(folder).stream()
              .map(RunningProcess::pid)
              .filter(pid -> pid != server)
              .toList();
      HostTools.signal("STOP", stuck);
      List<Long> rest = new ArrayList<>(Fixture.shells(folder));
      rest.add(child.pid());
      rest.add(server);
      HostTools.signal("KILL", rest);
      child.awaitExit();
    }
    assertThat(Fixture.servers(folder)).isNotEmpty();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
    assertThat(Fixture.servers(folder)).isEmpty();
  }

  @Test
  void initdbKilledHalfway_isDoneAgain(@TempDir Path folder) throws IOException, SQLException {
    try (ChildJvm child = ChildJvm.start(folder, Fixture.RUNTIMES)) {
      assertThat(Fixture.within(ORPHAN_MAX, () -> halfMade(folder).isPresent())).isTrue();
      List<Long> all = new ArrayList<>(Fixture.shells(folder));
      RunningProcess.all(Fixture.TOOLS).stream()
          .filter(process -> process.command().contains("/initdb --pgdata=" + folder))
          .forEach(process -> all.add(process.pid()));
      all.add(child.pid());
      HostTools.signal("KILL", all);
      child.awaitExit();
    }
    assertThat(halfMade(folder)).isPresent();
    assertThat(folder.resolve("cluster")).doesNotExist();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
      assertThat(ask(postgres, "select count(*) from pg_database")).isEqualTo("3");
    }
    assertThat(halfMade(folder)).isEmpty();
  }

  @Test
  void jvmKilledDuringInitdb_leavesNothingRunning(@TempDir Path folder)
      throws IOException, SQLException {
    try (ChildJvm child = ChildJvm.start(folder, Fixture.RUNTIMES)) {
      assertThat(Fixture.within(ORPHAN_MAX, () -> halfMade(folder).isPresent())).isTrue();
      child.kill();
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
      assertThat(ask(postgres, "select count(*) from pg_database")).isEqualTo("3");
    }
    assertThat(Fixture.within(ORPHAN_MAX, () -> Fixture.shells(folder).isEmpty())).isTrue();
  }

  @Test
  void signalToTheJvmsGroup_leavesTheServerToTheJvm(@TempDir Path folder) throws IOException {
    Optional<String> setsid = Fixture.TOOLS.find("setsid");
    assumeTrue(setsid.isPresent(), "Needs setsid");
    try (ChildJvm child =
        ChildJvm.start(
            List.of(setsid.get()),
            System.getProperty("java.class.path"),
            Fixture.prepared(folder),
            Fixture.RUNTIMES,
            "ask-at-exit")) {
      child.await("ready");
      HostTools.signal("TERM", List.of(-child.pid()));
      assertThat(child.await("answered")).isEqualTo("42");
      assertThat(child.awaitExit()).isEqualTo(143);
    }
    assertThat(Fixture.within(ORPHAN_MAX, () -> Fixture.servers(folder).isEmpty())).isTrue();
  }

  @Test
  void warmStart_loadsNothingThatUnpacks(@TempDir Path folder) throws IOException {
    Path loaded = folder.resolve("loaded.txt");
    try (ChildJvm child =
        ChildJvm.start(
            Fixture.prepared(folder),
            Fixture.RUNTIMES,
            "close",
            "-Xlog:class+load:file=" + loaded)) {
      child.await("ready");
      child.endInput();
      assertThat(child.awaitExit()).isEqualTo(0);
    }
    assertThat(Files.readString(loaded))
        .contains("io.agentos.postgres.Server ")
        .doesNotContain("io.agentos.postgres.Archive", "org.apache.commons", "org.tukaani");
    assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
  }

  private static Path prepared(Path folder) throws IOException {
    return Files.exists(folder.resolve("cluster")) ? folder : Fixture.prepared(folder);
  }

  private static long lastCommitted(ChildJvm child) throws IOException {
    return Long.parseLong(child.lastLine().replaceFirst("committed ", ""));
  }

  /** A commit may have been made and not yet reported when the JVM was killed: one at most. */
  private static void assertKept(Path folder, long committed) throws SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
      assertThat(ask(postgres, "select max(value) = count(*) from number")).isEqualTo("t");
      assertThat(Long.parseLong(ask(postgres, "select max(value) from number")))
          .isBetween(committed, committed + 1);
    }
  }

  private static Optional<Path> halfMade(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("cluster.new-"))
          .filter(entry -> Files.exists(entry.resolve("base/1")))
          .findFirst();
    }
  }
}
