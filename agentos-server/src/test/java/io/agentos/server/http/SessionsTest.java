package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions, and what is tried against them. */
final class SessionsTest {
  private static final String PASSWORD = "correct horse battery";
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static String user(String email, Role role) {
    return api.client()
        .post(
            "/v1/users",
            "{\"email\":\"%s\",\"name\":\"Ann\",\"role\":\"%s\",\"password\":\"%s\"}"
                .formatted(email, role.text(), PASSWORD))
        .text("id");
  }

  private static Browser signedIn(String email) {
    Browser browser = new Browser(api.port());
    assertThat(browser.signIn(TestApi.ACME, email, PASSWORD).status()).isEqualTo(201);
    return browser;
  }

  @Test
  void session_beginsActsAndEnds() {
    String user = user("ann@example.com", Role.OPERATOR);
    Browser browser = new Browser(api.port());
    Reply begun = browser.signIn(TestApi.ACME, "Ann@Example.com", PASSWORD);

    assertThat(begun.status()).isEqualTo(201);
    assertThat(begun.header("Set-Cookie").orElse(""))
        .matches("agentos-session=aoss_[^;]+; Path=/; HttpOnly; SameSite=Lax");
    Reply who = browser.client().get("/v1/session");
    assertThat(who.text("principal")).isEqualTo("user:" + user);
    assertThat(who.json().at("/session/csrf_token").asString()).isEqualTo(browser.token());
    assertThat(browser.client().post("/v1/tasks", "{\"input\":\"x\"}").status()).isEqualTo(202);
    String stolen = browser.cookie();

    Reply ended = browser.client().delete("/v1/session");
    assertThat(ended.status()).isEqualTo(204);
    assertThat(ended.header("Set-Cookie"))
        .contains("agentos-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Reply after = new ApiClient(api.port(), "").with("Cookie", stolen).get("/v1/tasks");
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.text("detail"))
        .isEqualTo("The session has ended or is unknown; sign in again.");
  }

