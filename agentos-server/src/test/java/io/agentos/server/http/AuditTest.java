package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
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
  void export_isWholeAndEndsWhereItSays() {
    Reply reply = api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit/export");
    assertThat(reply.status()).isEqualTo(200);
    List<String> lines = reply.body().lines().toList();
    assertThat(lines.getFirst()).startsWith("{\"export\":\"agentos-audit-1\",\"tenant\":\"acme\",");
    assertThat(lines.getLast()).isEqualTo("{\"end\":%d}".formatted(lines.size() - 2));

    Reply part = api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit/export?first=2&last=3");
    assertThat(part.body().lines().toList().subList(1, 3)).isEqualTo(lines.subList(2, 4));
    assertThat(api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit/export?first=3&last=2").paths())
        .containsExactly("last");
    assertThat(api.as(TestApi.ACME, Role.AUDITOR).get("/v1/audit/export?first=900000").status())
        .isEqualTo(422);
    assertThat(api.as(TestApi.ACME, Role.VIEWER).get("/v1/audit/export").status()).isEqualTo(403);
  }

  @Test
  void checkpoints_areListed() {
    ApiClient auditor = api.as(TestApi.OTHER, Role.AUDITOR);
    auditor.get("/v1/audit/export");
    JsonNode newest = auditor.get("/v1/audit/checkpoints?limit=1").json().path("data").get(0);
    assertThat(newest.path("note").asString())
        .startsWith("test.example/other\n%d\n".formatted(newest.path("size").asInt()));
    assertThat(newest.path("key").asString()).startsWith("test.example/other+");
    assertThat(auditor.get("/v1/audit/checkpoints?cursor=x").paths()).containsExactly("cursor");
  }

  @Test
  void evidence_ofATask_holdsItsEntriesAndIsSigned() {
    String task =
        api.as(TenantId.DEFAULT, Role.ADMIN).post("/v1/tasks", "{\"input\":\"x\"}").text("id");
    api.as(TenantId.DEFAULT, Role.ADMIN).post("/v1/tasks/" + task + "/cancel", "{}");
    ApiClient auditor = api.as(TenantId.DEFAULT, Role.AUDITOR);
    List<String> lines = auditor.get("/v1/tasks/" + task + "/evidence").body().lines().toList();
    assertThat(lines.getFirst()).startsWith("{\"evidence\":\"agentos-evidence-1\"").contains(task);
    assertThat(lines).anyMatch(line -> line.startsWith("{\"part\":\"effects\""));
    assertThat(lines).contains("{\"part\":\"definition\",\"value\":null}");
    assertThat(lines)
        .anyMatch(line -> line.contains("task.cancelled") && line.contains("\"proof\":["));
    assertThat(lines.getLast()).startsWith("{\"end\":").contains("agentos-evidence-1\\n" + task);

    Reply foreign = api.as(TestApi.OTHER, Role.AUDITOR).get("/v1/tasks/" + task + "/evidence");
    assertThat(foreign.status()).isEqualTo(404);
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
