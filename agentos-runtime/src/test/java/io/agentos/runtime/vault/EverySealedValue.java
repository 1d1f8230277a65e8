package io.agentos.runtime.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.identity.Holder;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.redaction.Counts;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.retention.Hold;
import io.agentos.runtime.retention.HoldScope;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.secrets.KnownSecrets;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.sessions.Sessions;
import io.agentos.runtime.webhooks.Endpoints;
import io.agentos.runtime.webhooks.Inbound;
import io.agentos.runtime.webhooks.Scheme;
import io.agentos.runtime.webhooks.SourceSettings;
import io.agentos.runtime.webhooks.Sources;
import io.agentos.runtime.webhooks.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One value at least of every kind that the vault seals, made and read as the product does it. */
final class EverySealedValue {
  private static final String TEXT = "the crane wades at lock nine";
  private static final UUID LAST = new UUID(-1L, -1L);

  private final TestStore store;
  private final TenantId tenant;
  private final TaskId task = TaskId.next();
  private final Principal person;
  private final Sources.Made source;
  private final String cookie;
  private final String sample;
  private final byte[] sealed;

  /** Makes them for a tenant. */
  EverySealedValue(TestStore store, Vault vault, TenantId tenant) {
    this.store = store;
    this.tenant = tenant;
    new Identity(store.database(), store.audit()).createTenant(TenantId.DEFAULT);
    DataKeys keys = new DataKeys(vault);
    this.sealed =
        in(tx -> keys.toExtend(tx, tenant).create(tx, task, null, null)).seal("task.output", TEXT);
    this.person = person(store, tenant);
    factors(vault).begin(person);
    this.cookie = signIn(vault).begin("state-" + tenant, TEXT);
    this.sample = sample(vault);
    Webhooks webhooks = webhooks(vault);
    SourceSettings settings =
        new SourceSettings(null, null, null, null, null, null, null, "crane", 5, null);
    this.source =
        in(tx ->
            webhooks
                .sources()
                .create(
                    tx,
                    tenant,
                    new Sources.NewSource(
                        "cranes", Scheme.GITHUB, settings, "a-secret-of-the-sender"),
                    "key:test"));
    in(tx ->
        webhooks
            .endpoints()
            .create(
                tx,
                tenant,
                new Endpoints.NewEndpoint("https://crane.example/", "", List.of("*"), "ids"),
                "key:test"));
    Secrets secrets = new Secrets(store.database(), vault, store.audit());
    for (int i = 0; i < 5; i++) {
      String name = "crane-" + i;
      in(tx ->
          secrets.create(
              tx,
              tenant,
              name,
              TEXT + name,
              new Secrets.About("", SecretAllowance.NONE, false),
              "key:test"));
    }
    in(tx -> secrets.rotate(tx, tenant, "crane-0", TEXT, Duration.ofHours(1), "key:test"));
    in(tx ->
        holds(vault)
            .place(tx, tenant, new Hold.Order(HoldScope.SUBJECT, TEXT, "because", "key:test")));
  }

  /** Reads every value, or fails. */
  void mustOpen(Vault vault) {
    assertThat(
            in(tx -> new DataKeys(vault).in(tx, tenant).one(tx, task, task.value()).orElseThrow())
                .open("task.output", sealed))
        .isEqualTo(TEXT);
    assertThatThrownBy(() -> factors(vault).confirm(person, "0"))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECOND_FACTOR));
    assertThat(sample(vault)).isEqualTo(sample);
    webhooks(vault).hooks().receive(source.id().toString(), delivery());
    assertThat(new Secrets(store.database(), vault, store.audit()).list(tenant, "", 10)).hasSize(5);
    assertThat(new KnownSecrets(store.database(), vault).of(tenant)).isNotEqualTo(KnownValues.NONE);
    assertThat(holds(vault).list(tenant, true, LAST, 10).getFirst().target()).isEqualTo(TEXT);
  }

  /** Reads the sign-in under way, which it ends. */
  void signInMustOpen(Vault vault) {
    assertThat(signIn(vault).take(cookie, "state-" + tenant)).hasValue(TEXT);
  }

  private <T> T in(java.util.function.Function<io.agentos.runtime.store.Tx, T> work) {
    return store.database().inTenant(tenant, work);
  }

  private static Principal person(TestStore store, TenantId tenant) {
    Users users = new Users(store.audit());
    UserId user =
        store
            .database()
            .inTenant(
                tenant,
                tx ->
                    UserId.parse(
                        users
                            .create(
                                tx,
                                tenant,
                                new Users.NewUser("ann@crane.example", "Ann", Role.ADMIN),
                                "test")
                            .id()));
    return new Principal(
        tenant, new Holder.Person(user, null), "Ann", Role.ADMIN, Principal.Reach.ALL);
  }

  private SecondFactors factors(Vault vault) {
    return new SecondFactors(store.database(), store.audit(), vault);
  }

  private ProviderSignIn signIn(Vault vault) {
    return new ProviderSignIn(
        store.database(),
        store.audit(),
        vault,
        new Users(store.audit()),
        new Sessions(store.database(), store.audit(), Sessions.Settings.USUAL));
  }

  private Holds holds(Vault vault) {
    return new Holds(store.database(), vault, new DataKeys(vault), store.audit());
  }

  private Webhooks webhooks(Vault vault) {
    return new Webhooks(
        store.database(),
        store.audit(),
        vault,
        new EgressGuard(List.<EgressRule>of()),
        (tx, request) -> {});
  }

  private String sample(Vault vault) {
    Privacy privacy = new Privacy(store.database(), vault, _ -> KnownValues.NONE);
    return privacy.current(tenant).digest()
        + privacy.sample(tenant, new AgentId("shop", "clerk"), "a plain text", new Counts());
  }

  private static Inbound delivery() {
    byte[] body = "{\"seen\":\"%s\"}".formatted(Instant.now()).getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              "a-secret-of-the-sender".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      Map<String, String> headers =
          Map.of("x-hub-signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
      return new Inbound(name -> headers.get(name.toLowerCase(java.util.Locale.ROOT)), "", body);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
