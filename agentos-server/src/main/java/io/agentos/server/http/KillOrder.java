package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an order to stop. A target that is not there is refused: an order that stops nothing, and
 * looks as if it did, is worse than none. Thread-safe.
 */
final class KillOrder {
  private static final int REASON_LENGTH_MAX = 1_000;
  private static final int TARGET_LENGTH_MAX = 200;
  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::text).toList();

  private static final String[] FIELDS = {"scope", "target", "reason", "dry_run"};

  private final Catalog catalog;

  KillOrder(Catalog catalog) {
    this.catalog = catalog;
  }

  /** An order, and whether only to tell what it would stop. */
  record Wish(Order order, boolean dryRun) {}

  /**
   * The order in a call.
   *
   * @throws AgentOsException INVALID_REQUEST, FORBIDDEN
   */
  Wish read(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, FIELDS);
    fields.require("scope");
    Optional<Scope> scope = fields.choice("scope", SCOPES).map(Scope::of);
    Optional<String> target = fields.text("target", TARGET_LENGTH_MAX).filter(t -> !t.isEmpty());
    boolean dryRun = fields.flag("dry_run");
    Optional<String> reason =
        dryRun
            ? fields.text("reason", REASON_LENGTH_MAX)
            : fields.requiredText("reason", REASON_LENGTH_MAX);
    String checked = scope.map(s -> target(s, target, fields, call.tenant())).orElse("");
    problems.throwIfAny();
    mustBeAllowed(call, scope.orElseThrow());
    String by = call.principal().id();
    return new Wish(new Order(scope.orElseThrow(), checked, reason.orElse(""), by), dryRun);
  }

  /** Whether a call asks only what would be stopped. */
  static boolean isDryRun(Call call) {
    return call.body().fields(new FieldProblems(), FIELDS).flag("dry_run");
  }

  /** All tenants are stopped by the one that owns the installation, and by no other. */
  static void mustBeAllowed(Call call, Scope scope) {
    if (scope == Scope.GLOBAL && !call.tenant().equals(TenantId.DEFAULT)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "The scope 'global' stops every tenant; only a key of tenant '%s' may use it. Use the scope 'tenant'."
              .formatted(TenantId.DEFAULT));
    }
  }

  private String target(
      Scope scope, Optional<String> target, RequestFields fields, TenantId tenant) {
    switch (scope) {
      case GLOBAL -> {
        if (target.isPresent()) {
          fields.problem("target", "must be absent for the scope 'global'");
        }
        return "";
      }
      case TENANT -> {
        if (target.isPresent() && !target.get().equals(tenant.value())) {
          fields.problem(
              "target", "must be absent, or the tenant of the key, for the scope 'tenant'");
        }
        return "";
      }
      case PACK -> known(fields, target, packs().stream().map(PackDefinition::name).toList());
      case AGENT ->
          known(
              fields,
              target,
              packs().stream()
                  .flatMap(pack -> pack.agents().stream())
                  .map(agent -> agent.id().toString())
                  .toList());
      case TOOL -> known(fields, target, catalog.tools().stream().map(ToolSpec::name).toList());
      case PROVIDER ->
          known(fields, target, catalog.providers().stream().map(Catalog.Provider::id).toList());
      case MODEL -> fields.require("target");
      case TASK -> {
        fields.require("target");
        if (target.isPresent() && TaskIds.parse(target.get()).isEmpty()) {
          fields.problem("target", TaskIds.NO_TASK);
        }
      }
    }
    return target.orElse("");
  }

  private List<PackDefinition> packs() {
    return catalog.packs();
  }

  private static void known(RequestFields fields, Optional<String> target, List<String> names) {
    fields.require("target");
    if (target.isPresent() && !names.contains(target.get())) {
      fields.problem("target", FieldProblems.unknown(target.get(), names));
    }
  }
}
