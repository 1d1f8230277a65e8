package io.agentos.server.http;

import io.agentos.api.HoldId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.retention.Hold;
import io.agentos.runtime.retention.HoldScope;
import io.agentos.runtime.retention.Holds;
import io.agentos.runtime.store.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of legal holds. Thread-safe. */
final class HoldRoutes {
  private static final Cursor<UUID> HOLDS = Cursor.ofIds("holds");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final List<String> SCOPES =
      Arrays.stream(HoldScope.values()).map(HoldScope::text).toList();

  private final Holds holds;
  private final Database database;
  private final Idempotent idempotent;

  HoldRoutes(HttpServices services, Idempotent idempotent) {
    this.holds = services.holds();
    this.database = services.database();
    this.idempotent = idempotent;
  }

  List<Route> routes() {
    Access write = new Access.Needs(Permission.PRIVACY);
    return List.of(
        new Route("GET", "/v1/holds", new Access.Needs(Permission.AUDIT), this::list),
        new Route("POST", "/v1/holds", write, this::place),
        new Route("DELETE", "/v1/holds/{id}", write, this::release));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("active", "limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(HOLDS).orElse(LAST);
    Optional<Boolean> active =
        query.choice("active", List.of("true", "false")).map(Boolean::valueOf);
    query.check();
    List<Hold> found = holds.list(call.tenant(), active.orElse(null), before, limit + 1);
    return Answer.json(
        200,
        Page.of(found, limit, hold -> hold, hold -> HOLDS.encode(HoldId.parse(hold.id()).value())));
  }

  private Answer place(Call call) {
    Supplier<Hold.Order> order = Idempotent.prepared(() -> read(call));
    return idempotent.once(call, 201, tx -> holds.place(tx, call.tenant(), order.get())).answer();
  }

  private Answer release(Call call) {
    HoldId id = HoldId.parse(call.id());
    QueryParameters query = call.parameters("reason");
    Optional<String> reason = query.text("reason", Holds.REASON_LENGTH_MAX);
    if (reason.isEmpty() || reason.get().isBlank()) {
      query.problem("reason", "is required: why the hold is no longer needed");
    }
    query.check();
    Hold released =
        database.inTenant(
            call.tenant(),
            tx ->
                holds.release(tx, call.tenant(), id, reason.orElseThrow(), call.principal().id()));
    return Answer.json(200, released);
  }

  private static Hold.Order read(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "scope", "target", "reason");
    fields.require("scope");
    Optional<HoldScope> scope = fields.choice("scope", SCOPES).map(HoldScope::of);
    Optional<String> target = fields.text("target", Holds.TARGET_LENGTH_MAX);
    Optional<String> reason = fields.requiredText("reason", Holds.REASON_LENGTH_MAX);
    if (scope.isPresent() && scope.get() != HoldScope.TENANT) {
      fields.require("target");
    }
    problems.throwIfAny();
    return new Hold.Order(
        scope.orElseThrow(), target.orElse(""), reason.orElseThrow(), call.principal().id());
  }
}
