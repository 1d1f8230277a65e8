package io.agentos.runtime.sessions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.identity.Email;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.identity.Users.NewUser;
import io.agentos.runtime.sessions.Sessions.Begun;
import io.agentos.runtime.sessions.Sessions.Method;
import io.agentos.runtime.sessions.Sessions.Person;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in whom an OpenID provider knows. A flow is bound to the browser that began it, and
 * ends with the first answer; who comes back is known by issuer and subject, and the first time by
 * its verified e-mail address.
 *
 * <p>Thread-safe.
 */
public final class ProviderSignIn {
  /** How long a browser may stay at the provider. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final TenantId OWNER = TenantId.DEFAULT;
  private static final String PLACE = "oidc-flow";
  private static final int OPEN_MAX = 10_000;
  private static final int COOKIE_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Audit audit;
  private final Vault vault;
  private final Users users;
  private final Sessions sessions;

  public ProviderSignIn(
      Database database, Audit audit, Vault vault, Users users, Sessions sessions) {
    this.database = database;
    this.audit = audit;
    this.vault = vault;
    this.users = users;
    this.sessions = sessions;
  }

  /**
   * Who a provider says somebody is, and what the configuration makes of it.
   *
   * @param email empty where it is not verified
   * @param role what the provider's word gives; null where it gives none, so that only users who
   *     are there come in
   */
  public record Asserted(
      String issuer,
      String subject,
      String email,
      String name,
      String tenant,
      @Nullable Role role) {}

  private record Found(Person person, @Nullable String issuer, boolean disabled) {}

  /**
   * Keeps what is needed when the browser comes back.
   *
   * @return the value of the cookie that binds the flow to the browser
   * @throws AgentOsException OVERLOADED while too many are under way
   */
  public String begin(String state, String secrets) {
    byte[] random = new byte[COOKIE_BYTES];
    RANDOM.nextBytes(random);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    byte[] sealed = vault.seal(OWNER, PLACE, secrets.getBytes(StandardCharsets.UTF_8));
    database.inTenantDo(
        OWNER,
        tx -> {
          tx.update(ProviderSql.SWEEP, OWNER.value());
          int open = tx.queryOne(ProviderSql.OPEN, row -> row.number("n"), OWNER.value()).orElse(0);
          if (open >= OPEN_MAX) {
            throw new AgentOsException(
                ErrorCode.OVERLOADED, "Too many people sign in at once; try again.");
          }
          tx.update(
              ProviderSql.BEGIN,
              OWNER.value(),
              Credential.sha256(cookie),
              Credential.sha256(state),
              sealed,
              Math.toIntExact(LIFE.toSeconds()));
        });
    return cookie;
  }

  /**
   * What was kept for a browser that comes back; it is gone with that, whatever comes of it. Empty
   * where the browser did not begin it, the state is another, or it took too long.
   */
  public Optional<String> take(String cookie, String state) {
    byte[] expected = Credential.sha256(state);
    return database.inTenant(
        OWNER,
        tx ->
            tx.queryOne(
                    ProviderSql.TAKE,
                    row ->
                        row.flag("in_time") && MessageDigest.isEqual(row.bytes("state"), expected)
                            ? row.bytes("sealed")
                            : new byte[0],
                    OWNER.value(),
                    Credential.sha256(cookie))
                .filter(sealed -> sealed.length > 0)
                .map(sealed ->
                    new String(vault.open(OWNER, PLACE, sealed), StandardCharsets.UTF_8)));
  }

  /**
   * Begins a session for who the provider says somebody is.
   *
   * @throws AgentOsException UNAUTHENTICATED for who is not to come in
   */
  public Begun enter(Asserted who) {
    if (!TenantId.isName(who.tenant)) {
      throw unknown();
    }
    TenantId tenant = new TenantId(who.tenant);
    return database.inTenant(
        tenant,
        tx -> {
          if (tx.queryOne(ProviderSql.TENANT, row -> true, tenant.value()).isEmpty()) {
            throw unknown();
          }
          Found found = bySubject(tx, tenant, who).orElseGet(() -> byEmail(tx, tenant, who));
          if (found.disabled) {
            throw unknown();
          }
          return sessions.begin(tx, ranked(tx, found.person, who), Method.OIDC);
        });
  }

  /** Records that somebody came back and was not let in. */
  public void refused() {
    AuditEntry entry =
        new AuditEntry(
            OWNER, "session.refused", "nobody", "unknown", Map.of("method", Method.OIDC.text()));
    database.inTenantDo(OWNER, tx -> audit.append(tx, List.of(entry)));
  }

  private static Optional<Found> bySubject(Tx tx, TenantId tenant, Asserted who) {
    return tx.queryOne(
        ProviderSql.BY_SUBJECT, row -> found(tenant, row), tenant.value(), who.issuer, who.subject);
  }

  /** The first time; somebody who is another one at the provider already is not taken over. */
  private Found byEmail(Tx tx, TenantId tenant, Asserted who) {
    String email = Email.of(who.email).orElseThrow(ProviderSignIn::unknown);
    Optional<Found> there =
        tx.queryOne(ProviderSql.BY_EMAIL, row -> found(tenant, row), tenant.value(), email);
    if (there.isEmpty() && who.role == null) {
      throw unknown();
    }
    if (there.isPresent() && (there.get().issuer != null || there.get().disabled)) {
      throw unknown();
    }
    UserId id = there.isPresent() ? there.get().person.id() : made(tx, tenant, email, who);
    if (tx.update(ProviderSql.LINK, who.issuer, who.subject, tenant.value(), id.value()) == 0) {
      throw unknown();
    }
    return bySubject(tx, tenant, who).orElseThrow(ProviderSignIn::unknown);
  }

  private UserId made(Tx tx, TenantId tenant, String email, Asserted who) {
    Role role = who.role;
    if (role == null) {
      throw unknown();
    }
    String name = who.name.isBlank() ? email : who.name;
    NewUser user = new NewUser(email, name.substring(0, Math.min(200, name.length())), role);
    return UserId.parse(users.create(tx, tenant, user, "oidc").id());
  }

  /** The provider's word on a role holds from each sign-in on. */
  private Person ranked(Tx tx, Person person, Asserted who) {
    Role role = who.role;
    if (role == null || role == person.role()) {
      return person;
    }
    String tenant = person.tenant().value();
    tx.update(ProviderSql.SET_ROLE, role.text(), tenant, person.id().value(), role.text());
    audit.append(
        tx,
        List.of(
            new AuditEntry(
                person.tenant(),
                "user.changed",
                "oidc",
                person.id().toString(),
                Map.of("role", role.text(), "role_before", person.role().text()))));
    return new Person(person.tenant(), person.id(), person.name(), role);
  }

  private static Found found(TenantId tenant, Row row) {
    return new Found(
        new Person(
            tenant, new UserId(row.uuid("user_id")), row.text("name"), Role.of(row.text("role"))),
        row.optionalText("issuer"),
        row.optionalInstant("disabled_at") != null);
  }

  private static AgentOsException unknown() {
    return new AgentOsException(
        ErrorCode.UNAUTHENTICATED,
        "The provider knows you, and this installation does not; ask an administrator to let you in.");
  }
}
