package io.agentos.postgres;

import static io.agentos.postgres.Fixture.ask;
import static io.agentos.postgres.Fixture.throwAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Process files that name a process which is not the server that wrote them. */
final class LeftoverTest {
  private static final Duration ZOMBIE_MAX = Duration.ofSeconds(20);

  @Test
  void processFile_thatNamesALivingProcess_isRemoved(@TempDir Path folder)
      throws IOException, SQLException {
    Process living = asTheServerWouldRun(Fixture.prepared(folder), "exec sleep 60");
    try {
      assertStarts(folder, living.pid());
      assertThat(living.isAlive()).isTrue();
    } finally {
      living.destroyForcibly();
    }
  }

  @Test
  void processFile_thatNamesAProcessLongGone_isRemoved(@TempDir Path folder)
      throws IOException, SQLException {
    assertStarts(folder, 4_194_303);
  }

  @Test
  void processFile_thatNamesAZombie_isRemoved(@TempDir Path folder)
      throws IOException, SQLException {
    Path processes = Path.of("/proc");
    assumeTrue(Files.isDirectory(processes), "Linux only");
    Process parent =
        asTheServerWouldRun(Fixture.prepared(folder), "sleep 1 & echo $!; exec sleep 60");
    try {
      String pid = parent.inputReader(StandardCharsets.US_ASCII).readLine();
      assertThat(
              Fixture.within(
                  ZOMBIE_MAX,
                  () -> Files.readString(processes.resolve(pid).resolve("stat")).contains(") Z ")))
          .isTrue();
      assertStarts(folder, Long.parseLong(pid));
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void processFile_thatNamesAnotherClustersServer_isRemovedAndThatServerLives(@TempDir Path folder)
      throws IOException, SQLException {
    Fixture.open(folder);
    Path other = Fixture.prepared(Files.createDirectory(folder.resolve("other")));
    try (EmbeddedPostgres bystander = EmbeddedPostgres.start(throwAway(other))) {
      long pid = Fixture.serverPid(other);
      assertStarts(Files.createDirectory(folder.resolve("own")), pid);
      assertThat(ask(bystander, "select 1")).isEqualTo("1");
      assertThat(Fixture.serverPid(other)).isEqualTo(pid);
    }
  }

  @Test
  void processFile_thatIsEmptyOrGarbage_isRemoved(@TempDir Path folder)
      throws IOException, SQLException {
    Path file = Fixture.prepared(folder).resolve("cluster/postmaster.pid");
    for (String content : new String[] {"", "\n", "not a number\n"}) {
      Files.writeString(file, content);
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder))) {
        assertThat(ask(postgres, "select 1")).isEqualTo("1");
      }
    }
  }

  /** Postgres itself only heeds a process of its own user. */
  private static Process asTheServerWouldRun(Path folder, String script) throws IOException {
    Account account = Fixture.account(Fixture.directory(folder));
    List<String> command = new ArrayList<>(account.prefix());
    command.addAll(List.of("/bin/sh", "-c", script));
    return new ProcessBuilder(command).start();
  }

  /** As a server would have left it: its own path, and "ready". */
  private static void assertStarts(Path folder, long pid) throws IOException, SQLException {
    Path cluster = folder.resolve("cluster");
    if (!Files.exists(cluster)) {
      Fixture.prepared(folder);
    }
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        "%d\n%s\n1795366562\n5999\n\n127.0.0.1\n 16039943         4\nready   \n"
            .formatted(pid, cluster));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(throwAway(folder))) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
      assertThat(Fixture.serverPid(folder)).isNotEqualTo(pid);
    }
  }
}
