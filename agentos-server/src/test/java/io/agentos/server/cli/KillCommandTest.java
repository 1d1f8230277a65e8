package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that stop and bring back. */
final class KillCommandTest {
  private static final String SWITCH =
      """
      {"id": "ksw_1", "epoch": 7, "held": 4, "scope": "agent", "target": "shop.refunder", "reason": "too many",
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
  void kill_agent() {
    server.on("POST /v1/kill-switches", 201, SWITCH);

    assertThat(shell.run("kill", "--agent", "shop.refunder", "--reason", "too many"))
        .isEqualTo(
            new Result(
                0,
                """
                ksw_1 holds on agent shop.refunder
                  node n1 took it after 12 ms, 1 task stopped
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
  void kill_drill() {
    String drill =
        """
        {"id": "ksw_1", "live_nodes": 2, "acknowledgements": [
          {"node": "n1", "stopped": 0, "epoch": 3, "latency_ms": %d},
          {"node": "n2", "stopped": 0, "epoch": 3, "latency_ms": 40}]}
        """;
    server
        .on("POST /v1/kill-switches/drill", drill.formatted(10))
        .on("POST /v1/kill-switches/drill", drill.formatted(30))
        .on("POST /v1/kill-switches/drill", drill.formatted(20));

    assertThat(shell.run("kill", "--drill", "--rounds", "3"))
        .isEqualTo(
            new Result(
                0,
                """
                NODE  ANSWERS  P50 MS  P99 MS  MAX MS
                n1    3        20      30      30
                n2    3        40      40      40
                """,
                ""));
    assertThat(server.body("POST /v1/kill-switches/drill")).isEqualTo("{}");
    assertThat(server.routes()).hasSize(3);
  }

  @Test
  void kill_drill_tellsOfNodesThatAreSilent() {
    server.on(
        "POST /v1/kill-switches/drill", SWITCH.replace("{\"id\"", "{\"live_nodes\": 2, \"id\""));

    Result oneIsSilent = shell.run("kill", "--drill", "-o", "json");
    assertThat(oneIsSilent.exitCode()).isEqualTo(1);
    assertThat(oneIsSilent.err()).isEqualTo("1 answer did not come in time\n");
    assertThat(oneIsSilent.out())
        .contains("\"rounds\" : 1", "\"missing_answers\" : 1", "\"p99_ms\" : 12");
  }

  @Test
  void kill_dryRun() {
    server.on(
        "POST /v1/kill-switches",
        "{\"scope\": \"tool\", \"target\": \"pay.refund\", \"dry_run\": true, \"running\": 1, \"queued\": 2, \"waiting\": 3}");

    assertThat(shell.run("kill", "--tool", "pay.refund", "--dry-run"))
        .isEqualTo(
            new Result(0, "tool pay.refund would stop 1 task running, 2 queued, 3 waiting\n", ""));
    assertThat(server.body("POST /v1/kill-switches"))
        .contains("\"scope\":\"tool\"", "\"target\":\"pay.refund\"", "\"dry_run\":true");
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
                SWITCH  EPOCH  ON                   REASON    BY         SINCE                 HOLDS  RELEASED
                ksw_1   7      agent shop.refunder  too many  key:key_1  2026-11-22T10:00:00Z  4
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
    assertThat(server.body("POST /v1/kill-switches/ksw_1/release")).isEqualTo("{}");
  }

  @Test
  void unkill_inStages() {
    server.on("POST /v1/kill-switches/ksw_1/release", "{\"id\": \"ksw_1\", \"held\": 90}");

    assertThat(shell.run("unkill", "--per-minute", "30", "ksw_1"))
        .isEqualTo(
            new Result(
                0,
                "ksw_1 released; 90 tasks to come back, 30 a minute ('agentos kill list --all' shows how many still wait)\n",
                ""));
    assertThat(server.body("POST /v1/kill-switches/ksw_1/release"))
        .isEqualTo("{\"per_minute\":30}");
  }
}
