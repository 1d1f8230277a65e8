package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users of tenants. They are disabled and never deleted, because records name them; their
 * sessions and own keys end with it from the next request on.
 *
 * <p>Thread-safe.
 */
public final class Users {
  private final Audit audit;

  public Users(Audit audit) {
    this.audit = audit;
  }

  /**
   * A user as it is listed.
   *
   * @param password whether it can sign in with one
   * @param provider the OpenID provider it signs in at; null for none
   * @param secondFactor whether it has confirmed one
   */
  public record User(
      String id,
      String email,
      String name,
      String role,
      boolean password,
      @Nullable String provider,
      boolean secondFactor,
      Instant createdAt,
      @Nullable Instant disabledAt) {}

  /** Whom to make; {@code email} as {@link Email#of} gives it. */
  public record NewUser(String email, String name, Role role) {}

  /** What to change; null for what stays. */
  public record Change(@Nullable String name, @Nullable Role role, @Nullable Boolean disabled) {}

  /**
   * Makes a user on behalf of somebody.
   *
   * @throws AgentOsException FORBIDDEN for a role that the maker does not hold itself; CONFLICT
   *     where there is a user with this e-mail address
   */
  public User create(Tx tx, Principal maker, NewUser user) {
    Delegation.mustHold(maker, user.role());
    return create(tx, maker.tenant(), user, maker.id());
  }

  /** Makes a user that nobody's rights bound: for the installation, or as a provider says. */
  public User create(Tx tx, TenantId tenant, NewUser user, String by) {
    UserId id = UserId.next();
    if (tx.update(
            UsersSql.CREATE,
            tenant.value(),
            id.value(),
            user.email(),
            user.name(),
            user.role().text())
        == 0) {
      throw new AgentOsException(
          ErrorCode.CONFLICT, "There is a user with this e-mail address already.");
    }
    record(tx, tenant, by, new Happened("user.created", id, Map.of("role", user.role().text())));
    return one(tx, tenant, id);
  }

  /** Users made before {@code before}, newest first. */
  public List<User> list(Tx tx, TenantId tenant, UUID before, int limit) {
    return tx.query(UsersSql.LIST, Users::user, tenant.value(), before, limit);
  }

  /** One user; NOT_FOUND when the tenant has none of this id. */
  public User one(Tx tx, TenantId tenant, UserId id) {
    return tx.queryOne(UsersSql.ONE, Users::user, tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no user " + id + "."));
  }

  /** The user of an e-mail address. */
  public Optional<User> ofEmail(Tx tx, TenantId tenant, String email) {
    return tx.queryOne(UsersSql.OF_EMAIL, Users::user, tenant.value(), email);
  }

  /**
   * Changes a user. Disabling one ends its sessions and links.
   *
   * @throws AgentOsException NOT_FOUND; FORBIDDEN when the user holds, or would hold, what who asks
   *     does not; CONFLICT for taking one's own role or access, which could leave nobody
   */
  public User change(Tx tx, Principal by, UserId id, Change change) {
    User before = one(tx, by.tenant(), id);
    Delegation.mustHold(by, Role.of(before.role()));
    if (change.role() != null) {
      Delegation.mustHold(by, change.role());
    }
    boolean self = by.user().equals(Optional.of(id));
    if (self && (change.role() != null || Boolean.TRUE.equals(change.disabled()))) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Users do not change their own role or access; another one with the permission must.");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    if (change.name() != null && !change.name().equals(before.name())) {
      tx.update(UsersSql.RENAME, change.name(), by.tenant().value(), id.value());
      facts.put("name", "changed");
    }
    if (change.role() != null && !change.role().text().equals(before.role())) {
      tx.update(UsersSql.SET_ROLE, change.role().text(), by.tenant().value(), id.value());
      facts.put("role", change.role().text());
      facts.put("role_before", before.role());
    }
    if (change.disabled() != null && change.disabled() == (before.disabledAt() == null)) {
      tx.update(UsersSql.SET_DISABLED, change.disabled(), by.tenant().value(), id.value());
      facts.put("disabled", change.disabled().toString());
      if (change.disabled()) {
        endSessions(tx, by.tenant(), id);
      }
    }
    if (!facts.isEmpty()) {
      record(tx, by.tenant(), by.id(), new Happened("user.changed", id, facts));
    }
    return one(tx, by.tenant(), id);
  }

  /** Stops who may not act on a user: who holds less than the user does. */
  public User mustBeWithin(Tx tx, Principal by, UserId id) {
    User user = one(tx, by.tenant(), id);
    Delegation.mustHold(by, Role.of(user.role()));
    return user;
  }

  /** Sets the hash of a user's password, and ends its sessions and links. */
  public void setPassword(Tx tx, TenantId tenant, UserId id, String hash, String by) {
    tx.update(UsersSql.SET_PASSWORD, hash, tenant.value(), id.value());
    endSessions(tx, tenant, id);
    record(tx, tenant, by, new Happened("user.password", id, Map.of()));
  }

  /** Ends all sessions and links of a user. */
  public void endSessions(Tx tx, TenantId tenant, UserId id) {
    tx.update(UsersSql.END_SESSIONS, tenant.value(), id.value());
    tx.update(UsersSql.END_LINKS, tenant.value(), id.value());
  }

  /** Something that happened to a user. */
  private record Happened(String type, UserId user, Map<String, String> facts) {}

  private void record(Tx tx, TenantId tenant, String by, Happened happened) {
    audit.append(
        tx,
        List.of(
            new AuditEntry(tenant, happened.type, by, happened.user.toString(), happened.facts)));
  }

  private static User user(Row row) {
    return new User(
        new UserId(row.uuid("user_id")).toString(),
        row.text("email"),
        row.text("name"),
        row.text("role"),
        row.flag("has_password"),
        row.optionalText("issuer"),
        row.flag("has_factor"),
        row.instant("created_at"),
        row.optionalInstant("disabled_at"));
  }
}
