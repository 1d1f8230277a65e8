package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.costs.CostReport;
import io.agentos.runtime.costs.CostReport.Group;
import io.agentos.runtime.costs.CostReport.Line;
import io.agentos.runtime.costs.CostReport.Query;
import io.agentos.runtime.identity.Permission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The route of what model calls cost. Thread-safe. */
final class CostRoutes {
  /** Reports that may be added up at once: each reads every call of its time. */
  private static final int REPORTS_MAX = 4;

  private final CostReport report;
  private final Semaphore reports = new Semaphore(REPORTS_MAX);

  CostRoutes(HttpServices services) {
    this.report = new CostReport(services.database());
  }

  /**
   * A line of a report as callers see it; the first six are null where nobody asked for them.
   *
   * @param costUsdPicos the exact sum in pico-dollars, as a text because it may be longer than
   *     numbers in JSON are
   */
  record View(
      @Nullable String tenant,
      @Nullable String pack,
      @Nullable String agent,
      @Nullable String provider,
      @Nullable String model,
      @Nullable String day,
      long calls,
      long cachedCalls,
      long failedCalls,
      long estimatedCalls,
      long inputTokens,
      long cacheReadTokens,
      long cacheWriteTokens,
      long cacheWriteHourTokens,
      long outputTokens,
      long reasoningTokens,
      long costUsdMicros,
      String costUsdPicos) {
    static View of(Line line) {
      return new View(
          line.tenant(),
          line.pack(),
          line.agent(),
          line.provider(),
          line.model(),
          line.day(),
          line.calls(),
          line.cachedCalls(),
          line.failedCalls(),
          line.estimatedCalls(),
          line.inputTokens(),
          line.cacheReadTokens(),
          line.cacheWriteTokens(),
          line.cacheWriteHourTokens(),
          line.outputTokens(),
          line.reasoningTokens(),
          line.costUsdMicros(),
          line.costUsdPicos().toString());
    }
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/costs", new Access.Needs(Permission.READ), this::costs));
  }

  private Answer costs(Call call) {
    QueryParameters parameters = call.parameters("group_by", "since", "until");
    Query query =
        new Query(
            groups(parameters),
            parameters.time("since").orElse(null),
            parameters.time("until").orElse(null));
    parameters.check();
    if (!reports.tryAcquire()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%d reports are added up, which is the most at once; try again.".formatted(REPORTS_MAX));
    }
    return new Answer.Later(() -> {
      try {
        List<View> lines = report.lines(call.tenant(), query).stream().map(View::of).toList();
        return Answer.json(200, new Page(lines, null));
      } finally {
        reports.release();
      }
    });
  }

  /** The groups of all values of the parameter, each with commas between. */
  private static Set<Group> groups(QueryParameters parameters) {
    Set<Group> groups = EnumSet.noneOf(Group.class);
    for (String value : parameters.all("group_by")) {
      for (String name : value.split(",", -1)) {
        Optional<Group> group =
            Stream.of(Group.values()).filter(each -> each.text().equals(name)).findFirst();
        group.ifPresent(groups::add);
        if (group.isEmpty()) {
          parameters.problem(
              "group_by",
              "%s is none of %s"
                  .formatted(
                      name.isEmpty() ? "nothing" : "'" + FieldProblems.shortened(name) + "'",
                      Stream.of(Group.values())
                          .map(Group::text)
                          .collect(Collectors.joining(", "))));
        }
      }
    }
    return groups;
  }
}
