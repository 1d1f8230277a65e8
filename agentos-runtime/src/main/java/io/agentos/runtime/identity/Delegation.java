package io.agentos.runtime.identity;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Identity.NewKey;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a principal may pass on: nothing that it does not hold itself. Thread-safe. */
final class Delegation {
  private Delegation() {}

  /** The key that {@code maker} may make of what it wants. */
  static NewKey checked(Tx tx, Principal maker, NewKey wanted) {
    NewKey key = owned(maker, wanted);
    mustHold(maker, key.role(), key.scopes(), key.agent() != null);
    mustEndInTime(maker, key.expiresAt());
    UserId user = key.user();
    if (user != null) {
      mustFit(tx, maker.tenant(), user, key);
    }
    return key;
  }

  /** Stops who would pass on a role it does not hold itself. */
  static void mustHold(Principal maker, Role role) {
    mustHold(maker, role, Scopes.ALL, false);
  }

  private static void mustHold(Principal maker, Role role, Scopes scopes, boolean agent) {
    for (Permission permission : scopes.permissions()) {
      boolean passedOn = role.may(permission) && !(agent && permission.isForPeople());
      if (passedOn && !maker.may(permission)) {
        throw new AgentOsException(
            ErrorCode.FORBIDDEN,
            "%s does not hold '%s' and cannot pass it on; leave it out."
                .formatted(maker.id(), permission.scope()));
      }
    }
  }

  private static void mustEndInTime(Principal maker, @Nullable Instant expiresAt) {
    Instant until = maker.reach().until();
    if (until != null && (expiresAt == null || expiresAt.isAfter(until))) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "The key this is asked with expires at %s, and cannot make one that lives longer; give an earlier time."
              .formatted(until));
    }
  }

  private static NewKey owned(Principal maker, NewKey key) {
    Optional<UserId> self = maker.user();
    if (key.user() == null) {
      return self.isPresent() && key.agent() == null ? key.of(self.get()) : key;
    }
    if (!self.equals(Optional.of(key.user())) && !maker.may(Permission.USERS)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "A key that acts as user %s is made by that user, or by who may set users."
              .formatted(key.user()));
    }
    return key;
  }

  private static void mustFit(Tx tx, TenantId tenant, UserId user, NewKey key) {
    Role role =
        tx.queryOne(
                IdentitySql.USER_ROLE,
                row -> Role.of(row.text("role")),
                tenant.value(),
                user.value())
            .orElseThrow(() ->
                AgentOsException.ofFields(
                    ErrorCode.INVALID_REQUEST,
                    "There is no user %s that could have a key.".formatted(user),
                    List.of(new AgentOsException.FieldError("user", "is no user"))));
    for (Permission permission : key.scopes().within(key.role()).permissions()) {
      if (!role.may(permission)) {
        throw new AgentOsException(
            ErrorCode.FORBIDDEN,
            "User %s has the role '%s', and its keys cannot have '%s'."
                .formatted(user, role.text(), permission.scope()));
      }
    }
  }
}
