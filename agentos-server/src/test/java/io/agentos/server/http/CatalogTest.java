package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CatalogTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String first(String path) {
    return api.client().get(path).json().at("/data/0").toString();
  }

  @Test
  void packs_nameTheirAgents() {
    assertThat(first("/v1/packs"))
        .isEqualTo(
            "{\"name\":\"mail\",\"version\":\"1.2.3\",\"description\":\"The pack mail.\",\"digest\":\"%s\",\"agents\":[\"mail.sorter\",\"mail.reviewer\"],\"enabled\":true}"
                .formatted("ab".repeat(32)));
  }

  @Test
  void agents_sayWhetherTheyCouldRun() {
    assertThat(first("/v1/agents"))
        .isEqualTo(
            "{\"id\":\"mail.reviewer\",\"pack\":\"mail\",\"name\":\"reviewer\",\"description\":\"The agent reviewer.\","
                + "\"kind\":\"workflow\",\"zone\":\"green\",\"task_types\":[\"review\"],\"keywords\":[\"review\"],"
                + "\"inputs\":{\"folder\":{\"type\":\"string\",\"format\":\"folder\",\"required\":false,\"description\":\"where to look\"}},"
                + "\"exactly_one_of\":[],\"tools\":[\"files.read\"],\"gates\":[\"secrets\"],\"models\":[],"
                + "\"limits\":{\"turns_max\":null,\"tool_calls_max\":null,\"cost_usd_micros_max\":null,\"output_tokens_max\":null,\"time_max\":null,\"approval_wait_max\":null},"
                + "\"available\":true,\"reason\":null}");
    assertThat(api.client().get("/v1/agents").json().at("/data/3").toString())
        .contains(
            "\"id\":\"text.writer\"",
            "\"kind\":\"llm\"",
            "\"models\":[\"openai\"]",
            "\"available\":false,\"reason\":\"OPENAI_API_KEY is not set.\"");
  }

  @Test
  void toolsAndProviders_areListed() {
    assertThat(first("/v1/tools"))
        .contains(
            "\"name\":\"files.read\"",
            "\"effect\":\"read_only\"",
            "\"zone\":\"green\"",
            "\"timeout\":\"PT30S\"");
    assertThat(first("/v1/providers"))
        .isEqualTo(
            "{\"id\":\"openai\",\"available\":false,\"reason\":\"OPENAI_API_KEY is not set.\",\"model\":\"gpt-5\",\"circuit\":\"closed\"}");
  }

  @Test
  void models_sayWhatTheyCostAndWhetherTheyCouldRun() {
    assertThat(first("/v1/models"))
        .isEqualTo(
            "{\"id\":\"openai/owl\",\"provider\":\"openai\",\"name\":\"owl\","
                + "\"description\":\"A model with every kind of price.\",\"aliases\":[\"owl-YYYY-MM-DD\"],"
                + "\"released\":\"2026-01-02\",\"retired\":null,\"context_tokens\":1000000,"
                + "\"output_tokens_max\":64000,\"capabilities\":[\"tools\",\"vision\"],\"quality\":70,"
                + "\"speed\":\"fast\",\"note\":\"Not seen verbatim.\",\"price\":{"
                + "\"effective_from\":\"2026-02-01\",\"effective_until\":null,\"source\":\"a page\","
                + "\"checked\":\"2026-02-03\",\"per_million_tokens\":{\"input_usd_micros\":2000000,"
                + "\"cache_read_usd_micros\":100000,\"cache_write_usd_micros\":2500000,"
                + "\"cache_write_hour_usd_micros\":2500000,\"output_usd_micros\":10000000},"
                + "\"tiers\":[{\"above\":272000,\"per_million_tokens\":{\"input_usd_micros\":4000000,"
                + "\"cache_read_usd_micros\":200000,\"cache_write_usd_micros\":5000000,"
                + "\"cache_write_hour_usd_micros\":5000000,\"output_usd_micros\":15000000}}],"
                + "\"calendars\":[{\"name\":\"always\",\"now\":true,"
                + "\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
                + "\"hours\":[\"00:00-24:00\"],\"except_on\":[\"2026-02-04\"],\"thousandths\":1500,"
                + "\"per_million_tokens\":null}],\"service_tiers\":{\"batch\":500,\"priority\":2000},"
                + "\"tool_fees_usd_micros\":{\"web_search\":10000000}},"
                + "\"available\":false,\"reason\":\"OPENAI_API_KEY is not set.\",\"circuit\":\"closed\",\"mean_ms\":null}");
    assertThat(api.client().get("/v1/models").json().at("/data/1").toString())
        .startsWith("{\"id\":\"replay/reel\"")
        .endsWith(
            "\"available\":false,\"reason\":\"retired on 2026-01-01\",\"circuit\":\"closed\",\"mean_ms\":null}");
    assertThat(api.client().get("/v1/models").json().at("/data/2").toString())
        .startsWith("{\"id\":\"replay/tape\"")
        .endsWith("\"available\":true,\"reason\":null,\"circuit\":\"closed\",\"mean_ms\":null}");
  }

  @Test
  void models_arePaged() {
    Reply firstPage = api.client().get("/v1/models?limit=2");
    Reply secondPage =
        api.client().get("/v1/models?limit=2&cursor=" + firstPage.text("next_cursor"));

    assertThat(firstPage.json().path("data")).hasSize(2);
    assertThat(secondPage.json().at("/data/0/id").asString()).isEqualTo("replay/tape");
    assertThat(secondPage.json().path("next_cursor").isNull()).isTrue();
  }
}
