package io.agentos.runtime.sessions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Ids;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.identity.Holder;
import io.agentos.runtime.identity.LastUse;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The sessions of people. What a browser holds is a credential of which only the hash is stored; a
 * session ends after some time without use, after some time at all, with its user's sign-out, and
 * with a change of the user's password or access, each from the next request on.
 *
 * <p>Thread-safe.
 */
public final class Sessions {
  /** How the credential of a session begins. */
  public static final String PREFIX = "aoss";

  /** The most sessions a user has at once; the oldest gives way. */
  static final int OPEN_MAX = 20;

  /** How long after a link somebody may set a password without knowing the old one. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private final Database database;
  private final Audit audit;
  private final Settings settings;
  private final LastUse lastUse;

  /**
   * How long sessions last.
   *
   * @param idle without use; counted to the minute
   * @param most at all
   */
  public record Settings(Duration idle, Duration most) {
    /** Half an hour without use, half a day at all (OWASP's Session Management Cheat Sheet). */
    public static final Settings USUAL = new Settings(Duration.ofMinutes(30), Duration.ofHours(12));
  }

  /** How somebody signed in. */
  public enum Method {
    PASSWORD,
    LINK,
    OIDC;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Sessions(Database database, Audit audit, Settings settings) {
    this.database = database;
    this.audit = audit;
    this.settings = settings;
    this.lastUse = new LastUse(database);
  }

  /** A session that just began. Its secret is told to the browser and to nobody else. */
  public record Begun(Principal principal, String secret, Instant expiresAt) {}

  /**
   * A session that goes on.
   *
   * @param byFreshLink whether it began with a link a short while ago
   */
  public record Open(
      UUID id, Principal principal, Method method, boolean byFreshLink, Instant expiresAt) {}

  /** Who signs in. */
  record Person(TenantId tenant, UserId id, String name, Role role) {
    Principal principal() {
      return new Principal(tenant, new Holder.Person(id, null), name, role, Principal.Reach.ALL);
    }
  }

  /** Begins a session with a new credential, whatever the browser held before. */
  Begun begin(Tx tx, Person person, Method method) {
    String tenant = person.tenant.value();
    Credential credential = Credential.of(PREFIX, Ids.next());
    tx.update(SessionsSql.SWEEP, tenant);
    tx.update(SessionsSql.END_OLDEST, tenant, tenant, person.id.value(), OPEN_MAX - 1);
    Instant expiresAt =
        tx.queryOne(
                SessionsSql.BEGIN,
                row -> row.instant("expires_at"),
                tenant,
                credential.id(),
                person.id.value(),
                credential.hash(),
                method.text(),
                Math.toIntExact(settings.most.toSeconds()))
            .orElseThrow();
    Principal principal = person.principal();
    record(tx, principal, "session.started", Map.of("method", method.text()));
    return new Begun(principal, credential.secret(), expiresAt);
  }

  /** Begins a session for who is signed in already, such as after a change of its password. */
  public Begun beginAgain(Tx tx, Principal principal, Method method) {
    return begin(
        tx,
        new Person(
            principal.tenant(), principal.user().orElseThrow(), principal.name(), principal.role()),
        method);
  }

  /**
   * The session of a credential.
   *
   * @param first on connections kept for orders to stop
   * @throws AgentOsException UNAUTHENTICATED; the same for unknown, ended and expired sessions
   */
  public Open find(String secret, boolean first) {
    Credential credential = Credential.parse(PREFIX, secret).orElseThrow(Sessions::unknownSession);
    Function<Tx, Optional<Known>> find =
        tx ->
            tx.queryOne(
                SessionsSql.FIND,
                row -> known(credential.id(), row),
                (int) FRESH.toSeconds(),
                credential.id(),
                credential.hash(),
                Math.toIntExact(settings.idle.toSeconds()));
    Known known =
        (first ? database.inControlOfAll(find) : database.inEngine(find))
            .orElseThrow(Sessions::unknownSession);
    if (known.unnoted && !first) {
      lastUse.note(tx -> tx.update(SessionsSql.SEEN, credential.id()));
    }
    return known.session;
  }

  /** Ends a session; one that is unknown has ended already. */
  public void end(String secret) {
    Open session;
    try {
      session = find(secret, false);
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.UNAUTHENTICATED) {
        return;
      }
      throw e;
    }
    TenantId tenant = session.principal().tenant();
    database.inTenantDo(
        tenant,
        tx -> {
          if (tx.update(SessionsSql.END, tenant.value(), session.id()) == 1) {
            record(tx, session.principal(), "session.ended", Map.of());
          }
        });
  }

  private record Known(Open session, boolean unnoted) {}

  private static Known known(UUID id, Row row) {
    Person person =
        new Person(
            new TenantId(row.text("tenant_id")),
            new UserId(row.uuid("user_id")),
            row.text("name"),
            Role.of(row.text("role")));
    Method method = Method.valueOf(row.text("method").toUpperCase(Locale.ROOT));
    return new Known(
        new Open(
            id,
            person.principal(),
            method,
            method == Method.LINK && row.flag("fresh"),
            row.instant("expires_at")),
        row.flag("unnoted"));
  }

  private void record(Tx tx, Principal who, String type, Map<String, String> facts) {
    String subject = who.user().orElseThrow().toString();
    audit.append(tx, List.of(new AuditEntry(who.tenant(), type, who.id(), subject, facts)));
  }

  private static AgentOsException unknownSession() {
    return new AgentOsException(
        ErrorCode.UNAUTHENTICATED, "The session has ended or is unknown; sign in again.");
  }
}
