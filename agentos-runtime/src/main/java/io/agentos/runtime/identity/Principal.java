package io.agentos.runtime.identity;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KeyId;
import io.agentos.api.Mandate;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request: a person, an agent, or whoever holds a key.
 *
 * @param name of the user or the key, for people to read
 * @param role of a person the user's, of the moment
 * @param reach how far it goes within its role
 */
public record Principal(TenantId tenant, Holder holder, String name, Role role, Reach reach) {

  /**
   * How far a principal goes within its role.
   *
   * @param until when its key expires, and so all that it may pass on; null for never
   */
  public record Reach(Scopes scopes, @Nullable Instant until) {
    /** All of the role, for good. */
    public static final Reach ALL = new Reach(Scopes.ALL, null);
  }

  /** The holder of a key that is no agent's and no user's. */
  public Principal(TenantId tenant, KeyId key, String name, Role role) {
    this(tenant, new Holder.Program(key), name, role, Reach.ALL);
  }

  /** The holder of a key: an agent's own where there is one. */
  public Principal(TenantId tenant, KeyId key, String name, Role role, @Nullable AgentId agent) {
    this(
        tenant,
        agent == null ? new Holder.Program(key) : new Holder.Agent(agent, key),
        name,
        role,
        Reach.ALL);
  }

  /**
   * The name in records, such as {@code user:usr_01h…}, {@code key:key_01h…} or {@code
   * agent:shop.clerk/key_01h…}. Two principals of one person have one name.
   */
  public String id() {
    return holder.id();
  }

  /** The key it came with; null in a session. */
  public @Nullable KeyId key() {
    return switch (holder) {
      case Holder.Person(_, KeyId key) -> key;
      case Holder.Program(KeyId key) -> key;
      case Holder.Agent(_, KeyId key) -> key;
    };
  }

  /** The user it is; empty for agents and for keys that are no user's. */
  public Optional<UserId> user() {
    return holder instanceof Holder.Person(UserId user, _) ? Optional.of(user) : Optional.empty();
  }

  /** The same as one who asks for a task, with what it holds now. */
  public Mandate.Grantor grantor() {
    KeyId key = key();
    return new Mandate.Grantor(
        id(),
        key == null ? null : key.toString(),
        role.text(),
        reach.scopes.areAll() ? null : reach.scopes.names());
  }

  /** Whether it may do this: role and scopes include it, and it is not kept from agents. */
  public boolean may(Permission permission) {
    return role.may(permission)
        && reach.scopes.include(permission)
        && !(holder instanceof Holder.Agent && permission.isForPeople());
  }

  /** Stops a request its role or scopes do not include, or that agents may not make. */
  public void must(Permission permission) {
    if (may(permission)) {
      return;
    }
    String what = permission.name().toLowerCase(Locale.ROOT);
    if (!role.may(permission)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Role '%s' may not do this; a key with a role that includes '%s' is needed."
              .formatted(role.text(), what));
    }
    if (holder instanceof Holder.Agent(AgentId agent, _)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "This is the key of agent %s, and agents never hold '%s', whatever their role; a person's key is needed."
              .formatted(agent, what));
    }
    throw new AgentOsException(
        ErrorCode.FORBIDDEN,
        "The scopes of this key leave out '%s'; a key with this scope is needed."
            .formatted(permission.scope()));
  }
}
