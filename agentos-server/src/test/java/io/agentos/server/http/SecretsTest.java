package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes of secrets, from outside: what goes in does not come out. */
final class SecretsTest {
  private static final String VALUE = "a-value-that-nobody-reads";
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
  void secret_isSetRotatedChangedAndDeleted_andItsValueIsInNoAnswer() {
    Reply made = set("crm-token", VALUE);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("tools").toString()).isEqualTo("[\"crm.post/token\"]");
    Reply again = set("crm-token", VALUE);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("detail"))
        .isEqualTo("There is a secret 'crm-token' already; rotate it to give it another value.");

    Reply rotated =
        api.client()
            .post(
                "/v1/secrets/crm-token/rotate",
                "{\"value\":\"%s-2\",\"grace\":\"PT1H\"}".formatted(VALUE));
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.json().at("/versions/0/state").asString()).isEqualTo("current");
    assertThat(rotated.json().at("/versions/1/state").asString()).isEqualTo("previous");
    Reply atOnce =
        api.client()
            .post(
                "/v1/secrets/crm-token/rotate",
                "{\"value\":\"%s-3\",\"grace\":\"PT0S\"}".formatted(VALUE));
    assertThat(atOnce.json().at("/versions/1/state").asString()).isEqualTo("destroyed");

    Reply changed =
        api.client()
            .put(
                "/v1/secrets/crm-token",
                "{\"description\":\"d\",\"tools\":[],\"agents\":[\"shop.*\"],\"disabled\":true}");
    assertThat(changed.json().path("disabled").asBoolean()).isTrue();
    Reply shown = api.as(TestApi.ACME, Role.VIEWER).get("/v1/secrets/crm-token");
    assertThat(shown.json().path("version").asInt()).isEqualTo(3);
    Reply listed = api.as(TestApi.ACME, Role.VIEWER).get("/v1/secrets?limit=1");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get("/v1/secrets").json().path("data").isEmpty())
        .isTrue();
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete("/v1/secrets/crm-token").status())
        .isEqualTo(404);
    Reply audit = api.client().get("/v1/audit?type=config.changed&limit=200");
    assertThat(api.client().delete("/v1/secrets/crm-token").status()).isEqualTo(204);
    assertThat(api.client().delete("/v1/secrets/crm-token").status()).isEqualTo(404);
    for (Reply reply : List.of(made, again, rotated, atOnce, changed, shown, listed, audit)) {
      assertThat(reply.body()).doesNotContain(VALUE);
    }
    assertThat(set("crm-token", VALUE).json().path("version").asInt()).isEqualTo(4);
  }

  @Test
  void idempotencyKey_remembersNoHashOfTheBody() {
    ApiClient client = api.client().with("Idempotency-Key", "once");
    String body = "{\"name\":\"once\",\"value\":\"%s\"}".formatted(VALUE);
    Reply first = client.post("/v1/secrets", body);
    Reply second = client.post("/v1/secrets", body);
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(client.post("/v1/secrets", body.replace(VALUE, VALUE + "x")).status())
        .isEqualTo(422);
    List<Integer> plain =
        api.database()
            .inTenant(
                TestApi.ACME,
                tx ->
                    tx.query(
                        "select count(*)::int as n from idempotency where body_hash = sha256(convert_to(?, 'UTF8'))",
                        row -> row.number("n"),
                        body));
    assertThat(plain).containsExactly(0);
  }

  @Test
  void wrongFields_areToldWithoutQuotingTheValue() {
    Reply reply =
        api.client()
            .post(
                "/v1/secrets",
                "{\"name\":\"Big\",\"value\":\" short\",\"tools\":[\"crm.post\"],\"extra\":1}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).doesNotContain(" short");
    assertThat(reply.json().path("errors").findValuesAsString("path"))
        .containsExactlyInAnyOrder("extra", "name", "value");
    Reply tools =
        api.client()
            .post(
                "/v1/secrets",
                "{\"name\":\"big\",\"value\":\"long enough\",\"tools\":[\"crm.post\"]}");
    assertThat(tools.status()).isEqualTo(422);
    assertThat(tools.json().at("/errors/0/message").asString())
        .isEqualTo("each must be TOOL/ARGUMENT, such as crm.post/token");
    assertThat(
            api.client()
                .post("/v1/secrets/none/rotate", "{\"value\":\"long enough\",\"grace\":\"P31D\"}")
                .json()
                .at("/errors/0/path")
                .asString())
        .isEqualTo("grace");
  }

  @Test
  void pages_goOnWhereTheyEnded() {
    for (String name : List.of("page-a", "page-b", "page-c")) {
      set(name, VALUE);
    }
    StringBuilder names = new StringBuilder();
    String cursor = "";
    do {
      Reply page =
          api.client().get("/v1/secrets?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      names.append(page.json().at("/data/0/name").asString("")).append(' ');
      cursor = page.json().path("next_cursor").asString("");
    } while (!cursor.isEmpty());
    assertThat(names.toString()).contains("page-a page-b page-c");
  }

  private static Reply set(String name, String value) {
    return api.client()
        .post(
            "/v1/secrets",
            "{\"name\":\"%s\",\"value\":\"%s\",\"tools\":[\"crm.post/token\"],\"agents\":[\"shop.clerk\"]}"
                .formatted(name, value));
  }
}
