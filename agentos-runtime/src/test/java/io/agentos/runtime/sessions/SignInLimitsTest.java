package io.agentos.runtime.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.identity.Users.NewUser;
import io.agentos.runtime.sessions.SignIn.Claim;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SignInLimitsTest {
  private static final String PASSWORD = "correct horse battery";
  private static TestStore store;
  private static Users users;
  private static Passwords passwords;
  private static SignIn signIn;

  @BeforeAll
  static void open() {
    store = new TestStore();
    new Identity(store.database(), store.audit()).createTenant(TenantId.DEFAULT);
    users = new Users(store.audit());
    passwords = new Passwords(new Passwords.Cost(64, 1, 1));
    Sessions sessions = new Sessions(store.database(), store.audit(), Sessions.Settings.USUAL);
    signIn =
        new SignIn(
            store.database(),
            store.audit(),
            passwords,
            users,
            sessions,
            new SecondFactors(store.database(), store.audit(), store.vault()));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static UserId user(String email, String hash) {
    return store
        .database()
        .inTenant(
            TestStore.ACME,
            tx -> {
              NewUser wanted = new NewUser(email, "Ann", Role.ADMIN);
              UserId id = UserId.parse(users.create(tx, TestStore.ACME, wanted, "test").id());
              users.setPassword(tx, TestStore.ACME, id, hash, "test");
              return id;
            });
  }

  /** What a try ends with: empty when it lets in. */
  private static String tried(String email, String password, String address) {
    try {
      signIn.withPassword(new Claim("acme", email, password, address));
      return "";
    } catch (AgentOsException e) {
      return e.code().name();
    }
  }

  private static void atOnce(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fifthFailure_blocksTheAccountFromThisAddress_whoeverItIs() {
    user("five@example.com", passwords.hash(PASSWORD));
    for (String email : List.of("five@example.com", "nobody@example.com")) {
      for (int i = 0; i < 5; i++) {
        assertThat(tried(email, "wrong", "10.0.0." + email.length())).isEqualTo("UNAUTHENTICATED");
      }
      assertThatThrownBy(() ->
              signIn.withPassword(new Claim("acme", email, PASSWORD, "10.0.0." + email.length())))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                assertThat(e.retryAfter()).contains(Duration.ofSeconds(1));
              })
          .hasMessage("Too many tries failed; try again in 1 seconds.");
    }
    assertThat(tried("five@example.com", PASSWORD, "10.0.0.99")).isEmpty();
  }

  @Test
  void tooManyAtOnce_areCountedBeforeTheirEnd() throws InterruptedException {
    user("burst@example.com", passwords.hash(PASSWORD));
    AtomicInteger compared = new AtomicInteger();
    List<Thread> threads =
        IntStream.range(0, 40)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> {
                      if (tried("burst@example.com", "wrong", "10.1.0.1")
                          .equals("UNAUTHENTICATED")) {
                        compared.incrementAndGet();
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(compared.get()).isBetween(5, 8);
  }

  @Test
  void waits_doubleUpToTheirBound_andDrain() {
    user("double@example.com", passwords.hash(PASSWORD));
    String open = "update sign_in_limit set blocked_until = now() - interval '1 second'";
    for (int i = 0; i < 4; i++) {
      tried("double@example.com", "wrong", "10.2.0.1");
    }
    int[] waits = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900};
    for (int wait : waits) {
      assertThat(tried("double@example.com", "wrong", "10.2.0.1")).isEqualTo("UNAUTHENTICATED");
      assertThatThrownBy(() ->
              signIn.withPassword(new Claim("acme", "double@example.com", PASSWORD, "10.2.0.1")))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e ->
                  assertThat(e.retryAfter().orElseThrow().toSeconds())
                      .isBetween((long) wait - 1, (long) wait));
      atOnce(open);
    }
    atOnce("update sign_in_limit set tried_at = tried_at - interval '1 day'");
    for (int i = 0; i < 4; i++) {
      assertThat(tried("double@example.com", "wrong", "10.2.0.1")).isEqualTo("UNAUTHENTICATED");
    }
    assertThat(tried("double@example.com", PASSWORD, "10.2.0.1")).isEmpty();
  }

  @Test
  void attackFromEverywhere_doesNotLockOutWhoSignedInBefore() {
    user("admin@example.com", passwords.hash(PASSWORD));
    assertThat(tried("admin@example.com", PASSWORD, "10.3.0.1")).isEmpty();
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      refused += tried("admin@example.com", "wrong", "10.4.0." + i).equals("RATE_LIMITED") ? 1 : 0;
    }

    assertThat(refused).isBetween(8, 11);
    assertThat(tried("admin@example.com", PASSWORD, "10.5.0.1")).isEqualTo("RATE_LIMITED");
    assertThat(tried("admin@example.com", PASSWORD, "10.3.0.1")).isEmpty();
  }

  @Test
  void oneAddress_isBlockedWhateverItTries() {
    user("last@example.com", passwords.hash(PASSWORD));
    for (int i = 0; i < 30; i++) {
      assertThat(tried("guess" + i + "@example.com", "wrong", "10.6.0.1"))
          .isEqualTo("UNAUTHENTICATED");
    }
    assertThat(tried("last@example.com", PASSWORD, "10.6.0.1")).isEqualTo("RATE_LIMITED");
    assertThat(tried("last@example.com", PASSWORD, "10.6.0.2")).isEmpty();
  }

  @Test
  void olderHash_isMadeAnewAtTheNextSignIn() {
    String old = new Passwords(new Passwords.Cost(32, 1, 1)).hash(PASSWORD);
    UserId id = user("older@example.com", old);
    assertThat(tried("older@example.com", PASSWORD, "10.7.0.1")).isEmpty();

    String stored =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx ->
                    tx.queryOne(
                        "select password from user_account where user_id = ?",
                        row -> row.text("password"),
                        id.value()))
            .orElseThrow();
    assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$").isNotEqualTo(old);
    assertThat(tried("older@example.com", PASSWORD, "10.7.0.1")).isEmpty();
  }

  @Test
  void failure_isRecordedWithoutWhoWasTried() {
    tried("someone@example.com", "wrong", "10.8.0.1");

    List<String> entries =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> tx.query("select body from audit_entry", row -> row.text("body")));
    assertThat(entries)
        .anyMatch(body -> body.contains("session.refused") && body.contains("unknown"))
        .noneMatch(body -> body.contains("someone") || body.contains("10.8.0.1"));
  }
}
