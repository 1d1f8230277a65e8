package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Policies over HTTP: shown with their places, replaced by who may, tried out before. */
final class PoliciesTest {
  private static final String FORBID =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: quiet, description: Quiet}
      spec:
        rules:
          - name: no-mail
            effect: forbid
            match: {tools: ["mail.*"]}
            when: "'secrets.read' in history.tools"
            reason: A secret was read.
      """;

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
  void put_addsTheTenantsRules_forThatTenantAlone_andIsAudited() {
    ApiClient client = api.client();
    Reply before = client.get("/v1/policies");
    assertThat(before.status()).isEqualTo(200);
    assertThat(before.json().at("/policies/0/rules/0/id").stringValue()).isEqualTo("base/tasks");
    assertThat(before.json().at("/policies/0/rules/0/line").intValue()).isEqualTo(6);
    assertThat(before.json().at("/policies/0/file").stringValue()).isEqualTo("base.yaml");

    Reply put =
        client.put(
            "/v1/policies",
            Json.write(Map.of("documents", List.of(FORBID), "version", before.text("version"))));

    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.text("replaced")).isEqualTo(before.text("version"));
    Reply after = client.get("/v1/policies");
    assertThat(after.json()).isEqualTo(put.json().path("in_force"));
    assertThat(after.json().at("/policies/1/id").stringValue()).isEqualTo("tenant:quiet");
    assertThat(after.json().at("/policies/1/layer").stringValue()).isEqualTo("tenant");
    assertThat(after.json().at("/policies/1/file").stringValue()).isEqualTo("documents[0]");
    assertThat(after.json().at("/policies/1/rules/0/when").stringValue())
        .isEqualTo("'secrets.read' in history.tools");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get("/v1/policies").text("version"))
        .isEqualTo(before.text("version"));
    assertThat(client.get("/v1/audit?type=config.changed").body())
        .contains(before.text("version"), after.text("version"));

    Reply stale =
        client.put(
            "/v1/policies",
            Json.write(Map.of("documents", List.of(), "version", before.text("version"))));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.text("code")).isEqualTo("DIGEST_MISMATCH");
  }

  @Test
  void put_thatWouldLoosen_isRefusedWithItsPlace() {
    ApiClient client = api.as(TestApi.OTHER, Role.ADMIN);
    String version = client.get("/v1/policies").text("version");

    Reply reply =
        client.put(
            "/v1/policies",
            Json.write(
                Map.of(
                    "documents", List.of(FORBID.replace("forbid", "permit")), "version", version)));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("documents[0]:7:7: spec.rules[0].effect");
    assertThat(client.get("/v1/policies").text("version")).isEqualTo(version);
  }

  @Test
  void put_needsThePermission() {
    String body = Json.write(Map.of("documents", List.of(), "version", "x"));

    assertThat(api.as(TestApi.ACME, Role.VIEWER).put("/v1/policies", body).status()).isEqualTo(403);
    assertThat(api.as(TestApi.ACME, Role.VIEWER).get("/v1/policies").status()).isEqualTo(200);
  }

  @Test
  void unknownFields_areRefusedWithTheirPath() {
    Reply reply =
        api.client()
            .post(
                "/v1/policies/simulate",
                Json.write(Map.of("document", "x", "documents", List.of(5))));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"document\"", "documents[0]");
  }

  @Test
  void simulate_withoutDecisions_findsNone() {
    ApiClient client = api.as(TenantId.DEFAULT, Role.ADMIN);

    Reply reply =
        client.post("/v1/policies/simulate", Json.write(Map.of("documents", List.of(FORBID))));

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("decisions").intValue()).isZero();
    assertThat(reply.json().path("deterministic").booleanValue()).isTrue();
  }
}
