package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BudgetCommandTest {
  private static final String BUDGETS =
      """
      {"data": [
        {"id": "bud_1", "scope": "tenant", "target": null, "period": "month", "window": "2026-11",
         "limit_usd_micros": 250000000, "committed_usd_micros": 125000000,
         "reserved_usd_micros": 1000000, "left_usd_micros": 124000000,
         "forecast_usd_micros": 171000000, "spike": true},
        {"id": "bud_2", "scope": "agent", "target": "docs.writer", "period": "none", "window": null,
         "limit_usd_micros": 0, "committed_usd_micros": 0, "reserved_usd_micros": 0,
         "left_usd_micros": 0, "forecast_usd_micros": null, "spike": false}],
       "next_cursor": null}
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
  void show_drawsABar() {
    server.on("GET /v1/budgets?limit=50", BUDGETS);

    Result result = shell.run("budget", "show", "--limit", "50");
    assertThat(result.out())
        .isEqualTo(
            """
            ON                 PERIOD    USED                      SPENT  RESERVED     LEFT    LIMIT  FORECAST
            tenant             2026-11   [##########+.........]  $125.00     $1.00  $124.00  $250.00  $171.00!
            agent docs.writer  all time  [....................]    $0.00     $0.00    $0.00    $0.00
            """);
  }

  @Test
  void set_sendsExactMicros() {
    server.on(
        "PUT /v1/budgets",
        "{\"id\": \"bud_1\", \"scope\": \"agent\", \"target\": \"docs.writer\", \"period\": \"day\", \"limit_usd_micros\": 100100}");

    Result result =
        shell.run(
            "budget",
            "set",
            "--scope",
            "agent",
            "--target",
            "docs.writer",
            "--period",
            "day",
            "--limit",
            "0.1001",
            "--warn",
            "50,90");
    assertThat(result.out())
        .isEqualTo("bud_1: $0.100100 of agent docs.writer may be spent a day\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12,50", "-1", "1e3", "0.1234567", "1000000000.000001", ""})
  void set_noAmount_isWrongUsage(String limit) {
    Result result = shell.run("budget", "set", "--scope", "tenant", "--limit=" + limit);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'" + limit + "' is no amount of US dollars");
  }
}
