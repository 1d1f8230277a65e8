package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionTest {
  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private final FakeStart start = new FakeStart(server);
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).starts(start);
    server
        .on("POST /v1/tasks", 202, "{\"id\": \"task_1\"}")
        .events("GET /v1/tasks/task_1/events", FakeServer.event(1, "task.completed", 0, "{}"))
        .on("GET /v1/tasks/task_1", "{\"id\": \"task_1\", \"state\": \"completed\"}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void run_startsItsOwnServer() {
    Result result = shell.run("run", "x");

    assertThat(result.exitCode()).isZero();
    assertThat(start.log()).containsExactly("started 127.0.0.1:0", "closed");
    assertThat(server.received().getFirst().headers())
        .containsEntry("Authorization", "Bearer aos_own");
  }

  @Test
  void run_usesTheServerThatRuns() throws IOException {
    shell.running(server.url(), "aos_admin");

    assertThat(shell.run("run", "x").exitCode()).isZero();
    assertThat(start.log()).isEmpty();
  }

  @Test
  void run_goesOnWhereItsServerIsGone() throws IOException {
    try (FakeServer leaving = new FakeServer()) {
      leaving
          .on("POST /v1/tasks", 202, "{\"id\": \"task_1\"}")
          .events("GET /v1/tasks/task_1/events", FakeServer.event(1, "task.started", 0, "{}"))
          .onEmptyStream("GET /v1/tasks/task_1/events", leaving::close);
      shell.running(leaving.url(), "aos_admin");

      Result result = shell.run("run", "x");

      assertThat(result.exitCode()).isZero();
      assertThat(start.log()).containsExactly("started 127.0.0.1:0", "closed");
      assertThat(server.received().getFirst().headers()).containsEntry("Last-event-id", "1");
    }
  }

  @Test
  void run_serverCannotStart() {
    assertThat(new TestShell(root).run("run", "x"))
        .isEqualTo(new Result(3, "", "agentos: No server can be started here.\n"));
  }

  @Test
  void run_serverFailsTask_isClosed() {
    try (FakeServer strict = new FakeServer()) {
      FakeStart strictStart = new FakeStart(strict);

      assertThat(shell.starts(strictStart).run("run", "x").exitCode()).isEqualTo(1);
      assertThat(strictStart.log()).containsExactly("started 127.0.0.1:0", "closed");
    }
  }
}
