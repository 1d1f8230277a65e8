package io.agentos.runtime.sessions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Ids;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.identity.Email;
import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.Sessions.Begun;
import io.agentos.runtime.sessions.Sessions.Method;
import io.agentos.runtime.sessions.Sessions.Open;
import io.agentos.runtime.sessions.Sessions.Person;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in, by password or by a link that works once. Who there is cannot be told from what
 * it answers, nor from how long it takes.
 *
 * <p>Thread-safe.
 */
public final class SignIn {
  /** How the credential in a link begins. */
  public static final String LINK_PREFIX = "aosl";

  private static final String WRONG = "The e-mail address or the password is wrong.";

  private final Database database;
  private final Audit audit;
  private final Passwords passwords;
  private final Users users;
  private final Sessions sessions;
  private final SignInLimits limits;
  private final SecondFactors factors;

  public SignIn(
      Database database,
      Audit audit,
      Passwords passwords,
      Users users,
      Sessions sessions,
      SecondFactors factors) {
    this.database = database;
    this.audit = audit;
    this.passwords = passwords;
    this.users = users;
    this.sessions = sessions;
    this.limits = new SignInLimits(database::inTenant);
    this.factors = factors;
  }

  /**
   * What somebody says it is.
   *
   * @param code of the second factor; null for none
   * @param address where the request comes from
   */
  public record Claim(
      String tenant, String email, String password, @Nullable String code, String address) {
    /** A claim without a code of a second factor. */
    public Claim(String tenant, String email, String password, String address) {
      this(tenant, email, password, null, address);
    }

    /** Hides the password and who it is. */
    @Override
    public String toString() {
      return "claim";
    }
  }

  /** A link that was just made. */
  public record Link(String secret, Instant expiresAt) {}

  private record Found(Person person, @Nullable String hash) {}

  /**
   * Signs in with a password.
   *
   * @throws AgentOsException UNAUTHENTICATED, the same whether the user is unknown or the password
   *     wrong; SECOND_FACTOR where a code is needed; RATE_LIMITED; OVERLOADED
   */
  public Begun withPassword(Claim claim) {
    String email = Email.of(claim.email).orElse(claim.email);
    SignInLimits.Try attempt = limits.account(claim.tenant, email, claim.address);
    Looked looked = look(claim.tenant, email);
    Found found = looked.found;
    boolean matches = passwords.matches(claim.password, found == null ? null : found.hash);
    if (!matches || found == null) {
      refused(looked);
      throw new AgentOsException(ErrorCode.UNAUTHENTICATED, WRONG);
    }
    TenantId tenant = found.person.tenant();
    attempt.passed();
    Person person = found.person;
    String upgraded = upgraded(claim.password, found);
    SecondFactors.Check check =
        factors.check(person.principal(), claim.code, Ids.next().toString(), false);
    Begun begun =
        database.inTenant(
            tenant,
            tx -> {
              check.pass(tx);
              if (upgraded != null) {
                tx.update(
                    SessionsSql.UPGRADE, upgraded, tenant.value(), person.id().value(), found.hash);
              }
              return sessions.begin(tx, person, Method.PASSWORD);
            });
    check.passed();
    return begun;
  }

  /** The hash at today's cost, where the stored one is older; null where it is not. */
  private @Nullable String upgraded(String password, Found found) {
    return found.hash != null && passwords.isOutdated(found.hash) ? passwords.hash(password) : null;
  }

  /**
   * What was found for a claim.
   *
   * @param tenant where a refusal is recorded: the tenant claimed, or the owner where there is none
   */
  private record Looked(TenantId tenant, @Nullable Found found) {}

  private Looked look(String tenant, String email) {
    if (!TenantId.isName(tenant)) {
      return new Looked(TenantId.DEFAULT, null);
    }
    TenantId claimed = new TenantId(tenant);
    Row.Reader<Looked> reader =
        row ->
            new Looked(claimed, row.optionalUuid("user_id") == null ? null : found(claimed, row));
    return database
        .inTenant(claimed, tx -> tx.queryOne(SessionsSql.BY_EMAIL, reader, email, tenant))
        .orElseGet(() -> new Looked(TenantId.DEFAULT, null));
  }

  private void refused(Looked looked) {
    String subject = looked.found == null ? "unknown" : looked.found.person.id().toString();
    AuditEntry entry =
        new AuditEntry(
            looked.tenant,
            "session.refused",
            "nobody",
            subject,
            Map.of("method", Method.PASSWORD.text()));
    database.inTenantDo(looked.tenant, tx -> audit.append(tx, List.of(entry)));
  }

