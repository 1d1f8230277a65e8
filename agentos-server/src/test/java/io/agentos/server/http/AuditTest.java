package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AuditTest {
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
  void entries_canBeVerifiedByWhoeverReadsThem() throws Exception {
    JsonNode entries =
        api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit?limit=200").json().path("data");
    assertThat(entries.size()).isGreaterThanOrEqualTo(6);
    byte[] hash = new byte[32];
    for (int i = entries.size() - 1; i >= 0; i--) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(hash);
      hash = digest.digest(entries.get(i).path("body").asString().getBytes(StandardCharsets.UTF_8));
      assertThat(entries.get(i).path("hash").asString()).isEqualTo(HexFormat.of().formatHex(hash));
      assertThat(entries.get(i).path("seq").asInt()).isEqualTo(entries.size() - i);
    }
    assertThat(entries.get(0).path("facts").path("role").asString()).isEqualTo("auditor");
  }

  @Test
  void entries_areFiltered() {
    ApiClient auditor = api.as(TestApi.OTHER, Role.AUDITOR);
    String task =
        api.as(TestApi.OTHER, Role.ADMIN).post("/v1/tasks", "{\"input\":\"x\"}").text("id");
    api.as(TestApi.OTHER, Role.ADMIN).post("/v1/tasks/" + task + "/cancel", "{}");

    assertThat(auditor.get("/v1/audit?type=task.cancelled").json().path("data").size())
        .isEqualTo(1);
    assertThat(auditor.get("/v1/audit?subject=" + task).json().path("data").size()).isEqualTo(1);
    assertThat(auditor.get("/v1/audit?actor=test").json().path("data").size()).isEqualTo(6);
    assertThat(auditor.get("/v1/audit?type=none").json().path("data").isEmpty()).isTrue();
    assertThat(auditor.get("/v1/audit?type=%00").paths()).containsExactly("type");
  }

  @Test
  void verify_walksTheChain() {
    Reply reply = api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit/verify");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("intact").booleanValue()).isTrue();
    assertThat(reply.json().path("entries").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(reply.json().path("first_bad_seq").isNull()).isTrue();
    assertThat(reply.json().path("problem").isNull()).isTrue();
  }
}