  @Test
  void unknownUserAndWrongPassword_areToldTheSame() {
    user("here@example.com", Role.VIEWER);
    String first = "";
    for (List<String> claim :
        List.of(
            List.of("acme", "here@example.com", "wrong horse battery"),
            List.of("acme", "absent@example.com", PASSWORD),
            List.of("other", "here@example.com", PASSWORD),
            List.of("nowhere", "here@example.com", PASSWORD),
            List.of("Not a tenant", "here@example.com", PASSWORD),
            List.of("acme", "no address", PASSWORD))) {
      Reply reply =
          new ApiClient(api.port(), "")
              .post(
                  "/v1/session",
                  "{\"tenant\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}"
                      .formatted(claim.get(0), claim.get(1), claim.get(2)));
      assertThat(reply.status()).as(claim.toString()).isEqualTo(401);
      String body = reply.body().replaceAll("req_[a-z0-9]+", "");
      assertThat(body).contains("The e-mail address or the password is wrong.");
      first = first.isEmpty() ? body : first;
      assertThat(body).isEqualTo(first);
      assertThat(reply.header("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void callOfAnotherOrigin_withTheCookie_doesNothing() {
    user("csrf@example.com", Role.ADMIN);
    Browser browser = signedIn("csrf@example.com");
    ApiClient ours = browser.client();
    String order = "{\"scope\":\"model\",\"target\":\"m\",\"reason\":\"r\"}";

    assertForbidden(ours.with("X-CSRF-Token", "").post("/v1/kill-switches", order), "header");
    assertForbidden(ours.with("X-CSRF-Token", "guess").post("/v1/kill-switches", order), "header");
    String page = "page of another origin";
    assertForbidden(
        ours.with("Origin", "https://evil.example").post("/v1/kill-switches", order), page);
    assertForbidden(ours.with("Origin", "null").post("/v1/kill-switches", order), page);
    for (String site : List.of("cross-site", "same-site")) {
      assertForbidden(ours.with("Sec-Fetch-Site", site).post("/v1/kill-switches", order), page);
      assertForbidden(ours.with("Sec-Fetch-Site", site).delete("/v1/session"), page);
    }
    assertForbidden(
        ours.with("Origin", "https://127.0.0.1:" + api.port()).put("/v1/policies", "{}"), page);
    assertThat(ours.get("/v1/kill-switches").json().path("data").isEmpty()).isTrue();
    assertThat(ours.post("/v1/kill-switches", order).status()).isEqualTo(201);

    ApiClient key = api.client().with("Origin", "https://evil.example");
    assertThat(key.post("/v1/tasks", "{\"input\":\"x\"}").status())
        .as("no browser adds a key by itself")
        .isEqualTo(202);
  }

  private static void assertForbidden(Reply reply, String why) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("detail")).contains(why);
  }

  @Test
  void signIn_fromAPageOfOthers_isRefused() {
    user("login@example.com", Role.VIEWER);
    ApiClient evil = new ApiClient(api.port(), "").with("Origin", "https://evil.example");

    Reply reply =
        evil.post(
            "/v1/session",
            "{\"tenant\":\"acme\",\"email\":\"login@example.com\",\"password\":\"%s\"}"
                .formatted(PASSWORD));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @Test
  void signIn_withACookieChosenByOthers_givesAnotherOne() {
    user("fix@example.com", Role.VIEWER);
    Browser attacker = signedIn("fix@example.com");
    String planted = attacker.cookie();
    Browser victim = new Browser(api.port());
    victim.kept(
        victim
            .client()
            .with("Cookie", planted)
            .post(
                "/v1/session",
                "{\"tenant\":\"acme\",\"email\":\"fix@example.com\",\"password\":\"%s\"}"
                    .formatted(PASSWORD)));

    assertThat(victim.cookie()).isNotEqualTo(planted).startsWith("agentos-session=aoss_");
    assertThat(attacker.client().get("/v1/tasks").status()).isEqualTo(401);
    assertThat(victim.client().get("/v1/tasks").status()).isEqualTo(200);
    ApiClient two = victim.client().with("Cookie", victim.cookie() + "; " + planted);
    assertThat(two.get("/v1/tasks").status()).as("a cookie beside ours").isEqualTo(401);
  }

  @Test
  void session_isNoKey_andNeitherIsALink() {
    user("mix@example.com", Role.ADMIN);
    Browser browser = signedIn("mix@example.com");
    String secret = browser.cookie().substring("agentos-session=".length());

    assertThat(new ApiClient(api.port(), secret).get("/v1/tasks").status()).isEqualTo(401);
    String key = api.key(TestApi.ACME, Role.ADMIN);
    ApiClient asCookie = new ApiClient(api.port(), "").with("Cookie", "agentos-session=" + key);
    assertThat(asCookie.get("/v1/tasks").status()).isEqualTo(401);
    ApiClient cut = new ApiClient(api.port(), "").with("Cookie", browser.cookie() + "x");
    assertThat(cut.get("/v1/tasks").status()).isEqualTo(401);
  }

  @Test
  void changeOfPasswordOrAccess_endsAllSessions() {
    String user = user("change@example.com", Role.OPERATOR);
    Browser other = signedIn("change@example.com");
    Browser own = signedIn("change@example.com");
    String before = own.cookie();
    String order = "{\"current_password\":\"%s\",\"password\":\"another horse entirely\"}";

    Reply wrong = own.client().put("/v1/session/password", order.formatted("wrong"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text("detail")).isEqualTo("The current password is wrong.");
    Reply changed = own.client().put("/v1/session/password", order.formatted(PASSWORD));
    assertThat(changed.status()).isEqualTo(200);
    own.kept(changed);

    assertThat(own.client().get("/v1/tasks").status()).isEqualTo(200);
    assertThat(own.client().with("Cookie", before).get("/v1/tasks").status()).isEqualTo(401);
    assertThat(other.client().get("/v1/tasks").status()).isEqualTo(401);
    assertThat(
            new Browser(api.port()).signIn(TestApi.ACME, "change@example.com", PASSWORD).status())
        .isEqualTo(401);

    api.client().delete("/v1/users/" + user);
    assertThat(own.client().get("/v1/tasks").status()).isEqualTo(401);
    api.client().put("/v1/users/" + user, "{\"disabled\":false}");
    assertThat(own.client().get("/v1/tasks").status()).as("it ended for good").isEqualTo(401);
  }

  @Test
  void roleOfTheMoment_holdsInASession() {
    String user = user("role@example.com", Role.OPERATOR);
    Browser browser = signedIn("role@example.com");
    assertThat(browser.client().post("/v1/tasks", "{\"input\":\"x\"}").status()).isEqualTo(202);

    api.client().put("/v1/users/" + user, "{\"role\":\"viewer\"}");

    assertThat(browser.client().post("/v1/tasks", "{\"input\":\"x\"}").status()).isEqualTo(403);
  }

  @Test
  void idleAndOldSessions_end() throws SQLException {
    user("idle@example.com", Role.VIEWER);
    Browser idle = signedIn("idle@example.com");
    Browser old = signedIn("idle@example.com");
    api.pastEveryRule(
        "update user_session set seen_at = now() - interval '31 minutes' where session_id in"
            + " (select session_id from user_session order by session_id desc offset 1 limit 1)");
    api.pastEveryRule(
        "update user_session set expires_at = now() where session_id in"
            + " (select session_id from user_session order by session_id desc limit 1)");

    assertThat(idle.client().get("/v1/tasks").status()).isEqualTo(401);
    assertThat(old.client().get("/v1/tasks").status()).isEqualTo(401);
  }

  @Test
  void link_worksOnce_andLetsAPasswordBeSet() {
    String user = user("link@example.com", Role.VIEWER);
    String path = "/v1/users/" + user + "/sign-in-link";
    String older = token(api.client().post(path));
    Reply made = api.client().with("Idempotency-Key", "link").post(path, "{}");
    assertThat(made.status()).isEqualTo(201);
    Reply repeated = api.client().with("Idempotency-Key", "link").post(path, "{}");
    assertThat(repeated.json().path("path").isNull()).isTrue();
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).post(path).status()).isEqualTo(404);
    String link = token(made);

    assertThat(new Browser(api.port()).signIn(older).status()).as("replaced").isEqualTo(401);
    Browser browser = new Browser(api.port());
    assertThat(browser.signIn(link).status()).isEqualTo(201);
    Reply again = new Browser(api.port()).signIn(link);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.text("detail"))
        .isEqualTo("The link was used, has expired or is not one of this server; ask for another.");
    browser.kept(
        browser.client().put("/v1/session/password", "{\"password\":\"a password of my own\"}"));
    assertThat(browser.client().get("/v1/tasks").status()).isEqualTo(200);
    assertThat(
            new Browser(api.port())
                .signIn(TestApi.ACME, "link@example.com", "a password of my own")
                .status())
        .isEqualTo(201);
  }

  private static String token(Reply reply) {
    return reply.text("path").substring("/sign-in?token=".length());
  }

  @Test
  void keys_haveNoSession() {
    ApiClient key = api.client();
    assertThat(key.get("/v1/session").json().path("session").isNull()).isTrue();
    assertThat(key.delete("/v1/session").status()).isEqualTo(204);
    assertThat(key.get("/v1/session").status()).isEqualTo(200);
    assertThat(key.put("/v1/session/password", "{\"password\":\"a password of my own\"}").status())
        .isEqualTo(403);
    assertThat(api.as(TenantId.DEFAULT, Role.VIEWER).get("/v1/session").text("role"))
        .isEqualTo("viewer");
  }
}
