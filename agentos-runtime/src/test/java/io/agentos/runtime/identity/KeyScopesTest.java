package io.agentos.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KeyId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.identity.Identity.Created;
import io.agentos.runtime.identity.Identity.KeyView;
import io.agentos.runtime.identity.Identity.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class KeyScopesTest {
  private static final UUID LAST = new UUID(-1L, -1L);
  private static TestStore store;
  private static Identity identity;

  @BeforeAll
  static void open() {
    store = new TestStore();
    identity = new Identity(store.database(), store.audit());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static NewKey scoped(Role role, Permission... permissions) {
    return new NewKey("k", role, null, null, null, Scopes.of(EnumSet.copyOf(List.of(permissions))));
  }

  private static Created make(Principal maker, NewKey key) {
    return store.database().inTenant(maker.tenant(), tx -> identity.createKey(tx, maker, key));
  }

  private static Principal holder(NewKey key) {
    return identity.authenticate(identity.createKey(TestStore.ACME, key, "test").secret());
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessage(why);
  }

  @Test
  void scopes_leaveOutWhatTheyDoNotName() {
    Principal key = holder(scoped(Role.OPERATOR, Permission.READ, Permission.SUBMIT));

    assertThat(key.may(Permission.READ)).isTrue();
    assertThat(key.may(Permission.SUBMIT)).isTrue();
    assertThat(key.may(Permission.KILL)).isFalse();
    assertThat(key.id()).isEqualTo("key:" + key.key());
    assertRefused(
        () -> key.must(Permission.KILL),
        "The scopes of this key leave out 'kill-switches:engage'; a key with this scope is needed.");
  }

  @Test
  void scopes_giveNothingTheRoleDoesNot() {
    Principal key = holder(scoped(Role.VIEWER, Permission.READ, Permission.KEYS));

    assertThat(key.may(Permission.KEYS)).isFalse();
    assertRefused(
        () -> key.must(Permission.KEYS),
        "Role 'viewer' may not do this; a key with a role that includes 'keys' is needed.");
  }

  @Test
  void createKey_moreThanTheMaker_isRefused() {
    Principal maker = holder(scoped(Role.ADMIN, Permission.READ, Permission.KEYS));

    assertRefused(
        () -> make(maker, new NewKey("k", Role.DEVELOPER, null)),
        maker.id() + " does not hold 'tasks:submit' and cannot pass it on; leave it out.");
    assertRefused(
        () -> make(maker, new NewKey("k", Role.ADMIN, null)),
        maker.id() + " does not hold 'tasks:submit' and cannot pass it on; leave it out.");
    Created made = make(maker, scoped(Role.ADMIN, Permission.READ, Permission.KEYS));
    assertThat(identity.authenticate(made.secret()).may(Permission.KILL)).isFalse();
    assertThat(make(maker, new NewKey("k", Role.VIEWER, null)).secret()).startsWith("aos_");
  }

  @Test
  void createKey_forAnAgent_asksOnlyForWhatAgentsHold() {
    Principal maker =
        holder(
            scoped(
                Role.ADMIN,
                Permission.READ,
                Permission.SUBMIT,
                Permission.CANCEL,
                Permission.KEYS));
    NewKey clerk = new NewKey("k", Role.DEVELOPER, null, new AgentId("shop", "clerk"));

    Principal agent = identity.authenticate(make(maker, clerk).secret());

    assertThat(agent.id()).isEqualTo("agent:shop.clerk/" + agent.key());
    assertRefused(
        () -> make(maker, new NewKey("k", Role.OPERATOR, null, new AgentId("shop", "clerk"))),
        maker.id() + " does not hold 'audit:read' and cannot pass it on; leave it out.");
  }

  @Test
  void createKey_outlivingTheMaker_isRefused() {
    Instant soon = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    Principal maker = holder(new NewKey("short", Role.ADMIN, soon));
    String why =
        "The key this is asked with expires at %s, and cannot make one that lives longer; give an earlier time."
            .formatted(soon);

    assertRefused(() -> make(maker, new NewKey("k", Role.VIEWER, null)), why);
    assertRefused(() -> make(maker, new NewKey("k", Role.VIEWER, soon.plusMillis(1))), why);
    assertThat(make(maker, new NewKey("k", Role.VIEWER, soon)).secret()).startsWith("aos_");
  }

  @Test
  void expiredAndRevokedKeys_areUnknownAtOnce() {
    Created expired =
        identity.createKey(
            TestStore.ACME, new NewKey("k", Role.VIEWER, Instant.now().minusSeconds(1)), "test");
    Created revoked =
        identity.createKey(TestStore.ACME, new NewKey("k", Role.VIEWER, null), "test");
    assertThat(identity.authenticate(revoked.secret()).role()).isEqualTo(Role.VIEWER);
    identity.revokeKey(TestStore.ACME, revoked.id(), "test");

    for (String secret : List.of(expired.secret(), revoked.secret(), "aos_", "", "x".repeat(74))) {
      assertThatThrownBy(() -> identity.authenticate(secret))
          .hasMessage(
              "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
    }
  }

  @Test
  void lastUse_isNotedBesideTheRequest() {
    Created key = identity.createKey(TestStore.ACME, new NewKey("used", Role.VIEWER, null), "test");
    assertThat(lastUse(key.id())).isNull();

    Instant end = Instant.now().plusSeconds(20);
    while (lastUse(key.id()) == null && Instant.now().isBefore(end)) {
      identity.authenticate(key.secret());
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }

    assertThat(lastUse(key.id())).isNotNull();
    KeyView shown = view(key.id());
    assertThat(shown.prefix()).isEqualTo("aos_" + key.id().toString().substring("key_".length()));
    assertThat(key.secret()).startsWith(shown.prefix() + "_");
  }

  private static @Nullable Instant lastUse(KeyId id) {
    return view(id).lastUsedAt();
  }

  private static KeyView view(KeyId id) {
    return identity.listKeys(TestStore.ACME, LAST, 100).stream()
        .filter(key -> key.id().equals(id.toString()))
        .findFirst()
        .orElseThrow();
  }
}
