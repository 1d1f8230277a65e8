package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Privacy rules over HTTP: shown with their defaults, replaced by who may, tried out. */
final class PrivacyTest {
  private static final String RULES =
      """
      {"rules": {"kinds": {"ip": "mask"}, "agents": {"nest.keeper": {"email": "leave"}},
        "patterns": {"egg": "EGG-[0-9]+"}, "words": ["blue heron"]}, "version": %d}
      """;

  private final TestApi api = TestApi.idle();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void rules_areShownWithTheirDefaults() {
    Reply shown = api.as(TestApi.ACME, Role.VIEWER).get("/v1/privacy");

    assertThat(shown.status()).as(shown.body()).isEqualTo(200);
    assertThat(shown.json().path("version").intValue()).isEqualTo(1);
    assertThat(shown.json().at("/rules/kinds").isEmpty()).isTrue();
    assertThat(shown.body())
        .contains(
            "{\"kind\":\"card\",\"sensitivity\":\"A\",\"transform\":\"mask\",\"by_rule\":false,\"transform_default\":\"mask\"}");
  }

  @Test
  void put_holdsForTheNextCall_forItsTenantAlone() {
    assertThat(test("EGG-7", "any.agent")).contains("\"text\":\"EGG-7\"");

    Reply put = api.client().put("/v1/privacy", RULES.formatted(1));

    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.json().path("version").intValue()).isEqualTo(2);
    assertThat(put.json()).isEqualTo(api.client().get("/v1/privacy").json());
    assertThat(put.body())
        .contains(
            "{\"kind\":\"ip\",\"sensitivity\":\"C\",\"transform\":\"mask\",\"by_rule\":true,\"transform_default\":\"leave\"}");
    assertThat(
            api.as(TestApi.OTHER, Role.ADMIN).get("/v1/privacy").json().path("version").intValue())
        .isEqualTo(1);
    assertThat(test("EGG-7 for ada@nest.example, 192.0.2.7, Blue Heron", "nest.keeper"))
        .contains(
            "[redacted: a pattern] for ada@nest.example, [redacted: an IP address]",
            "[redacted: a listed word]",
            "\"pattern\":1");
  }

  @Test
  void put_ofAnotherVersion_changesNothing() {
    api.client().put("/v1/privacy", RULES.formatted(1));

    Reply stale = api.client().put("/v1/privacy", "{\"rules\":{},\"version\":1}");

    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.code()).isEqualTo("DIGEST_MISMATCH");
    assertThat(stale.text("detail"))
        .isEqualTo(
            "The privacy rules are not those of version 1 any more; look at them and change them again.");
    assertThat(api.client().get("/v1/privacy").json().path("version").intValue()).isEqualTo(2);
  }

  @Test
  void put_isAudited_withoutWordsOrPatterns() {
    api.client().put("/v1/privacy", RULES.formatted(1));

    assertThat(api.client().get("/v1/audit?type=config.changed").body())
        .contains(
            "\"what\":\"privacy\"", "\"words\":\"1\"", "\"version\":\"2\"", "\"patterns\":\"1\"")
        .doesNotContain("heron", "EGG");
  }

  @Test
  void put_thatIsWrong_isToldWithItsPath() {
    assertWrong("{\"kinds\":{\"card\":\"eat\"}}", "rules.kinds.card");
    assertWrong("{\"kinds\":{\"owl\":\"mask\"}}", "rules.kinds");
    assertWrong("{\"kind\":{}}", "rules.kind");
    assertWrong("{\"agents\":{\"Nest\":{}}}", "rules.agents.Nest");
    assertWrong("{\"agents\":{\"nest.keeper\":{\"card\":5}}}", "rules.agents.nest.keeper.card");
    assertWrong("{\"patterns\":{\"back\":\"(a)\\\\1\"}}", "rules.patterns.back");
    assertWrong("{\"words\":[\"fine\",\"\"]}", "rules.words[1]");
    assertWrong("{\"words\":\"heron\"}", "rules.words");
    assertThat(api.client().put("/v1/privacy", "{}").body())
        .contains("\"path\":\"rules\"", "\"path\":\"version\"");
    assertThat(api.client().get("/v1/privacy").json().path("version").intValue()).isEqualTo(1);
  }

  private void assertWrong(String rules, String path) {
    Reply reply = api.client().put("/v1/privacy", "{\"version\":1,\"rules\":%s}".formatted(rules));
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    assertThat(reply.body()).contains("\"path\":\"%s\"".formatted(path));
  }

  @Test
  void others_mayNot() {
    assertThat(api.as(TestApi.ACME, Role.VIEWER).put("/v1/privacy", RULES.formatted(1)).status())
        .isEqualTo(403);
    assertThat(
            api.as(TestApi.ACME, Role.VIEWER).post("/v1/privacy/test", "{\"text\":\"x\"}").status())
        .isEqualTo(403);
  }

  @Test
  void test_ofABlockedText_saysWhy() {
    api.client().put("/v1/privacy", "{\"rules\":{\"kinds\":{\"email\":\"block\"}},\"version\":1}");

    assertThat(test("to ada@nest.example", "any.agent"))
        .contains(
            "\"text\":null", "The text holds an e-mail address, which the privacy rules block");
  }

  @Test
  void test_findsStoredSecrets_andStoresNothing() throws SQLException {
    String secret = "Vq7-owl.Tz4/Hoo9xKm2";
    api.client().post("/v1/secrets", "{\"name\":\"nest\",\"value\":\"%s\"}".formatted(secret));

    String sample = test("it is %s, of ada@nest.example".formatted(secret), "any.agent");

    assertThat(sample).contains("it is [redacted: a secret], of <EMAIL_", "\"secret\":1");
    assertThat(api.askPastEveryRule("select count(*) from idempotency")).containsExactly("0");
    assertThat(api.client().get("/v1/audit").body()).doesNotContain("nest.example");
  }

  private String test(String text, String agent) {
    Reply reply =
        api.client()
            .post("/v1/privacy/test", "{\"text\":\"%s\",\"agent\":\"%s\"}".formatted(text, agent));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }
}