  /**
   * Makes a link that signs a user in once. Links made before it end.
   *
   * @throws AgentOsException NOT_FOUND for a user that is not there or is disabled
   */
  public Link link(Tx tx, Principal by, UserId user, Duration life) {
    return link(tx, by.tenant(), user, new Offer(life, by.id()));
  }

  /**
   * How long a link works, and who made it.
   *
   * @param by as it stands in records
   */
  public record Offer(Duration life, String by) {}

  /** The same for the installation itself. */
  public Link link(Tx tx, TenantId tenant, UserId user, Offer offer) {
    if (tx.queryOne(SessionsSql.BY_ID, row -> true, tenant.value(), user.value()).isEmpty()) {
      throw new AgentOsException(
          ErrorCode.NOT_FOUND, "There is no user %s who may sign in.".formatted(user));
    }
    Credential credential = Credential.of(LINK_PREFIX, Ids.next());
    tx.update(SessionsSql.END_LINKS, tenant.value(), user.value());
    Instant expiresAt =
        tx.queryOne(
                SessionsSql.MAKE_LINK,
                row -> row.instant("expires_at"),
                tenant.value(),
                credential.id(),
                user.value(),
                credential.hash(),
                Math.toIntExact(offer.life.toSeconds()))
            .orElseThrow();
    audit.append(
        tx, List.of(new AuditEntry(tenant, "user.linked", offer.by, user.toString(), Map.of())));
    return new Link(credential.secret(), expiresAt);
  }

  /**
   * Signs in with a link, which does not work again.
   *
   * @throws AgentOsException UNAUTHENTICATED for one that is unknown, was used or has expired;
   *     RATE_LIMITED
   */
  public Begun withLink(String secret, String address) {
    SignInLimits.Try attempt = limits.address(address);
    Credential credential = Credential.parse(LINK_PREFIX, secret).orElseThrow(SignIn::unknownLink);
    TenantId tenant =
        database
            .inEngine(tx ->
                tx.queryOne(
                    SessionsSql.LINK_TENANT,
                    row -> new TenantId(row.text("tenant_id")),
                    credential.id()))
            .orElseThrow(SignIn::unknownLink);
    Begun begun =
        database.inTenant(
            tenant,
            tx -> {
              UUID user =
                  tx.queryOne(
                          SessionsSql.USE_LINK,
                          row -> row.uuid("user_id"),
                          tenant.value(),
                          credential.id(),
                          credential.hash())
                      .orElseThrow(SignIn::unknownLink);
              Found found =
                  tx.queryOne(SessionsSql.BY_ID, row -> found(tenant, row), tenant.value(), user)
                      .orElseThrow(SignIn::unknownLink);
              return sessions.begin(tx, found.person, Method.LINK);
            });
    attempt.passed();
    return begun;
  }

  /**
   * Sets the own password of who is signed in, ends all its sessions and begins one.
   *
   * @param current the password so far; not needed shortly after a link, nor where there was none
   * @throws AgentOsException UNAUTHENTICATED when {@code current} is wrong; INVALID_REQUEST for a
   *     password that is easy to guess; RATE_LIMITED
   */
  public Begun changePassword(Open session, @Nullable String current, String password) {
    TenantId tenant = session.principal().tenant();
    UserId id = session.principal().user().orElseThrow();
    Users.User user = database.inTenant(tenant, tx -> users.one(tx, tenant, id));
    Passwords.mustBeFit(password, user.email());
    if (user.password() && !session.byFreshLink()) {
      mustKnow(tenant, user, current == null ? "" : current);
    }
    String hash = passwords.hash(password);
    return database.inTenant(
        tenant,
        tx -> {
          users.setPassword(tx, tenant, id, hash, session.principal().id());
          return sessions.beginAgain(tx, session.principal(), session.method());
        });
  }

  private void mustKnow(TenantId tenant, Users.User user, String current) {
    SignInLimits.Try attempt = limits.code(tenant, "password:" + user.id());
    UUID id = UserId.parse(user.id()).value();
    Optional<Found> found =
        database.inTenant(
            tenant,
            tx -> tx.queryOne(SessionsSql.BY_ID, row -> found(tenant, row), tenant.value(), id));
    if (!passwords.matches(current, found.map(Found::hash).orElse(null))) {
      throw new AgentOsException(ErrorCode.UNAUTHENTICATED, "The current password is wrong.");
    }
    attempt.passed();
  }

  private static Found found(TenantId tenant, Row row) {
    return new Found(
        new Person(
            tenant, new UserId(row.uuid("user_id")), row.text("name"), Role.of(row.text("role"))),
        row.optionalText("password"));
  }

  private static AgentOsException unknownLink() {
    return new AgentOsException(
        ErrorCode.UNAUTHENTICATED,
        "The link was used, has expired or is not one of this server; ask for another.");
  }
}
