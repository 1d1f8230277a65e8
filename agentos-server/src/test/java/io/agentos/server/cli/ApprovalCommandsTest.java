package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees before deciding, batches, and standing grants. */
final class ApprovalCommandsTest {
  private static final String ASKED =
      """
      {"id": "apr_%d", "task": "task_1", "state": "pending", "agent": "shop.refunder",
       "tool": "pay.refund", "zone": "red", "arguments": {"euro": %d}, "reason": "Money leaves.",
       "digest": "d%d"}
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
  void show_tellsVotesEditTaintAndClocks_andHidesNothing() {
    server.on(
        "GET /v1/approvals/apr_1",
        """
        {"id": "apr_1", "state": "pending", "tool": "pay.refund", "reason": "Pay\u202eeno",
         "arguments": {"to": "Ann\u200b", "euro": 5}, "edited_arguments": {"to": "Ann", "euro": 6},
         "diff": [{"path": "/euro", "change": "changed", "from": 5, "to": 6},
                  {"path": "/to", "change": "changed", "from": "Ann\u200b", "to": "Ann"}],
         "quorum": {"approvers": 2, "roles": ["admin", "operator"], "given": 1},
         "taint": ["web page\\u0007"], "excluded": ["key:key_1"],
         "origin": {"call": "c1", "parent": "task_0"},
         "votes": [{"by": "key:key_2", "role": "admin", "decision": "edit", "digest": "d2",
                    "comment": "less", "at": "2026-11-22T10:05:00Z", "counts": true}],
         "sla_at": "2026-11-22T22:00:00Z", "expires_at": "2026-11-23T10:00:00Z"}
        """);

    assertThat(shell.run("approvals", "show", "apr_1").out())
        .isEqualTo(
            """
            apr_1
              state        pending
              tool         pay.refund
              reason       Pay\\u202eeno
              sla at       2026-11-22T22:00:00Z
              expires at   2026-11-23T10:00:00Z
              quorum       1 of 2, of role admin or operator
              parent       task_0
              excluded     key:key_1
              taint        web page\\u0007
              vote         edit by key:key_2 (admin) at 2026-11-22T10:05:00Z: less

            {
              "to" : "Ann\\u200b",
              "euro" : 5
            }

            edited to
            {
              "to" : "Ann",
              "euro" : 6
            }
              ~ /euro  5 -> 6
              ~ /to  "Ann\\u200b" -> "Ann"
            """);
    assertThat(shell.run("approvals", "show", "apr_1", "-o", "json").out())
        .contains("\"Ann\\u200b\"")
        .doesNotContain("\u200b", "\u202e");
  }

  @Test
  void approve_severalAtOnce() {
    server
        .on("GET /v1/approvals/apr_1", ASKED.formatted(1, 5, 1))
        .on("GET /v1/approvals/apr_2", ASKED.formatted(2, 7, 2))
        .on(
            "POST /v1/approvals/decide",
            "{\"data\": [{\"id\": \"apr_1\", \"status\": 200, \"approval\": {\"state\": \"approved\"}},"
                + " {\"id\": \"apr_2\", \"status\": 410, \"problem\": {\"code\": \"APPROVAL_EXPIRED\","
                + " \"detail\": \"Approval apr_2 expired.\"}}]}");

    Result result = shell.run("approvals", "approve", "apr_1", "apr_2", "--comment", "fine");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("apr_1 approved\napr_2 Approval apr_2 expired.\n");
    assertThat(server.body("POST /v1/approvals/decide"))
        .isEqualTo(
            "{\"decisions\":[{\"id\":\"apr_1\",\"decision\":\"approve\",\"comment\":\"fine\",\"digest\":\"d1\"},"
                + "{\"id\":\"apr_2\",\"decision\":\"approve\",\"comment\":\"fine\",\"digest\":\"d2\"}]}");
    assertThat(shell.run("approvals", "reject", "apr_1", "apr_2", "--digest", "d1"))
        .isEqualTo(
            new Result(2, "", "agentos: --digest is of one approval; name only that one.\n"));
  }

  @Test
  void grants_lifeCycle() {
    server
        .on("POST /v1/approval-grants", 201, "{\"id\": \"grt_1\"}")
        .on(
            "GET /v1/approval-grants?limit=20",
            """
            {"data": [{"id": "grt_1", "tool": "pay.refund", "agent": "shop.*", "red": false,
              "bounds": [{"path": "/euro", "one_of": null, "max": 50},
                         {"path": "/to", "one_of": ["Ann"], "max": null}],
              "used": 3, "count_max": 20, "expires_at": "2026-12-01T00:00:00Z",
              "granted_by": "key:key_1", "revoked_at": null}]}
            """)
        .on("DELETE /v1/approval-grants/grt_1", 204, "");

    assertThat(
            shell.run(
                "approvals",
                "grant",
                "--tool",
                "pay.refund",
                "--agent",
                "shop.*",
                "--max",
                "euro=50",
                "--equals",
                "/to=\"Ann\"",
                "--count",
                "20",
                "--until",
                "2026-12-01T00:00:00Z",
                "--reason",
                "sale"))
        .isEqualTo(new Result(0, "grt_1\n", "End it with: agentos approvals revoke grt_1\n"));
    assertThat(server.body("POST /v1/approval-grants"))
        .isEqualTo(
            "{\"tool\":\"pay.refund\",\"agent\":\"shop.*\",\"bounds\":[{\"path\":\"/to\",\"equals\":\"Ann\"},"
                + "{\"path\":\"/euro\",\"max\":50}],\"red\":false,\"count_max\":20,"
                + "\"expires_at\":\"2026-12-01T00:00:00Z\",\"reason\":\"sale\"}");
    assertThat(shell.run("approvals", "grants").out())
        .isEqualTo(
            """
            GRANT  TOOL        AGENT   BOUNDS                      RED  USED     UNTIL                 BY         ENDED
            grt_1  pay.refund  shop.*  /euro<=50, /to in ["Ann"]  no   3 of 20  2026-12-01T00:00:00Z  key:key_1
            """
                .replace("BOUNDS                      RED", "BOUNDS                     RED"));
    assertThat(shell.run("approvals", "revoke", "grt_1"))
        .isEqualTo(new Result(0, "grt_1 revoked\n", ""));
  }
}
