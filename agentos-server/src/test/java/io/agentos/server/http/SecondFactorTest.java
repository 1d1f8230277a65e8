package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Second factors, and where they are asked for. */
final class SecondFactorTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.working();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  /** Somebody with an app, whose clock is right. */
  private record Person(String id, Browser browser, String secret, List<String> recovery) {
    ApiClient with(String code) {
      return browser.client().with("X-AgentOS-Code", code);
    }

    /** The code of now, as if none had been used. */
    String code() {
      try {
        api.pastEveryRule("update second_factor set step = 0");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
      return SecondFactorTest.code(secret, Instant.now().getEpochSecond() / 30);
    }
  }

  private static String code(String secret, long step) {
    ByteBuffer key = ByteBuffer.allocate(20);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < secret.length(); i++) {
      buffer = (buffer << 5) | BASE32.indexOf(secret.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        key.put((byte) (buffer >> bits));
      }
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Person enrolled(TenantId tenant, String email, Role role) {
    String id =
        api.as(tenant, Role.ADMIN)
            .post(
                "/v1/users",
                "{\"email\":\"%s\",\"name\":\"Ann\",\"role\":\"%s\",\"password\":\"%s\"}"
                    .formatted(email, role.text(), PASSWORD))
            .text("id");
    Browser browser = new Browser(api.port());
    assertThat(browser.signIn(tenant, email, PASSWORD).status()).isEqualTo(201);
    String secret = browser.client().post("/v1/session/second-factor").text("secret");
    Reply wrong = browser.client().put("/v1/session/second-factor", "{\"code\":\"12345\"}");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.code()).isEqualTo("SECOND_FACTOR");
    Reply confirmed =
        browser
            .client()
            .put(
                "/v1/session/second-factor",
                "{\"code\":\"%s\"}".formatted(code(secret, Instant.now().getEpochSecond() / 30)));
    assertThat(confirmed.status()).isEqualTo(200);
    List<String> recovery =
        confirmed.json().path("recovery_codes").valueStream().map(JsonNode::asString).toList();
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
    return new Person(id, browser, secret, recovery);
  }

  private static JsonNode asked() {
    String task =
        api.as(TestApi.ACME, Role.DEVELOPER).post("/v1/tasks", "{\"input\":\"ask\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "approval.requested");
    return api.client().get("/v1/approvals?state=pending&task=" + task).json().at("/data/0");
  }

  private static Reply decide(ApiClient by, JsonNode approval, String decision) {
    return by.post(
        "/v1/approvals/%s/decide".formatted(approval.path("id").asString()),
        "{\"decision\":\"%s\",\"digest\":\"%s\"}"
            .formatted(decision, approval.path("digest").asString()));
  }

  @Test
  void redApproval_takesACode_inASessionAndWithAnOwnKey() {
    Person ann = enrolled(TestApi.ACME, "red@example.com", Role.APPROVER);
    JsonNode approval = asked();
    assertThat(approval.path("zone").asString()).isEqualTo("red");

    Reply without = decide(ann.browser.client(), approval, "approve");
    assertThat(without.status()).isEqualTo(403);
    assertThat(without.code()).isEqualTo("SECOND_FACTOR");
    assertThat(without.text("detail"))
        .isEqualTo(
            "This needs a code of your second factor; send it in the header X-AgentOS-Code.");
    assertThat(decide(ann.with("000000"), approval, "approve").code()).isEqualTo("SECOND_FACTOR");
    String key =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"own\",\"role\":\"approver\",\"user\":\"%s\"}".formatted(ann.id))
            .text("secret");
    assertThat(decide(new ApiClient(api.port(), key), approval, "approve").code())
        .isEqualTo("SECOND_FACTOR");

    String code = ann.code();
    assertThat(decide(ann.with(code), approval, "approve").text("decided_by"))
        .isEqualTo("user:" + ann.id);
    Reply again = decide(ann.with(code), asked(), "approve");
    assertThat(again.code()).as("a code is used once").isEqualTo("SECOND_FACTOR");
    assertThat(again.text("detail"))
        .isEqualTo("The code of the second factor is wrong, or was used; wait for the next one.");
    assertThat(decide(ann.browser.client(), asked(), "reject").status())
        .as("a no needs none")
        .isEqualTo(200);
    assertThat(decide(api.as(TestApi.ACME, Role.APPROVER), asked(), "approve").status())
        .as("who has none is asked for none")
        .isEqualTo(200);
  }

  @Test
  void requester_isExcludedOverAllItsSessionsAndKeys() {
    Person ann = enrolled(TestApi.ACME, "both@example.com", Role.OPERATOR);
    String key =
        api.client()
            .post(
                "/v1/keys",
                "{\"name\":\"own\",\"role\":\"operator\",\"user\":\"%s\"}".formatted(ann.id))
            .text("secret");
    String task =
        new ApiClient(api.port(), key).post("/v1/tasks", "{\"input\":\"ask\"}").text("id");
    EventReader.awaitEvent(api.client(), task, "approval.requested");
    JsonNode approval =
        api.client().get("/v1/approvals?state=pending&task=" + task).json().at("/data/0");

    Reply reply = decide(ann.with(ann.code()), approval, "approve");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("detail"))
        .isEqualTo(
            "user:%s asked for task %s and may not decide its approvals; someone else must."
                .formatted(ann.id, task));
  }

  @Test
  void globalKill_takesACode_andItsRepetitionTheSame() {
    Person boss = enrolled(TenantId.DEFAULT, "boss@example.com", Role.ADMIN);
    String order = "{\"scope\":\"global\",\"reason\":\"It does harm.\"}";
    assertThat(boss.browser.client().post("/v1/kill-switches", order).code())
        .isEqualTo("SECOND_FACTOR");
    ApiClient ready = boss.with(boss.code()).with("Idempotency-Key", "stop");

    Reply made = ready.post("/v1/kill-switches", order);
    assertThat(made.status()).isEqualTo(201);
    Reply repeated = ready.post("/v1/kill-switches", order);
    assertThat(repeated.text("id")).isEqualTo(made.text("id"));

    String release = "/v1/kill-switches/" + made.text("id") + "/release";
    assertThat(boss.browser.client().post(release, "{}").code()).isEqualTo("SECOND_FACTOR");
    assertThat(boss.with(boss.recovery.getFirst()).post(release, "{}").status()).isEqualTo(200);
    assertThat(
            boss.browser
                .client()
                .post(
                    "/v1/kill-switches", "{\"scope\":\"model\",\"target\":\"m\",\"reason\":\"r\"}")
                .status())
        .as("a smaller one needs none")
        .isEqualTo(201);
  }

  @Test
  void signIn_takesACode_andGuessingIsBounded() {
    Person ann = enrolled(TestApi.ACME, "guess@example.com", Role.VIEWER);
    Browser other = new Browser(api.port());
    Reply without = other.signIn(TestApi.ACME, "guess@example.com", PASSWORD);
    assertThat(without.status()).isEqualTo(403);
    assertThat(without.code()).isEqualTo("SECOND_FACTOR");
    assertThat(without.header("Set-Cookie")).isEmpty();
    String claim =
        "{\"tenant\":\"acme\",\"email\":\"guess@example.com\",\"password\":\"%s\",\"code\":\"%s\"}";
    assertThat(other.client().post("/v1/session", claim.formatted(PASSWORD, ann.code())).status())
        .isEqualTo(201);

    int guesses = 0;
    Reply reply;
    do {
      reply = other.client().post("/v1/session", claim.formatted(PASSWORD, "000000"));
      guesses++;
    } while (reply.status() == 403 && guesses < 20);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).isPresent();
    assertThat(guesses).isLessThanOrEqualTo(7);
  }

  @Test
  void factor_isSealedAndTakenAwayWithItsCodeAlone() throws SQLException {
    Person ann = enrolled(TestApi.ACME, "away@example.com", Role.VIEWER);
    assertThat(ann.browser.client().post("/v1/session/second-factor").status()).isEqualTo(409);
    assertThat(ann.browser.client().delete("/v1/session/second-factor").code())
        .isEqualTo("SECOND_FACTOR");
    String used = ann.recovery.get(1);
    assertThat(ann.with(used).delete("/v1/session/second-factor").status()).isEqualTo(204);
    assertThat(ann.browser.client().post("/v1/session/second-factor").status()).isEqualTo(201);

    Person ben = enrolled(TestApi.ACME, "lost@example.com", Role.VIEWER);
    String path = "/v1/users/" + ben.id + "/second-factor";
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).delete(path).status()).isEqualTo(404);
    assertThat(api.client().delete(path).status()).isEqualTo(204);
    assertThat(ben.browser.client().delete("/v1/session/second-factor").status()).isEqualTo(204);
    assertThat(api.client().post("/v1/session/second-factor").text("detail"))
        .isEqualTo("Only people have a second factor.");
  }
}
