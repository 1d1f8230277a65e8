package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals, kill switches, keys and the audit log. */
final class OversightCommandsTest {
  private static final String PENDING =
      """
      {"id": "apr_1", "task": "task_1", "step": "turn-1/c1/approval", "state": "pending",
       "agent": "shop.refunder", "tool": "pay.refund", "zone": "red",
       "arguments": {"euro": 5}, "reason": "Money leaves.", "rule": "default/red",
       "requester": "key:key_1", "digest": "d1", "created_at": "2026-11-22T10:00:00Z",
       "expires_at": "2026-11-23T10:00:00Z", "decided_by": null}
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
    server
        .on("GET /v1/approvals?state=pending&limit=20", "{\"data\": [%s]}".formatted(PENDING))
        .on(
            "GET /v1/approvals?limit=20",
            "{\"data\": [{\"id\": \"apr_0\", \"state\": \"rejected\"}]}");

    assertThat(shell.run("approvals", "list"))
        .isEqualTo(
            new Result(
                0,
                """
                APPROVAL  STATE    YES     AGENT          TOOL        ZONE  TASK    EXPIRES
                apr_1     pending  0 of 1  shop.refunder  pay.refund  red   task_1  2026-11-23T10:00:00Z
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
              state        pending
              agent        shop.refunder
              tool         pay.refund
              zone         red
              task         task_1
              step         turn-1/c1/approval
              reason       Money leaves.
              rule         default/red
              requester    key:key_1
              digest       d1
              created at   2026-11-22T10:00:00Z
              expires at   2026-11-23T10:00:00Z

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
        .isEqualTo("{\"decision\":\"approve\",\"comment\":\"fine\",\"digest\":\"d1\"}");
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
  void approvals_edit() {
    server
        .on("GET /v1/approvals/apr_1", PENDING)
        .on("POST /v1/approvals/apr_1/decide", "{\"id\": \"apr_1\", \"state\": \"edited\"}");

    Result result = shell.run("approvals", "edit", "apr_1", "--arguments", "{\"euro\": 4}");

    assertThat(result.out()).isEqualTo("apr_1 edited\n");
    assertThat(server.body("POST /v1/approvals/apr_1/decide"))
        .isEqualTo("{\"decision\":\"edit\",\"arguments\":{\"euro\":4},\"digest\":\"d1\"}");
    assertThat(shell.run("approvals", "edit", "apr_1", "--arguments", "x"))
        .isEqualTo(
            new Result(
                2, "", "agentos: --arguments is no JSON; give it such as '{\"euro\": 5}'.\n"));
  }

  @Test
  void key_lifeCycle() {
    server
        .on("POST /v1/keys", 201, "{\"id\": \"key_2\", \"secret\": \"aos_new\"}")
        .on(
            "GET /v1/keys?limit=20",
            "{\"data\": [{\"id\": \"key_2\", \"name\": \"ann\", \"role\": \"approver\","
                + " \"created_at\": \"2026-11-22T10:00:00Z\", \"expires_at\": null}]}")
        .on("DELETE /v1/keys/key_2", 204, "");

    assertThat(shell.run("key", "create", "--name", "ann", "--role", "approver"))
        .isEqualTo(new Result(0, "aos_new\n", "key_2 is approver of ann\n"));
    assertThat(server.body("POST /v1/keys")).isEqualTo("{\"name\":\"ann\",\"role\":\"approver\"}");
    assertThat(shell.run("key", "list").out())
        .isEqualTo(
            """
            KEY    NAME  ROLE      HOLDER  CREATED               USED  EXPIRES  REVOKED
            key_2  ann   approver          2026-11-22T10:00:00Z
            """);
    assertThat(shell.run("key", "revoke", "key_2")).isEqualTo(new Result(0, "key_2 revoked\n", ""));
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
