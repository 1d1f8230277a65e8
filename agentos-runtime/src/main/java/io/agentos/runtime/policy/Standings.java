package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.KeyId;
import io.agentos.api.Mandate.Grantor;
import io.agentos.api.Request;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Rights;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Scopes;
import io.agentos.runtime.policy.Situations.Moment;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How those on whose behalf a task runs stand at the moment of a decision: never with more than
 * they held when they asked, and with no more than they hold now. Nothing is remembered between two
 * decisions, so that a key that was revoked counts from the next one on.
 *
 * <p>Thread-safe.
 */
final class Standings {
  private static final String KEY = "key:";
  private static final String USER = "user:";
  private static final String AGENT = "agent:";

  private final @Nullable Database database;

  Standings(@Nullable Database database) {
    this.database = database;
  }

  /**
   * Somebody as they stand.
   *
   * @param rights null when they hold no role
   * @param ended why they may not ask for the task any more; empty when they may
   */
  private record Standing(String principal, @Nullable Rights rights, String ended) {}

  /** What the database says of a key or a user. */
  private record Found(@Nullable Rights rights, String ended) {}

  /**
   * The moments at which the rules are asked for a request: for the principal itself, with what the
   * whole line holds, and for each of the others and itself with what they hold alone.
   */
  List<Moment> of(Request request, Instant now) {
    List<Standing> line = line(request);
    Standing own = line.getLast();
    List<Moment> moments = new ArrayList<>();
    moments.add(moment(now, new Standing(own.principal, common(line), own.ended)));
    for (Standing standing : line) {
      Moment moment = moment(now, standing);
      if (!moments.contains(moment)) {
        moments.add(moment);
      }
    }
    return moments;
  }

  private static Moment moment(Instant now, Standing standing) {
    Rights rights = standing.rights;
    return new Moment(
        now,
        standing.principal,
        rights == null ? null : rights.role().text(),
        rights == null ? List.of() : rights.names(),
        standing.ended);
  }

  /** What all of a line hold; null when one of them holds no role. */
  private static @Nullable Rights common(List<Standing> line) {
    Rights common = line.getFirst().rights;
    for (Standing standing : line) {
      common = common == null || standing.rights == null ? null : common.and(standing.rights);
    }
    return common;
  }

  private List<Standing> line(Request request) {
    List<Grantor> grantors = request.mandate().grantors();
    Map<UUID, Found> found = database == null ? null : find(database, request.tenant(), grantors);
    List<Standing> line = new ArrayList<>(grantors.size());
    for (Grantor grantor : grantors) {
      Rights above = line.isEmpty() ? null : common(line);
      line.add(standing(grantor, found, above));
    }
    return line;
  }

  private static Standing standing(
      Grantor grantor, @Nullable Map<UUID, Found> found, @Nullable Rights above) {
    String principal = grantor.principal();
    if (isAgentAtWork(principal)) {
      return new Standing(principal, above == null ? null : above.ofAgents(), "");
    }
    Rights held = held(grantor);
    Optional<UUID> id = id(grantor);
    if (found == null || id.isEmpty()) {
      return new Standing(principal, held, "");
    }
    Found now = found.get(id.get());
    if (now == null) {
      return new Standing(principal, held, "%s is not there any more.".formatted(name(grantor)));
    }
    Rights rights = now.rights == null || held == null ? now.rights : now.rights.and(held);
    if (!now.ended.isEmpty()) {
      return new Standing(principal, rights, name(grantor) + now.ended);
    }
    return new Standing(
        principal,
        rights,
        rights == null || rights.include(Permission.SUBMIT)
            ? ""
            : "%s may no longer ask for tasks.".formatted(name(grantor)));
  }

  /** An agent that asks for a task below its own holds what it was given, and no key. */
  private static boolean isAgentAtWork(String principal) {
    return principal.startsWith(AGENT) && principal.indexOf('/') < 0;
  }

  private static String name(Grantor grantor) {
    return "%s, on whose behalf the task runs,".formatted(grantor.principal());
  }

  private static @Nullable Rights held(Grantor grantor) {
    String role = grantor.role();
    if (role == null) {
      return null;
    }
    List<String> scopes = grantor.scopes();
    return rights(Role.of(role), scopes == null ? Scopes.ALL : Scopes.some(scopes), grantor);
  }

  private static Rights rights(Role role, Scopes scopes, Grantor grantor) {
    Rights rights = new Rights(role, scopes);
    return grantor.principal().startsWith(AGENT) ? rights.ofAgents() : rights;
  }

  private static Map<UUID, Found> find(Database database, TenantId tenant, List<Grantor> grantors) {
    List<UUID> keys = ids(grantors, Standings::key);
    List<UUID> users = ids(grantors, grantor -> key(grantor).isPresent() ? none() : user(grantor));
    if (keys.isEmpty() && users.isEmpty()) {
      return Map.of();
    }
    return database.inTenant(
        tenant,
        tx -> {
          Map<UUID, Found> found = new HashMap<>();
          look(tx, tenant, PolicySql.KEYS, keys, row -> found.put(row.uuid("key_id"), key(row)));
          look(
              tx, tenant, PolicySql.USERS, users, row -> found.put(row.uuid("user_id"), user(row)));
          return found;
        });
  }

  private static void look(
      Tx tx, TenantId tenant, String sql, List<UUID> ids, Function<Row, @Nullable Found> put) {
    if (!ids.isEmpty()) {
      tx.query(sql, row -> put.apply(row) == null, tenant.value(), ids.toArray(UUID[]::new));
    }
  }

  private static Found key(Row row) {
    Role most = Role.of(row.text("role"));
    String ofUser = row.optionalText("user_role");
    Scopes scopes =
        row.optionalText("scopes") == null ? Scopes.ALL : Scopes.parse(row.texts("scopes"));
    Rights own = new Rights(most, scopes);
    Rights rights = ofUser == null ? own : new Rights(Role.of(ofUser), Scopes.some(own.names()));
    return new Found(
        row.optionalText("agent") == null ? rights : rights.ofAgents(),
        row.flag("revoked")
            ? " had its key revoked."
            : row.flag("expired")
                ? " came with a key that has expired."
                : row.flag("disabled") ? " was disabled." : "");
  }

  private static Found user(Row row) {
    return new Found(
        new Rights(Role.of(row.text("role"))), row.flag("disabled") ? " was disabled." : "");
  }

  private static List<UUID> ids(List<Grantor> grantors, Function<Grantor, Optional<UUID>> id) {
    return grantors.stream().map(id).flatMap(Optional::stream).distinct().toList();
  }

  private static Optional<UUID> id(Grantor grantor) {
    return key(grantor).or(() -> user(grantor));
  }

  private static Optional<UUID> none() {
    return Optional.empty();
  }

  private static Optional<UUID> key(Grantor grantor) {
    String shown = grantor.key();
    String principal = grantor.principal();
    if (shown == null && principal.startsWith(AGENT)) {
      shown = principal.substring(principal.indexOf('/') + 1);
    } else if (shown == null && principal.startsWith(KEY)) {
      shown = principal.substring(KEY.length());
    }
    return shown == null ? none() : parsed(shown, text -> KeyId.parse(text).value());
  }

  private static Optional<UUID> user(Grantor grantor) {
    return grantor.principal().startsWith(USER)
        ? parsed(grantor.principal().substring(USER.length()), text -> UserId.parse(text).value())
        : none();
  }

  private static Optional<UUID> parsed(String text, Function<String, UUID> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }
}
