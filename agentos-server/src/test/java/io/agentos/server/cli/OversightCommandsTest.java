package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals, kill switches and the audit log. */
final class OversightCommandsTest {
  private static final String PENDING =
      """
      {"id": "apr_1", "task": "task_1", "step": "turn-1/c1/approval", "state": "pending",
       "agent": "shop.refunder", "tool": "pay.refund", "zone": "red",
       "arguments": {"euro": 5}, "reason": "Money leaves.", "rule": "default/red",
       "requester": "key:key_1", "digest": "d1", "created_at": "2026-11-22T10:00:00Z",
       "expires_at": "2026-11-23T10:00:00Z", "decided_by": null}
      """;
  private static final String SWITCH =
      """
      {"id": "ksw_1", "scope": "agent", "target": "shop.refunder", "reason": "too many",
       "engaged_by": "key:key_1", "engaged_at": "2026-11-22T10:00:00Z", "released_at": null,
       "acknowledgements": [{"node": "n1", "stopped": 1, "latency_ms": 12}]}
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
  void approvals_list() {
    server.on(
        "GET /v1/approvals?limit=20",
        "{\"data\": [%s, {\"id\": \"apr_0\", \"state\": \"rejected\"}]}".formatted(PENDING));

    assertThat(shell.run("approvals", "list"))
        .isEqualTo(
            new Result(
                0,
                """
                APPROVAL  STATE    AGENT          TOOL        ZONE  TASK    EXPIRES
                apr_1     pending  shop.refunder  pay.refund  red   task_1  2026-11-23T10:00:00Z
                """,
                ""));
    assertThat(shell.run("approvals", "list", "--all").out()).contains("apr_0     rejected");
  }

  @Test
  void approvals_show() {
    server.on("GET /v1/approvals/apr_1", PENDING);

    assertThat(shell.run("approvals", "show", "apr_1").out())
        .isEqualTo(
            """
            apr_1
              state       pending
              agent       shop.refunder
              tool        pay.refund
              zone        red
              task        task_1
              step        turn-1/c1/approval
              reason      Money leaves.
              rule        default/red
              requester   key:key_1
              digest      d1
              created at  2026-11-22T10:00:00Z
              expires at  2026-11-23T10:00:00Z

            {
              "euro" : 5
            }
            """);
  }

  @Test
  void approvals_approve() {
    server
        .on("GET /v1/approvals/apr_1", PENDING)
        .on("POST /v1/approvals/apr_1/decide", "{\"id\": \"apr_1\", \"state\": \"approved\"}");

    assertThat(shell.run("approvals", "approve", "apr_1", "--comment", "fine"))
        .isEqualTo(
            new Result(
                0,
                "apr_1 approved\n",
                """
                  shop.refunder asks to run pay.refund (red)
                    why        Money leaves.
                    arguments  {"euro":5}
                """));
    assertThat(server.body("POST /v1/approvals/apr_1/decide"))
        .isEqualTo("{\"decision\":\"approve\",\"digest\":\"d1\",\"comment\":\"fine\"}");
  }

  @Test
  void approvals_rejectWhatWasSeen() {
    server
        .on("GET /v1/approvals/apr_1", PENDING)
        .on(
            "POST /v1/approvals/apr_1/decide",
            412,
            "{\"code\": \"DIGEST_MISMATCH\", \"detail\": \"It has changed.\"}");

    Result result = shell.run("approvals", "reject", "apr_1", "--digest", "d0");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).endsWith("agentos: DIGEST_MISMATCH: It has changed.\n");
    assertThat(server.body("POST /v1/approvals/apr_1/decide"))
        .isEqualTo("{\"decision\":\"reject\",\"digest\":\"d0\"}");
  }

  @Test
  void kill_agent() {
    server.on("POST /v1/kill-switches", 201, SWITCH);

    assertThat(shell.run("kill", "--agent", "shop.refunder", "--reason", "too many"))
        .isEqualTo(
            new Result(
                0,
                """
                ksw_1 holds on agent shop.refunder
                  node n1 stopped 1 task after 12 ms
                """,
                "Release it with: agentos unkill ksw_1\n"));
    assertThat(server.body("POST /v1/kill-switches"))
        .contains("\"scope\":\"agent\"", "\"target\":\"shop.refunder\"", "\"reason\":\"too many\"");
  }

  @Test
  void kill_everything() {
    server.on("POST /v1/kill-switches", 201, SWITCH);

    assertThat(shell.run("kill", "--reason", "stop", "-o", "json").exitCode()).isZero();
    assertThat(server.body("POST /v1/kill-switches"))
        .isEqualTo("{\"scope\":\"global\",\"reason\":\"stop\"}");
    assertThat(shell.run("kill", "--tenant", "--reason", "stop").exitCode()).isZero();
    assertThat(server.received().getLast().body())
        .isEqualTo("{\"scope\":\"tenant\",\"reason\":\"stop\"}");
  }

  @Test
  void kill_wrongUsage() {
    assertThat(shell.run("kill", "--pack", "p"))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: Missing required option: '--reason=TEXT'\n  See 'agentos kill --help'.\n"));
    Result both = shell.run("kill", "--pack", "p", "--tool", "t", "--reason", "r");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--pack=PACK, --tool=TOOL are mutually exclusive");
    assertThat(server.routes()).isEmpty();
  }

  @Test
  void kill_list() {
    server.on(
        "GET /v1/kill-switches?limit=20",
        "{\"data\": [%s, {\"id\": \"ksw_0\", \"released_at\": \"2026-11-22T09:00:00Z\"}]}"
            .formatted(SWITCH));

    assertThat(shell.run("kill", "list"))
        .isEqualTo(
            new Result(
                0,
                """
                SWITCH  ON                   REASON    BY         SINCE                 RELEASED
                ksw_1   agent shop.refunder  too many  key:key_1  2026-11-22T10:00:00Z
                """,
                ""));
    assertThat(shell.run("kill", "list", "--all").out()).contains("ksw_0");
  }

  @Test
  void unkill_several() {
    server
        .on("POST /v1/kill-switches/ksw_1/release", "{\"id\": \"ksw_1\"}")
        .on("POST /v1/kill-switches/ksw_2/release", "{\"id\": \"ksw_2\"}");

    assertThat(shell.run("unkill", "ksw_1", "ksw_2"))
        .isEqualTo(new Result(0, "ksw_1 released\nksw_2 released\n", ""));
  }

  @Test
  void audit_list() {
    server.on(
        "GET /v1/audit?type=policy.denied&limit=20",
        "{\"data\": [{\"seq\": 7, \"at\": \"2026-11-22T10:00:00Z\", \"type\": \"policy.denied\","
            + " \"actor\": \"key:key_1\", \"subject\": \"task_1\"}]}");

    assertThat(shell.run("audit", "list", "--type", "policy.denied"))
        .isEqualTo(
            new Result(
                0,
                """
                SEQ  TIME                  TYPE           ACTOR      SUBJECT
                7    2026-11-22T10:00:00Z  policy.denied  key:key_1  task_1
                """,
                ""));
  }

  @Test
  void audit_verify() {
    server
        .on("GET /v1/audit/verify", "{\"intact\": true, \"entries\": 12}")
        .on("GET /v1/audit/verify", "{\"intact\": false, \"problem\": \"entry 5 was changed\"}");

    assertThat(shell.run("audit", "verify")).isEqualTo(new Result(0, "intact: 12 entries\n", ""));
    assertThat(shell.run("audit", "verify"))
        .isEqualTo(new Result(1, "broken: entry 5 was changed\n", ""));
  }
}
