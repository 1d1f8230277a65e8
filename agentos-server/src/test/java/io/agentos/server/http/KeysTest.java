package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.KeyId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Role;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class KeysTest {
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
  void key_worksUntilItIsRevoked() {
    Reply made =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"ci\",\"role\":\"viewer\",\"expires_at\":\"2099-01-01T00:00:00Z\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("expires_at")).isEqualTo("2099-01-01T00:00:00Z");
    ApiClient client = new ApiClient(api.port(), made.text("secret"));
    assertThat(client.get("/v1/tasks").status()).isEqualTo(200);
    assertThat(api.client().get("/v1/keys?limit=1").json().at("/data/0/name").asString())
        .isEqualTo("ci");
    assertThat(api.client().get("/v1/keys?limit=200").body()).doesNotContain(made.text("secret"));

    String path = "/v1/keys/" + made.text("id");
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete(path).status()).isEqualTo(404);
    assertThat(client.get("/v1/tasks").status()).isEqualTo(200);
    assertThat(api.client().delete(path).status()).isEqualTo(204);
    assertThat(api.client().delete(path).status()).isEqualTo(204);

    Reply refused = client.get("/v1/tasks");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).contains("Bearer realm=\"agentos\"");
    assertThat(refused.text("detail"))
        .isEqualTo(
            "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
    assertThat(api.client().delete("/v1/keys/" + KeyId.next()).status()).isEqualTo(404);
  }

  @Test
  void secret_isShownOnceAndStoredNowhere() {
    ApiClient client = api.client().with("Idempotency-Key", "key");
    String body = "{\"name\":\"once\",\"role\":\"viewer\"}";
    Reply first = client.post("/v1/keys", body);
    Reply second = client.post("/v1/keys", body);

    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.json().path("secret").isNull()).isTrue();
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    String secret = first.text("secret");
    List<String> stored =
        api.database()
            .inTenant(
                TestApi.ACME,
                tx ->
                    tx.query(
                        """
                        select convert_from(response, 'UTF8') as text from idempotency union all select body from audit_entry
                        union all select api_key::text from api_key
                        """,
                        row -> row.text("text")));
    assertThat(stored).isNotEmpty().noneMatch(text -> text.contains(secret));
  }

  @Test
  void newKey_isReadStrictly() {
    assertProblem("{}", "name is required; role is required");
    assertProblem(
        "{\"name\":\" \",\"role\":\"root\"}",
        "name must not be blank; role must be one of admin, operator, approver, developer, viewer, auditor");
    assertProblem(
        "{\"name\":\"x\",\"role\":\"viewer\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
        "expires_at must lie in the future");
    assertProblem(
        "{\"name\":\"x\",\"role\":\"viewer\",\"scopes\":[\"tasks:read\",\"all\"],\"user\":\"ann\"}",
        "user must be the id of a user, such as usr_01jd3k5m6n7p8q9r0s1t2v3w4x; scopes must be an array of different"
            + " ones of tasks:read, tasks:submit, tasks:cancel, approvals:decide, kill-switches:engage, tasks:reconcile,"
            + " audit:read, budgets:write, policies:write, keys:write, users:write, tenants:write, secrets:write,"
            + " webhooks:write, privacy:write");
  }

  @Test
  void scopes_narrowAndAreNeverPassedOnWider() {
    Reply made =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"narrow\",\"role\":\"admin\",\"scopes\":[\"keys:write\",\"tasks:read\"]}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("scopes").valueStream().map(each -> each.asString()).toList())
        .containsExactly("tasks:read", "keys:write");
    ApiClient narrow = new ApiClient(api.port(), made.text("secret"));

    assertThat(narrow.get("/v1/tasks").status()).isEqualTo(200);
    Reply refused = narrow.post("/v1/tasks", "{\"input\":\"x\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("detail"))
        .isEqualTo(
            "The scopes of this key leave out 'tasks:submit'; a key with this scope is needed.");
    Reply wider = narrow.post("/v1/keys", "{\"name\":\"wide\",\"role\":\"admin\"}");
    assertThat(wider.status()).isEqualTo(403);
    assertThat(wider.text("detail"))
        .isEqualTo(
            "key:%s does not hold 'tasks:submit' and cannot pass it on; leave it out."
                .formatted(made.text("id")));
    Reply absent =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"x\",\"role\":\"viewer\",\"user\":\"%s\"}".formatted(UserId.next()));
    assertThat(absent.status()).isEqualTo(422);
    assertThat(absent.paths()).containsExactly("user");
  }

  private static void assertProblem(String body, String problem) {
    Reply reply = api.client().post("/v1/keys", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + problem + ".");
  }

  @Test
  void authorization_mustBeABearerKey() {
    String key = api.key(TestApi.ACME, Role.VIEWER);
    ApiClient none = new ApiClient(api.port(), "");
    for (String header :
        new String[] {
          "",
          "Basic " + key,
          key,
          "Bearer",
          "Bearer ",
          "Bearer x",
          "Bearer " + key + "x",
          "Bearer " + key.substring(0, key.length() - 1),
          "Bearer aos_" + "0".repeat(26) + "_" + "x".repeat(43)
        }) {
      Reply reply = none.with("Authorization", header).get("/v1/tasks");
      assertThat(reply.status()).as(header).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
    }
    assertThat(none.get("/v1/tasks").text("detail"))
        .isEqualTo("An API key is needed; send 'Authorization: Bearer aos_…'.");
    assertThat(none.with("Authorization", "bearer  " + key).get("/v1/tasks").status())
        .isEqualTo(200);
  }
}
