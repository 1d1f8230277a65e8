package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static io.agentos.postgres.Fixture.durable;
import static io.agentos.postgres.Fixture.execute;
import static io.agentos.postgres.Fixture.throwAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory, started again and again. */
final class RestartTest {
  private static final Duration WARM_START_MAX = Duration.ofSeconds(2);
  private static final Duration COLD_START_MAX = Duration.ofSeconds(5);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
  private static final int COLD_STARTS_MAX = 2;

  @Test
  void secondStart_ofADirectory_isQuickAndHasTheRows(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.prepared(folder);
    List<Duration> starts = new ArrayList<>();
    String password = "";
    for (int start = 0; start < 4; start++) {
      Instant begin = Instant.now();
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder))) {
        if (start == 0) {
          execute(postgres, "create table kept as select generate_series(1, 1000) as value");
          password = postgres.password();
        } else {
          starts.add(Duration.between(begin, Instant.now()));
          assertThat(ask(postgres, "select count(*) from kept")).isEqualTo("1000");
          assertThat(postgres.password()).isEqualTo(password);
        }
      }
    }
    assertThat(Collections.min(starts)).as("starts %s", starts).isLessThan(WARM_START_MAX);
  }

  @Test
  void firstStart_withNothingUnpacked_takesSeconds(@TempDir Path folder) throws SQLException {
    List<Duration> starts = new ArrayList<>();
    do {
      Path place = folder.resolve("start-" + starts.size());
      PostgresSettings settings =
          PostgresSettings.of(place.resolve("deep/data"), place.resolve("runtimes"));
      Instant begin = Instant.now();
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
        starts.add(Duration.between(begin, Instant.now()));
        assertThat(ask(postgres, "select 1")).isEqualTo("1");
      }
    } while (starts.size() < COLD_STARTS_MAX && starts.getLast().compareTo(COLD_START_MAX) > 0);
    assumeTrue(
        starts.getLast().compareTo(COLD_START_MAX) < 0 || !machineIsBusy(),
        "The machine has more to do than it can: starts " + starts);
    assertThat(starts.getLast()).as("starts %s", starts).isLessThan(COLD_START_MAX);
  }

  @Test
  void close_isBoundedAndLeavesNothing_andAgainIsHarmless(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.prepared(folder);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder));
    try (Connection open = Fixture.connect(postgres)) {
      open.setAutoCommit(false);
      open.createStatement().execute("create table unfinished (value int)");
      Instant begin = Instant.now();
      postgres.close();
      assertThat(Duration.between(begin, Instant.now())).isLessThan(CLOSE_MAX);
      assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
    }
    postgres.close();
    assertThat(Fixture.servers(folder)).isEmpty();
    assertThat(Fixture.shells(folder)).isEmpty();
    assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    assertThatThrownBy(() -> ask(postgres, "select 1")).isInstanceOf(SQLException.class);
    assertThat(Files.readString(folder.resolve("server.log")))
        .contains("database system is shut down");
  }

  @Test
  void close_onAnInterruptedThread_stopsTheServer(@TempDir Path folder) throws IOException {
    Fixture.prepared(folder);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder));
    Thread.currentThread().interrupt();
    postgres.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Fixture.servers(folder)).isEmpty();
  }

  @Test
  void close_ofAServerThatLostItsLifeline_stopsIt(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.prepared(folder);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(durable(folder));
    execute(postgres, "create table kept as select 1 as value");
    List<Long> shells = Fixture.shells(folder);
    HostTools.signal("KILL", shells);
    postgres.close();
    assertThat(Fixture.servers(folder)).isEmpty();
    try (EmbeddedPostgres again = EmbeddedPostgres.start(durable(folder))) {
      assertThat(ask(again, "select count(*) from kept")).isEqualTo("1");
    }
  }

  @Test
  void throwAwayCluster_forcesNothingToDisk(@TempDir Path folder) throws IOException, SQLException {
    Fixture.prepared(folder);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder))) {
      assertThat(ask(postgres, "show fsync")).isEqualTo("off");
      assertThat(ask(postgres, "show full_page_writes")).isEqualTo("off");
      assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("off");
    }
  }

  @Test
  void largeLog_becomesTheOlderOne(@TempDir Path folder) throws IOException {
    Fixture.prepared(folder);
    Path log = folder.resolve("server.log");
    Files.writeString(log, "x".repeat((int) ServerLog.BYTES_MAX + 1));
    EmbeddedPostgres.start(throwAway(folder)).close();
    assertThat(folder.resolve("server.log.1")).hasSize(ServerLog.BYTES_MAX + 1);
    assertThat(Files.readString(log)).contains("database system is ready to accept connections");
    assertThat(Fixture.mode(log)).isEqualTo("rw-------");
  }

  @Test
  void copyOfADirectory_isAClusterOfItsOwn(@TempDir Path folder) throws IOException, SQLException {
    Fixture.open(folder);
    Path original = Fixture.prepared(Files.createDirectory(folder.resolve("original")));
    Path copy = Fixture.prepared(Files.createDirectory(folder.resolve("copy")));
    try (EmbeddedPostgres first = EmbeddedPostgres.start(durable(original))) {
      Files.copy(
          original.resolve("cluster/postmaster.pid"), copy.resolve("cluster/postmaster.pid"));
      try (EmbeddedPostgres second = EmbeddedPostgres.start(durable(copy))) {
        assertThat(ask(first, "show data_directory")).isEqualTo(first.directory() + "/cluster");
        assertThat(ask(second, "show data_directory")).isEqualTo(second.directory() + "/cluster");
      }
    }
  }

  @Test
  void dataThatWasMovedAwayAndBack_isOpenedByTheSamePassword(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.prepared(folder);
    Path away = folder.resolve("away");
    Files.move(folder.resolve("cluster"), away);
    EmbeddedPostgres.start(throwAway(folder)).close();
    Folders.delete(folder.resolve("cluster"));
    Files.move(away, folder.resolve("cluster"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder))) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
  }

  private static boolean machineIsBusy() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system.getSystemLoadAverage() > system.getAvailableProcessors();
  }
}
