package io.agentos.server.http;

import io.agentos.api.GrantId;
import io.agentos.runtime.approvals.Grant;
import io.agentos.runtime.approvals.GrantBound;
import io.agentos.runtime.approvals.Grants;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.store.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of standing grants. Thread-safe. */
final class GrantRoutes {
  private static final Cursor<UUID> GRANTS = Cursor.ofIds("grants");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final int REASON_LENGTH_MAX = 2_000;
  private static final int NAME_LENGTH_MAX = 127;
  private static final int PATH_LENGTH_MAX = 200;

  private final Grants grants;
  private final Idempotent idempotent;
  private final Codes codes;
  private final InstantSource clock;
  private final Database database;

  GrantRoutes(HttpServices services, Idempotent idempotent) {
    this.grants = new Grants(services.database(), services.audit());
    this.idempotent = idempotent;
    this.codes = new Codes(services, false);
    this.clock = services.clock();
    this.database = services.database();
  }

  /** A grant as callers see it. */
  record View(
      String id,
      String tool,
      String agent,
      List<GrantBound> bounds,
      boolean red,
      int countMax,
      int used,
      Instant expiresAt,
      String reason,
      String grantedBy,
      Instant createdAt,
      @Nullable String revokedBy,
      @Nullable Instant revokedAt) {
    static View of(Grant grant) {
      Grant.Terms terms = grant.terms();
      return new View(
          grant.id(),
          terms.tool(),
          terms.agent(),
          terms.bounds(),
          terms.red(),
          terms.countMax(),
          grant.used(),
          terms.expiresAt(),
          terms.reason(),
          grant.grantedBy(),
          grant.createdAt(),
          grant.revokedBy(),
          grant.revokedAt());
    }
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    Access decide = new Access.Needs(Permission.DECIDE);
    return List.of(
        new Route("GET", "/v1/approval-grants", read, this::list),
        new Route("POST", "/v1/approval-grants", decide, this::create),
        new Route("DELETE", "/v1/approval-grants/{id}", decide, this::revoke));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(GRANTS).orElse(LAST);
    query.check();
    List<Grant> found = grants.list(call.tenant(), before, limit + 1);
    return Answer.json(
        200,
        Page.of(found, limit, View::of, grant -> GRANTS.encode(GrantId.parse(grant.id()).value())));
  }

  private Answer create(Call call) {
    Supplier<Grant.Terms> terms = Idempotent.prepared(() -> read(call.body()));
    Voter by = Voter.of(call.principal());
    SecondFactors.Check check = codes.check(call);
    Idempotent.Outcome outcome =
        idempotent.once(
            call,
            201,
            tx -> {
              if (terms.get().red()) {
                check.pass(tx);
              }
              return View.of(grants.create(tx, call.tenant(), terms.get(), by));
            });
    check.passed();
    return outcome.answer();
  }

  private Answer revoke(Call call) {
    call.parameters().check();
    GrantId id = GrantId.parse(call.id());
    Voter by = Voter.of(call.principal());
    database.inTenantDo(call.tenant(), tx -> grants.revoke(tx, call.tenant(), id, by));
    return Answer.empty();
  }

  private Grant.Terms read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        body.fields(
            problems, "tool", "agent", "bounds", "red", "count_max", "expires_at", "reason");
    Optional<String> tool = pattern(fields, "tool");
    Optional<String> agent = pattern(fields, "agent");
    List<GrantBound> bounds = new ArrayList<>();
    for (RequestFields bound :
        fields.objects("bounds", 0, Grant.Terms.BOUNDS_MAX, "path", "equals", "one_of", "max")) {
      bound(bound).ifPresent(bounds::add);
    }
    boolean red = fields.flag("red");
    fields.require("count_max");
    Optional<Long> count = fields.whole("count_max", 1, Grant.Terms.COUNT_MAX);
    fields.require("expires_at");
    Optional<Instant> expiresAt = fields.time("expires_at");
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
      fields.problem("expires_at", "must lie in the future");
    }
    Optional<String> reason = fields.requiredText("reason", REASON_LENGTH_MAX);
    problems.throwIfAny();
    return new Grant.Terms(
        tool.orElseThrow(),
        agent.orElseThrow(),
        bounds,
        red,
        Math.toIntExact(count.orElseThrow()),
        expiresAt.orElseThrow(),
        reason.orElseThrow());
  }

  private static Optional<String> pattern(RequestFields fields, String name) {
    Optional<String> text = fields.requiredText(name, NAME_LENGTH_MAX);
    if (text.isPresent() && !Grant.Terms.isPattern(text.get())) {
      fields.problem(name, "must be a full name, a group such as 'mail.*', or '*'");
      return Optional.empty();
    }
    return text;
  }

  private static Optional<GrantBound> bound(RequestFields fields) {
    Optional<String> path = fields.requiredText("path", PATH_LENGTH_MAX);
    if (path.isPresent() && !path.get().startsWith("/")) {
      fields.problem("path", "must be a JSON pointer, such as /amount");
      return Optional.empty();
    }
    Optional<JsonNode> equal = fields.value("equals");
    Optional<JsonNode> oneOf = fields.value("one_of");
    Optional<JsonNode> max = fields.value("max");
    long given = List.of(equal, oneOf, max).stream().filter(Optional::isPresent).count();
    if (given != 1) {
      fields.problem("path", "needs exactly one of equals, one_of, max");
      return Optional.empty();
    }
    if (max.isPresent() && !max.get().isNumber()) {
      fields.problem("max", "must be a number");
      return Optional.empty();
    }
    if (oneOf.isPresent()
        && (!oneOf.get().isArray() || oneOf.get().isEmpty() || oneOf.get().size() > 100)) {
      fields.problem("one_of", "must be an array of 1 to 100 values");
      return Optional.empty();
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    List<@Nullable Object> values = null;
    if (equal.isPresent()) {
      values = Arrays.asList(Json.plain(equal.get()));
    } else if (oneOf.isPresent()) {
      values = new ArrayList<>();
      for (JsonNode value : oneOf.get()) {
        values.add(Json.plain(value));
      }
    }
    BigDecimal most = max.map(JsonNode::decimalValue).orElse(null);
    return Optional.of(new GrantBound(path.get(), values, most));
  }
}
