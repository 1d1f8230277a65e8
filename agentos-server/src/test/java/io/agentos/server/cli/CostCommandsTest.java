package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models, and what they cost. */
final class CostCommandsTest {
  private static final String LINES =
      """
      {"data": [
        {"model": "openai/owl", "day": "2026-11-21", "calls": 1200, "estimated_calls": 1,
         "input_tokens": 5000000, "cache_read_tokens": 4000000, "output_tokens": 90000,
         "reasoning_tokens": 1000, "cost_usd_micros": 1234567891, "cost_usd_picos": "1234567890100000"},
        {"model": "gemini/wren", "day": "2026-11-22", "calls": 1, "estimated_calls": 0,
         "input_tokens": 10, "cache_read_tokens": 0, "output_tokens": 5, "reasoning_tokens": 0,
         "cost_usd_micros": 1, "cost_usd_picos": "100000"}],
       "next_cursor": null}
      """;

  private static final String MODELS =
      """
      {"data": [
        {"id": "openai/owl", "provider": "openai", "context_tokens": 1050000, "available": true,
         "price": {"effective_until": "2026-11-30",
          "per_million_tokens": {"input_usd_micros": 2000000, "cache_read_usd_micros": 2800,
           "output_usd_micros": 10000000},
          "tiers": [{"above": 272000, "per_million_tokens": {"input_usd_micros": 4000000,
           "output_usd_micros": 15000000}}], "calendars": []}},
        {"id": "reef/cod", "provider": "reef", "context_tokens": null, "available": false,
         "price": {"effective_until": null,
          "per_million_tokens": {"input_usd_micros": 150000, "cache_read_usd_micros": 3625,
           "output_usd_micros": 600000}, "tiers": [],
          "calendars": [{"name": "peak", "now": true}, {"name": "night", "now": false}]}}],
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
  void costs_byModelAndDay_withATotal() {
    server.on(
        "GET /v1/costs?group_by=model%2Cday&since=2026-11-01T00%3A00%3A00Z"
            + "&until=2026-11-22T12%3A00%3A00Z",
        LINES);

    assertThat(
            shell.run(
                "costs",
                "--by",
                "model,day",
                "--since",
                "2026-11-01",
                "--until",
                "2026-11-22T12:00:00Z"))
        .isEqualTo(
            new Result(
                0,
                """
                MODEL        DAY         CALLS      INPUT     CACHED  OUTPUT  REASONING            COST
                openai/owl   2026-11-21  1,200  5,000,000  4,000,000  90,000      1,000  $1,234.567891*
                gemini/wren  2026-11-22      1         10          0       5          0      $0.000001
                total                    1,201  5,000,010  4,000,000  90,005      1,000  $1,234.567891*
                """,
                ""));
  }

  @Test
  void costs_none() {
    server.on("GET /v1/costs?group_by=model", "{\"data\": [], \"next_cursor\": null}");

    assertThat(shell.run("costs")).isEqualTo(new Result(0, "", "none\n"));
  }

  @Test
  void costs_asJson() {
    server.on("GET /v1/costs?group_by=model", LINES);

    assertThat(shell.run("costs", "-o", "json").out())
        .contains("\"cost_usd_picos\" : \"1234567890100000\"");
  }

  @Test
  void costs_wrongGroup_tellsWhatTheServerSays() {
    server.on(
        "GET /v1/costs?group_by=week",
        422,
        "{\"status\": 422, \"code\": \"INVALID_REQUEST\", \"detail\": \"group_by 'week' is none of"
            + " tenant, pack, agent, provider, model, day.\"}");

    Result result = shell.run("costs", "--by", "week");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("group_by 'week' is none of tenant, pack");
  }

  @Test
  void models_withTheirPrices() {
    server.on("GET /v1/models?limit=100", MODELS);

    assertThat(shell.run("models"))
        .isEqualTo(
            new Result(
                0,
                """
                MODEL         CONTEXT  INPUT     CACHED  OUTPUT  READY  PRICE
                openai/owl  1,050,000  $2.00    $0.0028  $10.00  yes    above 272,000 tokens $4.00 / $15.00; until 2026-11-30
                reef/cod            ?  $0.15  $0.003625   $0.60  no     peak hours now; night hours differ
                """,
                ""));
  }

  @Test
  void models_ofAProvider_orReady() {
    server.on("GET /v1/models?limit=100", MODELS);

    assertThat(shell.run("models", "--provider", "reef").out())
        .contains("reef/cod")
        .doesNotContain("openai/owl");
    assertThat(shell.run("models", "--ready").out())
        .contains("openai/owl")
        .doesNotContain("reef/cod");
  }

  @Test
  void help_hasExamples() {
    assertThat(shell.run("costs", "--help").out())
        .contains("Examples:", "agentos costs --by agent");
    assertThat(shell.run("models", "--help").out()).contains("Examples:", "agentos models");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|$0.000000|$0.00",
        "1|$0.000001|$0.000001",
        "2500000|$2.500000|$2.50",
        "3625|$0.003625|$0.003625",
        "10000000|$10.000000|$10.00",
        "1234567890123|$1,234,567.890123|$1,234,567.890123",
      })
  void money_isExact(long usdMicros, String exact, String price) {
    assertThat(Words.exactMoney(usdMicros)).isEqualTo(exact);
    assertThat(Words.price(usdMicros)).isEqualTo(price);
  }
}
