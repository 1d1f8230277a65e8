package io.agentos.server.http;

import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.routing.Analysis;
import io.agentos.runtime.routing.Route.Considered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The route that says who would be given a task, without making one. Thread-safe. */
final class RoutingRoutes {
  private final Catalog catalog;
  private final TaskRequest requests;

  RoutingRoutes(HttpServices services) {
    this.catalog = services.catalog();
    this.requests = new TaskRequest(services.catalog(), services.clock());
  }

  /**
   * An agent that came into question, as callers see it.
   *
   * @param passedOver why it would not be chosen though something speaks for it; null for nothing
   */
  record Candidate(String agent, double score, List<String> reasons, @Nullable String passedOver) {
    Candidate {
      reasons = List.copyOf(reasons);
    }

    static Candidate of(Considered considered) {
      return new Candidate(
          considered.agent().toString(),
          considered.score(),
          considered.reasons(),
          considered.passedOver());
    }
  }

  /**
   * Who would be given the task, as callers see it.
   *
   * @param agent null for nobody
   * @param missing the inputs it needs besides
   */
  record Found(
      @Nullable String agent,
      double confidence,
      String reason,
      List<String> missing,
      List<Candidate> considered) {
    Found {
      missing = List.copyOf(missing);
      considered = List.copyOf(considered);
    }

    static Found of(Analysis analysis) {
      return new Found(
          analysis.agent() == null ? null : analysis.agent().toString(),
          analysis.confidence(),
          analysis.reason(),
          analysis.missing(),
          analysis.considered().stream().map(Candidate::of).toList());
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/tasks/route", new Access.Needs(Permission.SUBMIT), this::route));
  }

  private Answer route(Call call) {
    call.parameters().check();
    TaskRequest.Wished wished = requests.wished(call);
    return Answer.json(200, Found.of(catalog.route(wished.target(), wished.input())));
  }
}
