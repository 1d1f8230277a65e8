package io.agentos.server.http;

import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Tenants;
import io.agentos.runtime.identity.Tenants.Made;
import io.agentos.runtime.identity.Tenants.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of tenants. Thread-safe. */
final class TenantRoutes {
  private static final Cursor<String> TENANTS = new Cursor<>("tenants", text -> text);
  private static final int NAME_LENGTH_MAX = 200;

  private final Tenants tenants;
  private final Idempotent idempotent;

  TenantRoutes(HttpServices services, Idempotent idempotent) {
    this.tenants = services.people().tenants();
    this.idempotent = idempotent;
  }

  /**
   * A tenant that was made, with the key of its first administrator.
   *
   * @param secret null in a repeated answer: it is shown once and stored nowhere
   */
  record NewTenant(String id, Instant createdAt, String key, @Nullable String secret) {
    static NewTenant of(Made made, @Nullable String secret) {
      return new NewTenant(
          made.tenant().id(), made.tenant().createdAt(), made.key().id().toString(), secret);
    }
  }

  List<Route> routes() {
    Access access = new Access.Needs(Permission.TENANTS);
    return List.of(
        new Route("GET", "/v1/tenants", access, this::list),
        new Route("POST", "/v1/tenants", access, this::create),
        new Route("DELETE", "/v1/tenants/{id}", access, this::disable));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    String after = query.cursor(TENANTS).orElse("");
    query.check();
    List<Tenant> found = tenants.list(call.principal(), after, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, tenant -> tenant, tenant -> TENANTS.encode(tenant.id())));
  }

  /** The tenant is made before the call's own transaction, which cannot reach another tenant. */
  private Answer create(Call call) {
    Supplier<Made> prepared =
        Idempotent.prepared(() -> tenants.create(call.principal(), read(call.body())));
    return idempotent.tellOnce(
        call,
        201,
        tx ->
            new Idempotent.ToldOnce(
                NewTenant.of(prepared.get(), prepared.get().key().secret()),
                NewTenant.of(prepared.get(), null)));
  }

  private static TenantId read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "id");
    Optional<String> id = fields.requiredText("id", NAME_LENGTH_MAX);
    if (id.isPresent() && !TenantId.isName(id.get())) {
      fields.problem("id", "must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter");
    }
    problems.throwIfAny();
    return new TenantId(id.orElseThrow());
  }

  private Answer disable(Call call) {
    call.parameters().check();
    tenants.disable(call.principal(), call.id());
    return Answer.empty();
  }
}
