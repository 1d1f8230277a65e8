package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes of retention rules and holds. */
final class HoldsTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void rules_areShownSetAndTried() {
    Reply shown = api.as(TestApi.ACME, Role.VIEWER).get("/v1/retention");
    assertThat(shown.json().at("/kinds/0").toString())
        .isEqualTo(
            "{\"kind\":\"tasks\",\"keep\":null,\"by_rule\":false,\"keep_default\":null,\"keep_min\":\"P1D\"}");
    Reply set =
        api.client()
            .put("/v1/retention", "{\"rules\":{\"tasks\":\"P90D\",\"policy_decisions\":null}}");
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.json().at("/kinds/0/keep").asString()).isEqualTo("P90D");
    assertThat(set.json().path("revision").asInt()).isEqualTo(1);
    assertThat(
            api.as(TestApi.OTHER, Role.ADMIN).get("/v1/retention").json().path("revision").asInt())
        .isZero();

    api.client().post("/v1/tasks", "{\"input\":\"x\"}");
    Reply preview = api.client().post("/v1/retention/preview", "{\"rules\":{\"tasks\":\"P1D\"}}");
    assertThat(preview.json().at("/data/0").toString())
        .isEqualTo("{\"kind\":\"tasks\",\"keep\":\"P1D\",\"rows\":0,\"at_least\":false}");
    assertThat(api.client().post("/v1/retention/preview", "").json().at("/data/0/keep").asString())
        .isEqualTo("P90D");
  }

  @Test
  void wrongRules_areToldWithTheirPaths() {
    Reply reply =
        api.client()
            .put(
                "/v1/retention",
                "{\"rules\":{\"task\":\"P9D\",\"sessions\":\"9\",\"tasks\":\"P0D\"}}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errors").findValuesAsString("path"))
        .containsExactlyInAnyOrder("rules.task", "rules.sessions");
    assertThat(
            api.client()
                .put("/v1/retention", "{\"rules\":{\"tasks\":\"P0D\"}}")
                .json()
                .at("/errors/0/message")
                .asString())
        .isEqualTo("must be P1D to P36500D, or null for ever");
  }

  @Test
  void hold_isPlacedListedAndReleasedWithAReason() {
    Reply placed =
        api.client()
            .post(
                "/v1/holds",
                "{\"scope\":\"subject\",\"target\":\"ann@example.com\",\"reason\":\"complaint\"}");
    assertThat(placed.status()).isEqualTo(201);
    String path = "/v1/holds/" + placed.text("id");
    assertThat(
            api.as(TestApi.ACME, Role.AUDITOR)
                .get("/v1/holds?active=true")
                .json()
                .at("/data/0/target")
                .asString())
        .isEqualTo("ann@example.com");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete(path + "?reason=x").status())
        .isEqualTo(404);
    Reply without = api.client().delete(path);
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.json().at("/errors/0/path").asString()).isEqualTo("reason");
    Reply released = api.client().delete(path + "?reason=settled");
    assertThat(released.text("release_reason")).isEqualTo("settled");
    assertThat(released.text("target")).isEmpty();
    assertThat(api.client().delete(path + "?reason=again").status()).isEqualTo(409);
    assertThat(api.client().get("/v1/holds?active=true").json().path("data").isEmpty()).isTrue();
    assertThat(api.client().get("/v1/holds?active=false").body()).contains(placed.text("id"));
    assertThat(api.client().get("/v1/audit?type=config.changed").body())
        .doesNotContain("ann@example.com");
  }

  @Test
  void whatIsHeld_isNotErased() {
    Reply hold =
        api.client()
            .post("/v1/holds", "{\"scope\":\"subject\",\"target\":\"bob\",\"reason\":\"r\"}");
    Reply refused = api.client().post("/v1/erasures", "{\"subject\":\"bob\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("detail"))
        .isEqualTo(
            "Hold %s keeps it; release the hold, or wait until somebody does."
                .formatted(hold.text("id")));
    assertThat(api.client().get("/v1/audit?subject=" + hold.text("id")).body())
        .contains("\"stage\":\"refused\"");
    assertThat(api.client().post("/v1/erasures", "{\"subject\":\"eve\"}").status()).isEqualTo(202);
    api.client().delete("/v1/holds/%s?reason=over".formatted(hold.text("id")));
    assertThat(api.client().post("/v1/erasures", "{\"subject\":\"bob\"}").status()).isEqualTo(202);
  }

  @Test
  void wrongTargets_areRefused() {
    assertThat(
            api.client()
                .post("/v1/holds", "{\"scope\":\"agent\",\"target\":\"clerk\",\"reason\":\"r\"}")
                .json()
                .at("/errors/0/message")
                .asString())
        .isEqualTo("must be PACK.AGENT, such as sales.clerk");
    assertThat(
            api.client()
                .post("/v1/holds", "{\"scope\":\"label\",\"reason\":\"r\"}")
                .json()
                .at("/errors/0/message")
                .asString())
        .isEqualTo("is required");
  }
}
