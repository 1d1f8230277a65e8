package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code agentos run --record} and {@code --replay}, as far as they need no model. */
final class RunRecordingTest {
  private static final String ANSWERED =
      """
      {"position": 7, "name": "turn-1/model", "state": "committed", "about": {}, "result":
       {"message": {"kind": "assistant", "provider": "",
                    "parts": [{"kind": "text", "text": "Fine.", "seal": ""}]},
        "stop_reason": "END", "tokens": null, "provider": "openai", "model": "owl",
        "request_id": ""}}
      """;

  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).on(server);
    server
        .on("POST /v1/tasks", 202, "{\"id\": \"task_1\", \"state\": \"queued\"}")
        .events("GET /v1/tasks/task_1/events", FakeServer.event(1, "task.completed", 0, "{}"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void record_failedTask_keepsWhatWasAnswered() {
    ends("failed", ANSWERED, "");

    Result result = shell.run("run", "--record", "owl.yaml", "x");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            failed, $0, 0 model calls, 0 tool calls  task_1
            recorded 1 turn in %s
            """
                .formatted(shell.work().resolve("owl.yaml")));
    assertThat(shell.work().resolve("owl.yaml"))
        .hasContent(
            """
            apiVersion: "agentos.io/v1"
            kind: "Recording"
            metadata:
              name: "shop-owl"
              description: "shop.owl, answered by openai/owl, recorded on 2026-11-22"
            spec:
              turns:
              - text: "Fine."
                stopReason: "end"
            """);
  }

  @Test
  void record_manySteps_areReadPageByPage() {
    ends("completed", "{\"position\": 1, \"name\": \"policy\"}", "next");
    server.on(
        "GET /v1/tasks/task_1/steps?limit=100&cursor=next",
        "{\"data\": [%s], \"next_cursor\": null}".formatted(ANSWERED));

    assertThat(shell.run("run", "--record", "owl.yaml", "x").err()).contains("recorded 1 turn in ");
  }

  @Test
  void record_withoutModel_saysSo() {
    ends("completed", "{\"position\": 1, \"name\": \"audit\", \"state\": \"committed\"}", "");

    assertThat(shell.run("run", "--record", "owl.yaml", "x"))
        .isEqualTo(
            new Result(
                0,
                "",
                """
                completed, $0, 0 model calls, 0 tool calls  task_1
                nothing to record: the agent asked no model
                """));
    assertThat(shell.work()).isEmptyDirectory();
  }

  @Test
  void record_withoutAnswer_saysSo() {
    ends("failed", ANSWERED.replace("committed", "failed"), "");

    assertThat(shell.run("run", "--record", "owl.yaml", "x").err())
        .endsWith("nothing to record: no model answered\n");
    assertThat(shell.work()).isEmptyDirectory();
  }

  @Test
  void record_whereAFileIs_asksForForce() throws IOException {
    Path file = shell.write("owl.yaml", "mine");

    assertThat(shell.run("run", "--record", "owl.yaml", "x"))
        .isEqualTo(
            wrong(
                "--record: %s is there already; name another, or replace it with --force."
                    .formatted(file)));
    assertThat(file).hasContent("mine");
    assertThat(server.routes()).isEmpty();

    ends("completed", ANSWERED, "");
    assertThat(shell.run("run", "--record", "owl.yaml", "--force", "x").exitCode()).isZero();
    assertThat(Files.readString(file)).startsWith("apiVersion");
  }

  @Test
  void record_whereNothingCanBeWritten_isRefusedBeforeTheTask() throws IOException {
    Files.createDirectories(shell.work().resolve("nest"));

    assertThat(shell.run("run", "--record", "none/owl.yaml", "x"))
        .isEqualTo(
            wrong("--record: there is no folder %s.".formatted(shell.work().resolve("none"))));
    assertThat(shell.run("run", "--record", "nest", "--force", "x"))
        .isEqualTo(wrong("--record: %s is no file.".formatted(shell.work().resolve("nest"))));
    assertThat(server.routes()).isEmpty();
  }

  @Test
  void options_thatContradict_areRefused() {
    assertThat(shell.run("run", "--force", "x"))
        .isEqualTo(wrong("--force says that --record may replace a file; --record is missing."));
    assertThat(shell.run("run", "--record", "a", "--replay", "b", "x"))
        .isEqualTo(
            wrong("--record and --replay contradict each other: nothing new would be recorded."));
    assertThat(shell.run("run", "--record", "a", "--detach", "x"))
        .isEqualTo(wrong("--record and --replay need the end of the task; leave --detach out."));
  }

  @Test
  void replay_onAServerThatRuns_isRefused() throws IOException {
    assertThat(shell.run("run", "--replay", "owl.yaml", "x"))
        .isEqualTo(
            wrong(
                "--replay needs a server of its own, and AGENTOS_URL names the one at %s; unset it."
                    .formatted(server.url())));

    TestShell here = new TestShell(root);
    here.running(server.url(), "aos_admin");
    assertThat(here.run("run", "--replay", "owl.yaml", "x"))
        .isEqualTo(
            wrong(
                "--replay needs a server of its own, and one runs for %s at %s.\n  Stop that one, or choose another data directory with --data."
                    .formatted(here.data(), server.url())));
    assertThat(server.routes()).isEmpty();
  }

  @Test
  void run_onAServerThatReplays_saysSo() {
    server
        .on("POST /v1/tasks", 202, "{\"id\": \"task_2\"}")
        .events(
            "GET /v1/tasks/task_2/events",
            FakeServer.event(
                1, "model.called", 0, "{\"provider\": \"replay\", \"model\": \"shop-owl\"}"),
            FakeServer.event(2, "task.completed", 0, "{}"))
        .on("GET /v1/tasks/task_2", "{\"id\": \"task_2\", \"state\": \"completed\"}");
    shell.run("run", "--detach", "x");

    assertThat(shell.run("run", "x").err())
        .isEqualTo(
            """
            replayed from recording shop-owl: no model was asked
            completed, $0, 0 model calls, 0 tool calls  task_2
            """);
  }

  private void ends(String state, String step, String cursor) {
    server
        .on(
            "GET /v1/tasks/task_1",
            "{\"id\": \"task_1\", \"agent\": \"shop.owl\", \"state\": \"%s\", \"ended_at\": \"2026-11-22T10:00:01Z\"}"
                .formatted(state))
        .on(
            "GET /v1/tasks/task_1/steps?limit=100",
            "{\"data\": [%s], \"next_cursor\": \"%s\"}".formatted(step, cursor));
  }

  private static Result wrong(String message) {
    return new Result(2, "", "agentos: " + message + "\n");
  }
}
