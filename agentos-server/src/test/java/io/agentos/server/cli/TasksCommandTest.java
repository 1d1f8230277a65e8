package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TasksCommandTest {
  private static final String WAITING =
      """
      {"id": "task_1", "state": "waiting", "waiting_for": "approval", "pack": "supabase",
       "agent": "rls-auditor", "type": "audit-rls", "priority": 5, "labels": {"team": "a"},
       "created_at": "2026-11-22T10:00:00.123456Z", "started_at": "2026-11-22T10:00:01Z",
       "ended_at": null, "output": null, "error": null,
       "usage": {"cost_usd_micros": 3100, "model_calls": 1, "tool_calls": 2}}
      """;
  private static final String ROUTED =
      """
      {"data": [{"name": "policy"}, {"name": "route", "result": {"route": {
        "confidence": 0.82, "reason": "word 'rls', input 'schema'",
        "considered": [
          {"agent": "supabase.rls-auditor", "score": 5.7, "reasons": ["word 'rls'"], "passedOver": null},
          {"agent": "supabase.schema-doc", "score": 1.25, "reasons": ["input 'schema'"], "passedOver": null},
          {"agent": "design.manager", "score": 0.4, "reasons": ["word 'plan'"], "passedOver": "takes no input schema"}]}}}]}
      """;
  private static final String FAILED =
      """
      {"id": "task_2", "state": "failed", "agent": "shell.\\u001b[31mred", "labels": {},
       "created_at": "2026-11-22T10:00:00Z", "started_at": "2026-11-22T10:00:00Z",
       "ended_at": "2026-11-22T10:02:05Z", "error": {"code": "NO_MODEL", "detail": "Set a key."},
       "usage": {}}
      """;
  private static final String COMPLETED =
      """
      {"id": "task_3", "state": "completed", "agent": "a.b", "created_at": "2026-11-22T10:00:00Z",
       "started_at": "2026-11-22T10:00:00Z", "ended_at": "2026-11-22T10:00:01.5Z",
       "output": {"text": "# Report\\n\\u001b[2Jfine", "fields": {}}, "usage": {"tool_calls": 1}}
      """;

  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).on(server);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void list_table() {
    server.on(
        "GET /v1/tasks?state=waiting&label=team%3Da%20b&limit=20",
        "{\"data\": [%s, %s], \"next_cursor\": null}".formatted(WAITING, FAILED));

    assertThat(shell.run("tasks", "list", "--state", "waiting", "--label", "team=a b"))
        .isEqualTo(
            new Result(
                0,
                """
                TASK    STATE               AGENT                 TYPE       CREATED               COST
                task_1  waiting (approval)  supabase.rls-auditor  audit-rls  2026-11-22T10:00:00Z  $0.0031
                task_2  failed              shell.[31mred                    2026-11-22T10:00:00Z  $0
                """,
                ""));
  }

  @Test
  void list_jsonOverPages() {
    server
        .on("GET /v1/tasks?limit=2", "{\"data\": [{\"id\": \"a\"}], \"next_cursor\": \"c/1\"}")
        .on(
            "GET /v1/tasks?limit=2&cursor=c%2F1",
            "{\"data\": [{\"id\": \"b\"}, {\"id\": \"c\"}], \"next_cursor\": \"c2\"}");

    Result result = shell.run("tasks", "list", "--limit", "2", "-o", "json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().replaceAll("\\s", ""))
        .isEqualTo("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
    assertThat(server.routes())
        .containsExactly("GET /v1/tasks?limit=2", "GET /v1/tasks?limit=2&cursor=c%2F1");
  }

  @Test
  void show_page() {
    server
        .on("GET /v1/tasks/task_1", WAITING)
        .on("GET /v1/tasks/task_1/steps?limit=10", ROUTED)
        .on("GET /v1/tasks/task_2", FAILED)
        .on("GET /v1/tasks/task_2/steps?limit=10", "{\"data\": []}")
        .on("GET /v1/tasks/task_3", COMPLETED)
        .on("GET /v1/tasks/task_3/steps?limit=10", "{\"data\": []}");

    assertThat(shell.run("tasks", "show", "task_1"))
        .isEqualTo(
            new Result(
                0,
                """
                task_1
                  state     waiting (approval)
                  agent     supabase.rls-auditor
                  routed    0.82: word 'rls', input 'schema'
                  else      supabase.schema-doc 1.25: input 'schema'
                  else      design.manager 0.40: word 'plan'; passed over: takes no input schema
                  type      audit-rls
                  priority  5
                  labels    {"team":"a"}
                  created   2026-11-22T10:00:00Z
                  started   2026-11-22T10:00:01Z
                  used      $0.0031, 1 model call, 2 tool calls
                """,
                ""));
    assertThat(shell.run("tasks", "show", "task_2"))
        .isEqualTo(
            new Result(
                0,
                """
                task_2
                  state     failed
                  agent     shell.[31mred
                  created   2026-11-22T10:00:00Z
                  started   2026-11-22T10:00:00Z
                  ended     2026-11-22T10:02:05Z
                  took      2 min 05 s
                  used      $0, 0 model calls, 0 tool calls
                  error     NO_MODEL: Set a key.
                """,
                ""));
    assertThat(shell.run("tasks", "show", "task_3").out())
        .endsWith("\n\n# Report\n\u001b[2Jfine\n");
    assertThat(shell.run("tasks", "show", "task_3", "-o", "json").out())
        .contains("\"# Report\\n\\u001B[2Jfine\"");
  }

  @Test
  void route_tellsWhoAndWhoElse() {
    server.on(
        "POST /v1/tasks/route",
        """
        {"agent": "supabase.rls-auditor", "confidence": 0.8, "reason": "word 'rls'",
         "missing": ["schema or database"],
         "considered": [
           {"agent": "supabase.rls-auditor", "score": 4.1, "reasons": ["word 'rls'"], "passed_over": null},
           {"agent": "supabase.manager", "score": 1, "reasons": [], "passed_over": "needs a model"}]}
        """);

    assertThat(shell.run("tasks", "route", "who sees what"))
        .isEqualTo(
            new Result(
                0,
                """
                supabase.rls-auditor (0.80)
                  why       word 'rls'
                  missing   schema or database
                  else      supabase.manager 1.00: ; passed over: needs a model
                """,
                ""));
    assertThat(server.body("POST /v1/tasks/route")).isEqualTo("{\"input\":\"who sees what\"}");
  }

  @Test
  void route_toNobody_fails() {
    server.on(
        "POST /v1/tasks/route",
        "{\"agent\": null, \"confidence\": 0, \"reason\": \"Nothing speaks.\", \"missing\": [], \"considered\": []}");

    assertThat(shell.run("tasks", "route", "x"))
        .isEqualTo(new Result(1, "nobody\n  why       Nothing speaks.\n", ""));
  }

  @Test
  void show_none() {
    assertThat(shell.run("tasks", "show", "../keys"))
        .isEqualTo(new Result(1, "", "agentos: NOT_FOUND: There is no GET /v1/tasks/..%2Fkeys.\n"));
  }

  @Test
  void steps_table() {
    server.on(
        "GET /v1/tasks/task_1/steps?limit=100",
        """
        {"data": [
          {"position": 1, "name": "policy", "state": "committed", "attempts": 1,
           "started_at": "2026-11-22T10:00:00Z", "ended_at": "2026-11-22T10:00:00.012Z"},
          {"position": 2, "name": "turn-1/model", "state": "intent", "attempts": 2,
           "started_at": "2026-11-22T10:00:00Z", "ended_at": null}]}
        """);

    assertThat(shell.run("tasks", "steps", "task_1"))
        .isEqualTo(
            new Result(
                0,
                """
                POSITION  STEP          STATE      ATTEMPTS  STARTED               TIME
                1         policy        committed  1         2026-11-22T10:00:00Z  12 ms
                2         turn-1/model  intent     2         2026-11-22T10:00:00Z
                """,
                ""));
  }

  @Test
  void cancel_told() {
    server.on("POST /v1/tasks/task_1/cancel", "{\"id\": \"task_1\", \"state\": \"cancelled\"}");

    assertThat(shell.run("tasks", "cancel", "task_1"))
        .isEqualTo(new Result(0, "task_1 cancelled\n", ""));
    assertThat(server.body("POST /v1/tasks/task_1/cancel")).isEqualTo("{}");
    assertThat(server.received().getFirst().headers())
        .containsEntry("Authorization", "Bearer aos_test")
        .containsEntry("Content-type", "application/json")
        .containsEntry("Prefer", "wait=5")
        .containsKey("Idempotency-key");
  }

  @Test
  void reconcile_body() {
    server.on("POST /v1/tasks/task_1/reconcile", "{\"id\": \"task_1\", \"state\": \"queued\"}");

    Result result =
        shell.run(
            "tasks",
            "reconcile",
            "task_1",
            "--step=turn-1/c1/tool",
            "--outcome=happened",
            "--result={\"text\": \"paid\"}");

    assertThat(result).isEqualTo(new Result(0, "task_1 queued\n", ""));
    assertThat(server.body("POST /v1/tasks/task_1/reconcile"))
        .isEqualTo(
            "{\"step\":\"turn-1/c1/tool\",\"outcome\":\"happened\",\"result\":{\"text\":\"paid\"}}");
    assertThat(
            shell.run(
                "tasks", "reconcile", "task_1", "--step=a", "--outcome=happened", "--result={"))
        .isEqualTo(
            new Result(2, "", "agentos: --result is no JSON; give it such as '{\"euro\": 5}'.\n"));
  }

  @Test
  void follow_toItsEnd() {
    server
        .events(
            "GET /v1/tasks/task_3/events",
            FakeServer.event(1, "task.created", 0, "{}"),
            FakeServer.event(2, "step.committed", 5, "{\"position\": 1, \"name\": \"policy\"}"))
        .events(
            "GET /v1/tasks/task_3/events",
            ": still there\n\n",
            FakeServer.event(3, "step.intent", 10, "{\"position\": 2, \"name\": \"audit\"}"),
            FakeServer.event(4, "step.committed", 422, "{\"position\": 2, \"name\": \"audit\"}"),
            FakeServer.event(5, "task.completed", 430, "{}"))
        .on("GET /v1/tasks/task_3", COMPLETED);

    assertThat(shell.run("tasks", "follow", "task_3"))
        .isEqualTo(
            new Result(
                0,
                "# Report\n\u001b[2Jfine\n",
                """
                  ✓ policy                                 5 ms
                  ✓ audit                                412 ms
                completed in 1.5 s, $0, 0 model calls, 1 tool call  task_3
                """));
    assertThat(server.received().get(1).headers()).containsEntry("Last-event-id", "2");
  }

  @Test
  void follow_hadAllBefore() {
    server
        .events("GET /v1/tasks/task_3/events", FakeServer.event(7, "step.committed", 0, "{}"))
        .on("GET /v1/tasks/task_3/events", 204, "")
        .on("GET /v1/tasks/task_3", COMPLETED);

    assertThat(shell.run("tasks", "follow", "task_3").exitCode()).isZero();
    assertThat(server.received().get(1).headers()).containsEntry("Last-event-id", "7");
  }

  @Test
  void follow_json() {
    server
        .events("GET /v1/tasks/task_2/events", FakeServer.event(1, "task.failed", 0, "{}"))
        .on("GET /v1/tasks/task_2", FAILED);

    assertThat(shell.run("tasks", "follow", "task_2", "-o", "json"))
        .isEqualTo(
            new Result(
                1,
                "{\"type\":\"task.failed\",\"time\":\"2026-11-22T10:00:00Z\",\"data\":{}}\n",
                ""));
  }
}
