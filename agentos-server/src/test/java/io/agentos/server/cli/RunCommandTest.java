package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.Terminal.Stream;
import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTest {
  private static final String COMPLETED =
      """
      {"id": "task_1", "state": "completed", "started_at": "2026-11-22T10:00:00Z",
       "ended_at": "2026-11-22T10:00:01.9Z", "output": {"text": "# Report", "fields": {"n": 1}},
       "usage": {"cost_usd_micros": 3100, "model_calls": 1, "tool_calls": 2}}
      """;
  private static final String APPROVAL =
      """
      {"id": "apr_1", "state": "pending", "agent": "shop.refunder", "tool": "pay.refund",
       "zone": "red", "reason": "Money leaves.", "arguments": {"euro": 5}, "digest": "d1"}
      """;

  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).on(server);
    server.on("POST /v1/tasks", 202, "{\"id\": \"task_1\", \"state\": \"queued\"}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void run_completed() {
    server
        .events(
            "GET /v1/tasks/task_1/events",
            FakeServer.event(1, "task.created", 0, "{}"),
            FakeServer.event(2, "task.started", 2, "{}"),
            FakeServer.event(3, "step.committed", 4, "{\"name\": \"policy\"}"),
            FakeServer.event(4, "step.intent", 10, "{\"name\": \"turn-1/model\"}"),
            FakeServer.event(5, "model.fallback", 20, "{\"reason\": \"openai is busy\"}"),
            FakeServer.event(
                6,
                "step.committed",
                1210,
                "{\"name\": \"turn-1/model\", \"usage\": {\"cost_usd_micros\": 3100}}"),
            FakeServer.event(7, "step.intent", 1210, "{\"name\": \"turn-1/c1/tool\"}"),
            FakeServer.event(
                8,
                "step.committed",
                1250,
                "{\"name\": \"turn-1/c1/tool\", \"state\": \"failed\", \"code\": \"TOOL_FAILED\"}"),
            FakeServer.event(9, "task.completed", 1900, "{}"))
        .on("GET /v1/tasks/task_1", COMPLETED);

    assertThat(shell.run("run", "--pack", "p", "--type", "t", "--label", "a=b", "do", "it"))
        .isEqualTo(
            new Result(
                0,
                "# Report\n",
                """
                  ✓ policy                                 2 ms
                  ! model.fallback: openai is busy
                  ✓ turn-1/model                          1.2 s  $0.0031
                  ✗ turn-1/c1/tool                        40 ms  failed: TOOL_FAILED
                completed in 1.9 s, $0.0031, 1 model call, 2 tool calls  task_1
                """));
    assertThat(server.body("POST /v1/tasks"))
        .isEqualTo("{\"input\":\"do it\",\"pack\":\"p\",\"type\":\"t\",\"labels\":{\"a\":\"b\"}}");
  }

  @Test
  void run_json() {
    server
        .events("GET /v1/tasks/task_1/events", FakeServer.event(1, "task.completed", 0, "{}"))
        .on("GET /v1/tasks/task_1", COMPLETED);

    Result result = shell.run("run", "-o", "json", "--priority", "7", "x");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().replaceAll("\\s", "")).isEqualTo(COMPLETED.replaceAll("\\s", ""));
    assertThat(server.body("POST /v1/tasks")).isEqualTo("{\"input\":\"x\",\"priority\":7}");
  }

  @Test
  void run_noModel() {
    server
        .events("GET /v1/tasks/task_1/events", FakeServer.event(1, "task.failed", 0, "{}"))
        .on(
            "GET /v1/tasks/task_1",
            "{\"id\": \"task_1\", \"state\": \"failed\", \"error\": {\"code\": \"NO_MODEL\","
                + " \"detail\": \"Set OPENAI_API_KEY; supabase.rls-auditor needs no model.\"}}");

    assertThat(shell.run("run", "x"))
        .isEqualTo(
            new Result(
                1,
                "",
                """
                failed, $0, 0 model calls, 0 tool calls  task_1
                NO_MODEL: Set OPENAI_API_KEY; supabase.rls-auditor needs no model.
                """));
  }

  @Test
  void run_denied() {
    server
        .events(
            "GET /v1/tasks/task_1/events",
            FakeServer.event(1, "policy.denied", 0, "{\"reason\": \"not on Sundays\"}"),
            FakeServer.event(2, "task.denied", 0, "{}"))
        .on(
            "GET /v1/tasks/task_1",
            "{\"id\": \"task_1\", \"state\": \"denied\", \"error\": {\"code\": \"POLICY_DENIED\","
                + " \"detail\": \"not on Sundays (by default/week)\"}}");

    assertThat(shell.run("run", "x"))
        .isEqualTo(
            new Result(
                1,
                "",
                """
                  ! policy.denied: not on Sundays
                denied, $0, 0 model calls, 0 tool calls  task_1
                POLICY_DENIED: not on Sundays (by default/week)
                  The rule stands in policies/; an operator can change it.
                """));
  }

  @Test
  void run_refusedAtTheDoor() {
    try (FakeServer strict = new FakeServer()) {
      strict.on(
          "POST /v1/tasks", 403, "{\"code\": \"FORBIDDEN\", \"detail\": \"A viewer may not.\"}");

      assertThat(shell.on(strict).run("run", "x"))
          .isEqualTo(new Result(4, "", "agentos: FORBIDDEN: A viewer may not.\n"));
    }
  }

  @Test
  void run_detached() {
    assertThat(shell.run("run", "--detach", "x")).isEqualTo(new Result(0, "task_1\n", ""));
    assertThat(server.routes()).containsExactly("POST /v1/tasks");
  }

  @Test
  void run_detachedWithoutServer() {
    Result result = new TestShell(root).run("run", "--detach", "x");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).startsWith("agentos: No AgentOS server runs for ");
  }

  @Test
  void run_nothingSaid() {
    assertThat(shell.run("run"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                agentos: Say what to do, as in: agentos run "Review the error handling"
                  See 'agentos run --help', and 'agentos agent list' for who can do what.
                """));
    assertThat(shell.run("run", "--priority", "10", "x"))
        .isEqualTo(new Result(2, "", "agentos: --priority is 10; allowed is 0 to 9.\n"));
    assertThat(shell.run("run", "--wait", "--detach", "x"))
        .isEqualTo(new Result(2, "", "agentos: --wait and --detach contradict each other.\n"));
  }

  @Test
  void run_approvalWithoutTerminal() {
    approvalAsked();

    assertThat(shell.run("run", "x").err())
        .isEqualTo(
            """
              shop.refunder asks to run pay.refund (red)
                why        Money leaves.
                arguments  {"euro":5}
              decide with: agentos approvals approve apr_1
                       or: agentos approvals reject apr_1
            completed in 1.9 s, $0.0031, 1 model call, 2 tool calls  task_1
            """);
    assertThat(server.routes()).doesNotContain("POST /v1/approvals/apr_1/decide");
  }

  @Test
  void run_approvalOnTerminal() {
    approvalAsked();
    server.on("POST /v1/approvals/apr_1/decide", "{\"state\": \"approved\"}");

    Result result =
        shell.with("NO_COLOR", "1").terminal(Stream.IN, Stream.ERROR).typed("y\n").run("run", "x");

    assertThat(result.err()).contains("  Approve it? [y/N] ");
    assertThat(server.body("POST /v1/approvals/apr_1/decide"))
        .isEqualTo("{\"decision\":\"approve\",\"digest\":\"d1\"}");
  }

  @Test
  void run_approvalByItsRequester() {
    approvalAsked();
    server.on(
        "POST /v1/approvals/apr_1/decide",
        403,
        "{\"code\": \"FORBIDDEN\", \"detail\": \"Whoever asked may not decide.\"}");

    Result result =
        shell.with("NO_COLOR", "1").terminal(Stream.IN, Stream.ERROR).typed("y\n").run("run", "x");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(
            """
            agentos: FORBIDDEN: Whoever asked may not decide.
              decide with: agentos approvals approve apr_1
            """);
  }

  private void approvalAsked() {
    server
        .events(
            "GET /v1/tasks/task_1/events",
            FakeServer.event(1, "approval.requested", 0, "{\"approval\": \"apr_1\"}"),
            FakeServer.event(2, "task.waiting", 0, "{\"reason\": \"approval\"}"),
            FakeServer.event(3, "task.completed", 0, "{}"))
        .on("GET /v1/approvals/apr_1", APPROVAL)
        .on("GET /v1/tasks/task_1", COMPLETED);
  }
}
