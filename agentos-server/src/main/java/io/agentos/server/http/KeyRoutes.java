package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.KeyId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Identity.Created;
import io.agentos.runtime.identity.Identity.KeyView;
import io.agentos.runtime.identity.Identity.NewKey;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Scopes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of API keys. Thread-safe. */
final class KeyRoutes {
  private static final Cursor<UUID> KEYS = Cursor.ofIds("keys");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final int NAME_LENGTH_MAX = 200;
  private static final int AGENT_LENGTH_MAX = 127;
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::text).toList();

  private final Identity identity;
  private final Idempotent idempotent;
  private final InstantSource clock;

  KeyRoutes(HttpServices services, Idempotent idempotent) {
    this.identity = services.identity();
    this.idempotent = idempotent;
    this.clock = services.clock();
  }

  /**
   * A key that was made.
   *
   * @param secret null in a repeated answer: it is shown once and stored nowhere
   */
  record Made(
      String id,
      String name,
      String role,
      @Nullable String agent,
      @Nullable String user,
      @Nullable List<String> scopes,
      @Nullable Instant expiresAt,
      @Nullable String secret) {
    static Made of(NewKey key, Created created, @Nullable String secret) {
      return new Made(
          created.id().toString(),
          key.name(),
          key.role().text(),
          key.agent() == null ? null : key.agent().toString(),
          created.user() == null ? null : created.user().toString(),
          key.scopes().areAll() ? null : key.scopes().names(),
          key.expiresAt(),
          secret);
    }
  }

  List<Route> routes() {
    Access keys = new Access.Needs(Permission.KEYS);
    return List.of(
        new Route("GET", "/v1/keys", keys, this::list),
        new Route("POST", "/v1/keys", keys, this::create),
        new Route("DELETE", "/v1/keys/{id}", keys, this::revoke));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(KEYS).orElse(LAST);
    query.check();
    List<KeyView> found = identity.listKeys(call.tenant(), before, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, key -> key, key -> KEYS.encode(KeyId.parse(key.id()).value())));
  }

  private Answer create(Call call) {
    Supplier<NewKey> prepared = Idempotent.prepared(() -> read(call.body()));
    return idempotent.tellOnce(
        call,
        201,
        tx -> {
          NewKey key = prepared.get();
          Created created = identity.createKey(tx, call.principal(), key);
          return new Idempotent.ToldOnce(
              Made.of(key, created, created.secret()), Made.of(key, created, null));
        });
  }

  private NewKey read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        body.fields(problems, "name", "role", "agent", "user", "scopes", "expires_at");
    Optional<String> name = fields.requiredText("name", NAME_LENGTH_MAX);
    fields.require("role");
    Optional<Role> role = fields.choice("role", ROLES).map(Role::of);
    Optional<Instant> expiresAt = fields.time("expires_at");
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
      fields.problem("expires_at", "must lie in the future");
    }
    AgentId agent = fields.text("agent", AGENT_LENGTH_MAX).map(t -> agent(fields, t)).orElse(null);
    UserId user = fields.text("user", NAME_LENGTH_MAX).map(t -> user(fields, t)).orElse(null);
    Scopes scopes = scopes(fields);
    if (agent != null && user != null) {
      fields.problem("user", "must be absent for the key of an agent");
    }
    problems.throwIfAny();
    return new NewKey(
        name.orElseThrow(), role.orElseThrow(), expiresAt.orElse(null), agent, user, scopes);
  }

  private static Scopes scopes(RequestFields fields) {
    Optional<JsonNode> given = fields.value("scopes");
    if (given.isEmpty()) {
      return Scopes.ALL;
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    if (given.get().isArray()) {
      for (JsonNode each : given.get()) {
        Permission.ofScope(each.asString("")).ifPresent(permissions::add);
      }
    }
    if (permissions.isEmpty() || permissions.size() != given.get().size()) {
      fields.problem(
          "scopes",
          "must be an array of different ones of " + String.join(", ", Scopes.ALL.names()));
      return Scopes.ALL;
    }
    return Scopes.of(permissions);
  }

  private static @Nullable UserId user(RequestFields fields, String text) {
    try {
      return UserId.parse(text);
    } catch (AgentOsException e) {
      fields.problem("user", "must be the id of a user, such as usr_01jd3k5m6n7p8q9r0s1t2v3w4x");
      return null;
    }
  }

  private static @Nullable AgentId agent(RequestFields fields, String text) {
    try {
      return AgentId.parse(text);
    } catch (AgentOsException e) {
      fields.problem("agent", "must be PACK.AGENT, such as supabase.rls-auditor");
      return null;
    }
  }

  private Answer revoke(Call call) {
    call.parameters().check();
    identity.revokeKey(call.tenant(), KeyId.parse(call.id()), call.principal().id());
    return Answer.empty();
  }
}
