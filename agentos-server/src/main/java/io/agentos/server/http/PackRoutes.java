package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.store.Database;
import java.util.List;
import java.util.Set;

/** The routes of packs, which each tenant enables and disables for itself. Thread-safe. */
final class PackRoutes {
  private static final String ENABLED = "enabled";

  private final Database database;
  private final PackShelf shelf;

  PackRoutes(HttpServices services) {
    this.database = services.database();
    this.shelf = services.shelf();
  }

  /** A pack as callers see it; its agents by their ids. */
  record Pack(
      String name,
      String version,
      String description,
      String digest,
      List<String> agents,
      boolean enabled) {
    static Pack of(PackDefinition pack, Set<String> disabled) {
      List<String> agents = pack.agents().stream().map(agent -> agent.id().toString()).toList();
      return new Pack(
          pack.name(),
          pack.version(),
          pack.description(),
          pack.digest(),
          agents,
          !disabled.contains(pack.name()));
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/packs", new Access.Needs(Permission.READ), this::list),
        new Route("PUT", "/v1/packs/{id}", new Access.Needs(Permission.POLICIES), this::change));
  }

  private Answer list(Call call) {
    Set<String> disabled = shelf.disabled(call.tenant());
    return CatalogRoutes.page(
        call,
        "packs",
        shelf.packs().stream().map(pack -> Pack.of(pack, disabled)).toList(),
        Pack::name);
  }

  private Answer change(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, ENABLED);
    fields.require(ENABLED);
    boolean enabled = fields.flag(ENABLED);
    problems.throwIfAny();
    TenantId tenant = call.tenant();
    String by = call.principal().id();
    database.inTenantDo(tenant, tx -> shelf.set(tx, tenant, call.id(), enabled, by));
    Set<String> disabled = shelf.disabled(tenant);
    return Answer.json(
        200,
        shelf.packs().stream()
            .filter(pack -> pack.name().equals(call.id()))
            .map(pack -> Pack.of(pack, disabled))
            .findFirst()
            .orElseThrow(PackRoutes::gone));
  }

  private static AgentOsException gone() {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no pack of this name.");
  }
}
