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
            "{\"name\":\"mail\",\"version\":\"1.2.3\",\"description\":\"The pack mail.\",\"digest\":\"%s\",\"agents\":[\"mail.sorter\",\"mail.reviewer\"]}"
                .formatted("ab".repeat(32)));
  }

  @Test
  void agents_sayWhetherTheyCouldRun() {
    assertThat(first("/v1/agents"))
        .isEqualTo(
            "{\"id\":\"mail.reviewer\",\"pack\":\"mail\",\"name\":\"reviewer\",\"description\":\"The agent reviewer.\","
                + "\"kind\":\"workflow\",\"zone\":\"green\",\"task_types\":[\"review\"],\"keywords\":[\"review\"],"
                + "\"inputs\":{\"folder\":{\"type\":\"string\",\"format\":\"folder\",\"required\":false,\"description\":\"where to look\"}},"
                + "\"exactly_one_of\":[],\"tools\":[\"files.read\"],\"models\":[],"
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
            "{\"id\":\"openai\",\"available\":false,\"reason\":\"OPENAI_API_KEY is not set.\",\"model\":\"gpt-5\"}");
  }
}
