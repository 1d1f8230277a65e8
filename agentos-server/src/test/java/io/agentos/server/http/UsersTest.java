package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and tenants: who may make them, and what becomes of their keys. */
final class UsersTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static Reply create(ApiClient by, String email, Role role) {
    return by.post(
        "/v1/users",
        "{\"email\":\"%s\",\"name\":\"Ann\",\"role\":\"%s\"}".formatted(email, role.text()));
  }

  private static Reply ownKey(ApiClient by, String user, String more) {
    return by.post(
        "/v1/keys",
        "{\"name\":\"own\",\"role\":\"admin\",\"user\":\"%s\"%s}".formatted(user, more));
  }

  @Test
  void user_isMadeShownAndDisabled() {
    Reply made =
        api.client()
            .post(
                "/v1/users",
                "{\"email\":\" Ann@Example.com \",\"name\":\"Ann\",\"role\":\"approver\",\"password\":\"a long enough one\"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("email")).isEqualTo("ann@example.com");
    assertThat(made.json().path("password").asBoolean()).isTrue();
    String path = "/v1/users/" + made.text("id");
    assertThat(api.client().get(path).body()).isEqualTo(made.body());
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get(path).status()).isEqualTo(404);

    Reply again = create(api.client(), "ANN@example.com", Role.VIEWER);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("detail")).isEqualTo("There is a user with this e-mail address already.");
    assertThat(create(api.as(TestApi.OTHER, Role.ADMIN), "ann@example.com", Role.VIEWER).status())
        .isEqualTo(201);

    assertThat(api.client().put(path, "{\"role\":\"operator\",\"name\":\"Anna\"}").text("name"))
        .isEqualTo("Anna");
    assertThat(api.client().delete(path).status()).isEqualTo(204);
    assertThat(api.client().delete(path).status()).isEqualTo(204);
    assertThat(api.client().get(path).json().path("disabled_at").isNull()).isFalse();
    assertThat(api.client().put(path, "{\"disabled\":false}").json().path("disabled_at").isNull())
        .isTrue();
  }

  @Test
  void newUser_isReadStrictly() {
    assertProblem("{}", "email is required; name is required; role is required");
    assertProblem(
        "{\"email\":\"ann\",\"name\":\" \",\"role\":\"root\",\"is_admin\":true}",
        "is_admin is unknown; known: email, name, role, password; email must be an e-mail address in ASCII;"
            + " name must not be blank; role must be one of admin, operator, approver, developer, viewer, auditor");
    for (String weak : List.of("short", "aaaaaaaaaaaaaaaa", "the annabelle way")) {
      Reply reply =
          api.client()
              .post(
                  "/v1/users",
                  "{\"email\":\"annabelle@example.com\",\"name\":\"A\",\"role\":\"viewer\",\"password\":\"%s\"}"
                      .formatted(weak));
      assertThat(reply.status()).as(weak).isEqualTo(422);
      assertThat(reply.paths()).containsExactly("password");
    }
  }

  private static void assertProblem(String body, String problem) {
    Reply reply = api.client().post("/v1/users", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("detail")).isEqualTo("The request is not valid: " + problem + ".");
  }

  @Test
  void ownKey_actsAsItsUser_withTheRoleOfTheMoment() {
    String user = create(api.client(), "own@example.com", Role.OPERATOR).text("id");
    Reply wide = ownKey(api.client(), user, "");
    assertThat(wide.status()).isEqualTo(403);
    assertThat(wide.text("detail"))
        .isEqualTo(
            "User %s has the role 'operator', and its keys cannot have 'policies:write'."
                .formatted(user));
    Reply key =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"own\",\"role\":\"operator\",\"user\":\"%s\"}".formatted(user));
    Reply other = ownKey(api.client(), user, ",\"scopes\":[\"tasks:read\"]");
    ApiClient own = new ApiClient(api.port(), key.text("secret"));
    Principal principal = api.services().identity().authenticate(key.text("secret"));

    assertThat(principal.id()).isEqualTo("user:" + user);
    assertThat(api.services().identity().authenticate(other.text("secret")).id())
        .isEqualTo(principal.id());
    assertThat(own.post("/v1/tasks", "{\"input\":\"x\"}").status()).isEqualTo(202);

    api.client().put("/v1/users/" + user, "{\"role\":\"viewer\"}");
    assertThat(own.post("/v1/tasks", "{\"input\":\"x\"}").status()).isEqualTo(403);
    assertThat(own.get("/v1/tasks").status()).isEqualTo(200);

    api.client().put("/v1/users/" + user, "{\"role\":\"admin\"}");
    assertThat(own.get("/v1/keys").status()).as("the key was made an operator's").isEqualTo(403);

    api.client().delete("/v1/users/" + user);
    assertThat(own.get("/v1/tasks").status()).isEqualTo(401);
    api.client().put("/v1/users/" + user, "{\"disabled\":false}");
    assertThat(own.get("/v1/tasks").status()).isEqualTo(200);
  }

  @Test
  void person_doesNotChangeItselfNorMakeKeysOfNobody() {
    String user = create(api.client(), "self@example.com", Role.ADMIN).text("id");
    String secret = ownKey(api.client(), user, "").text("secret");
    ApiClient self = new ApiClient(api.port(), secret);

    Reply made = self.post("/v1/keys", "{\"name\":\"x\",\"role\":\"approver\"}");
    assertThat(made.text("user")).isEqualTo(user);
    assertThat(self.put("/v1/users/" + user, "{\"role\":\"viewer\"}").status()).isEqualTo(409);
    assertThat(self.delete("/v1/users/" + user).text("detail"))
        .isEqualTo(
            "Users do not change their own role or access; another one with the permission must.");
    assertThat(self.put("/v1/users/" + user, "{\"name\":\"Me\"}").status()).isEqualTo(200);
  }

  @Test
  void narrowKey_neitherMakesNorTouchesWhoHoldsMore() {
    String admin = create(api.client(), "boss@example.com", Role.ADMIN).text("id");
    String secret =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"hr\",\"role\":\"admin\",\"scopes\":[\"users:write\",\"tasks:read\"]}")
            .text("secret");
    ApiClient narrow = new ApiClient(api.port(), secret);

    assertThat(create(narrow, "new@example.com", Role.ADMIN).status()).isEqualTo(403);
    assertThat(narrow.put("/v1/users/" + admin, "{\"disabled\":true}").status()).isEqualTo(403);
    assertThat(narrow.delete("/v1/users/" + admin).status()).isEqualTo(403);
    String viewer = create(narrow, "view@example.com", Role.VIEWER).text("id");
    assertThat(narrow.put("/v1/users/" + viewer, "{\"role\":\"operator\"}").status())
        .isEqualTo(403);
    assertThat(narrow.delete("/v1/users/" + viewer).status()).isEqualTo(204);
  }

  @Test
  void tenant_isMadeByTheOwnerAlone_andDisabledLetsNobodyIn() {
    ApiClient owner = api.as(TenantId.DEFAULT, Role.ADMIN);
    Reply made = owner.with("Idempotency-Key", "t").post("/v1/tenants", "{\"id\":\"fresh\"}");
    assertThat(made.status()).isEqualTo(201);
    Reply repeated = owner.with("Idempotency-Key", "t").post("/v1/tenants", "{\"id\":\"fresh\"}");
    assertThat(repeated.json().path("secret").isNull()).isTrue();
    assertThat(repeated.text("key")).isEqualTo(made.text("key"));
    assertThat(owner.post("/v1/tenants", "{\"id\":\"fresh\"}").status()).isEqualTo(409);
    assertThat(owner.post("/v1/tenants", "{\"id\":\"Not a name\"}").paths()).containsExactly("id");

    ApiClient fresh = new ApiClient(api.port(), made.text("secret"));
    assertThat(fresh.get("/v1/tenants").json().path("data").size()).isEqualTo(1);
    assertThat(fresh.post("/v1/tenants", "{\"id\":\"theirs\"}").text("detail"))
        .isEqualTo(
            "Tenants are made by administrators of tenant 'default', which owns the installation.");
    assertThat(fresh.delete("/v1/tenants/acme").status()).isEqualTo(404);
    assertThat(fresh.delete("/v1/tenants/fresh").status()).isEqualTo(404);
    assertThat(owner.delete("/v1/tenants/default").status()).isEqualTo(409);

    assertThat(owner.delete("/v1/tenants/fresh").status()).isEqualTo(204);
    assertThat(owner.delete("/v1/tenants/fresh").status()).isEqualTo(204);
    assertThat(fresh.get("/v1/tasks").status()).isEqualTo(401);
    assertThat(owner.get("/v1/tenants?limit=200").body()).contains("\"acme\"", "\"fresh\"");
  }

  @Test
  void passwords_areStoredAsArgon2idAlone() {
    create(api.client(), "stored@example.com", Role.VIEWER);
    Reply made =
        api.client()
            .post(
                "/v1/users",
                "{\"email\":\"kept@example.com\",\"name\":\"K\",\"role\":\"viewer\",\"password\":\"tr0ub4dor & three\"}");
    assertThat(made.status()).isEqualTo(201);
    List<String> stored =
        api.database()
            .inTenant(
                TestApi.ACME,
                tx ->
                    tx.query(
                        """
                        select user_account::text as text from user_account
                        union all select audit_entry::text from audit_entry
                        """,
                        row -> row.text("text")));
    assertThat(stored)
        .noneMatch(text -> text.contains("tr0ub4dor"))
        .anyMatch(text -> text.contains("$argon2id$v=19$m=64,t=1,p=1$"));
    assertThat(stored.stream().filter(text -> text.contains("user.created")))
        .isNotEmpty()
        .noneMatch(text -> text.contains("kept@example.com"));
  }
}
