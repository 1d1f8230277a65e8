package io.agentos.server.http;

import io.agentos.runtime.budgets.Budget;
import io.agentos.runtime.budgets.Period;
import io.agentos.runtime.budgets.Scope;
import io.agentos.runtime.definitions.PackDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a budget shall be. A target that is not there is refused, but where a budget is ended:
 * its pack may be gone. Thread-safe.
 */
final class BudgetOrder {
  private static final String LIMIT = "limit_usd_micros";
  private static final int TARGET_LENGTH_MAX = 200;
  private static final List<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::text).toList();
  private static final List<String> PERIODS =
      Arrays.stream(Period.values()).map(Period::text).toList();

  private final Catalog catalog;

  BudgetOrder(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The order in a call.
   *
   * @throws io.agentos.api.AgentOsException INVALID_REQUEST
   */
  Budget.Order read(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        call.body().fields(problems, "scope", "target", "period", LIMIT, "warn_percents");
    fields.require("scope");
    fields.require("period");
    Optional<Scope> scope = fields.choice("scope", SCOPES).map(Scope::of);
    Optional<Period> period = fields.choice("period", PERIODS).map(Period::of);
    if (!fields.named(LIMIT)) {
      fields.problem(LIMIT, "is required; null ends the budget");
    }
    Optional<Long> limit = fields.whole(LIMIT, 0, Budget.LIMIT_MAX);
    String checked = scope.map(s -> target(s, fields, call)).orElse("");
    List<Integer> percents = percents(fields);
    problems.throwIfAny();
    return new Budget.Order(
        scope.orElseThrow(), checked, period.orElseThrow(), limit, percents, call.principal().id());
  }

  private String target(Scope scope, RequestFields fields, Call call) {
    if (scope == Scope.TENANT) {
      String own = call.tenant().value();
      Optional<String> given = fields.text("target", TARGET_LENGTH_MAX);
      if (given.isPresent() && !given.get().isEmpty() && !given.get().equals(own)) {
        fields.problem(
            "target", "must be absent, or the tenant of the key, for the scope 'tenant'");
      }
      return "";
    }
    Optional<String> target = fields.requiredText("target", TARGET_LENGTH_MAX);
    String named = target.orElse("");
    boolean ends = fields.named(LIMIT) && fields.value(LIMIT).isEmpty();
    if (target.isPresent() && !ends) {
      switch (scope) {
        case PACK -> known(fields, named, packs());
        case AGENT -> known(fields, named, agents());
        case TASK -> {
          if (TaskIds.parse(named).isEmpty()) {
            fields.problem("target", TaskIds.NO_TASK);
          }
        }
        case TENANT -> throw new IllegalStateException("looked at above");
      }
    }
    return named;
  }

  private List<String> packs() {
    return catalog.packs().stream().map(PackDefinition::name).toList();
  }

  private List<String> agents() {
    return catalog.packs().stream()
        .flatMap(pack -> pack.agents().stream())
        .map(agent -> agent.id().toString())
        .toList();
  }

  private static void known(RequestFields fields, String target, List<String> names) {
    if (!names.contains(target)) {
      fields.problem("target", FieldProblems.unknown(target, names));
    }
  }

  private static List<Integer> percents(RequestFields fields) {
    Optional<JsonNode> given = fields.value("warn_percents");
    if (given.isEmpty()) {
      return Budget.WARN_PERCENTS_DEFAULT;
    }
    List<Integer> percents = new ArrayList<>();
    boolean fits = given.get().isArray() && given.get().size() <= Budget.WARN_PERCENTS_MAX;
    if (fits) {
      for (JsonNode percent : given.get()) {
        fits &= isPercent(percent);
        percents.add(fits ? percent.decimalValue().intValue() : 0);
      }
    }
    if (!fits) {
      fields.problem(
          "warn_percents",
          "must be at most %d whole numbers from 1 to 100".formatted(Budget.WARN_PERCENTS_MAX));
    }
    return fits ? percents : List.of();
  }

  private static boolean isPercent(JsonNode value) {
    if (!value.isNumber()) {
      return false;
    }
    BigDecimal number = value.decimalValue();
    return number.compareTo(BigDecimal.ONE) >= 0
        && number.compareTo(BigDecimal.valueOf(100)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }
}
