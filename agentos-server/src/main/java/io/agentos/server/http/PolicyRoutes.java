package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.PolicyEngine;
import io.agentos.runtime.policy.Simulation;
import io.agentos.runtime.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/** The routes of policies. Thread-safe. */
final class PolicyRoutes {
  /** Simulations that may run at once: each reads every decision of its time. */
  private static final int SIMULATIONS_MAX = 2;

  private static final int DOCUMENTS_MAX = 50;
  private static final int DOCUMENT_LENGTH_MAX = 200_000;
  private static final int VERSION_LENGTH = 64;
  private static final int DECISIONS_DEFAULT = 100_000;
  private static final Duration SINCE_DEFAULT = Duration.ofDays(30);

  private final Policies policies;
  private final Simulation simulation;
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Semaphore simulations = new Semaphore(SIMULATIONS_MAX);

  PolicyRoutes(HttpServices services) {
    this.policies = services.policies();
    this.simulation =
        new Simulation(services.database(), services.stateStore().keys(), services.policies());
    this.database = services.database();
    this.audit = services.audit();
    this.clock = services.clock();
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    Access change = new Access.Needs(Permission.POLICIES);
    return List.of(
        new Route("GET", "/v1/policies", read, this::show),
        new Route("PUT", "/v1/policies", change, this::replace),
        new Route("POST", "/v1/policies/simulate", change, this::simulate));
  }

  private Answer show(Call call) {
    call.parameters().check();
    return Answer.json(200, view(call.tenant()));
  }

  private PolicyView view(TenantId tenant) {
    return PolicyView.of(policies.inForce(tenant), policies.documents(tenant));
  }

  private Answer replace(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "documents", "version");
    List<String> documents = documents(fields, problems);
    Optional<String> version = fields.requiredText("version", VERSION_LENGTH);
    problems.throwIfAny();
    candidate(documents);
    TenantId tenant = call.tenant();
    Policies.Change change =
        database.inTenant(
            tenant,
            tx -> {
              Policies.Change made = policies.replace(tx, tenant, documents, version.orElseThrow());
              Map<String, String> facts = new TreeMap<>();
              facts.put("what", "policies");
              facts.put("from", made.before());
              facts.put("to", made.after());
              audit.append(
                  tx,
                  List.of(
                      new AuditEntry(
                          tenant, "config.changed", call.principal().id(), "policies", facts)));
              return made;
            });
    policies.lookAgain(tenant);
    return Answer.json(200, new Replaced(change.before(), view(tenant)));
  }

  /** What was in force, and what is. */
  record Replaced(String replaced, PolicyView inForce) {}

  private Answer simulate(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "documents", "since", "until", "limit");
    List<String> documents = documents(fields, problems);
    Instant now = clock.instant();
    Instant since = fields.time("since").orElse(now.minus(SINCE_DEFAULT));
    Instant until = fields.time("until").orElse(now);
    int limit =
        fields
            .whole("limit", 1, Simulation.DECISIONS_MAX)
            .map(Math::toIntExact)
            .orElse(DECISIONS_DEFAULT);
    problems.throwIfAny();
    PolicyEngine candidate = candidate(documents);
    if (!simulations.tryAcquire()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%d simulations run, which is the most at once; try again.".formatted(SIMULATIONS_MAX));
    }
    return new Answer.Later(() -> {
      try {
        return Answer.json(
            200,
            simulation.run(call.tenant(), candidate, new Simulation.Span(since, until, limit)));
      } finally {
        simulations.release();
      }
    });
  }

  /** What would be in force; a wrong document is the caller's mistake. */
  private PolicyEngine candidate(List<String> documents) {
    try {
      return policies.candidate(documents);
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.INVALID_DEFINITION) {
        throw AgentOsException.ofFields(ErrorCode.INVALID_REQUEST, e.detail(), e.fieldErrors());
      }
      throw e;
    }
  }

  private static List<String> documents(RequestFields fields, FieldProblems problems) {
    List<String> documents = new ArrayList<>();
    fields.require("documents");
    JsonNode list = fields.value("documents").orElse(null);
    if (list == null) {
      return documents;
    }
    if (!list.isArray() || list.size() > DOCUMENTS_MAX) {
      fields.problem("documents", "must be a list of at most %d texts".formatted(DOCUMENTS_MAX));
      return documents;
    }
    for (JsonNode document : list) {
      if (!document.isString()
          || document.stringValue().length() > DOCUMENT_LENGTH_MAX
          || document.stringValue().indexOf('\0') >= 0) {
        problems.add(
            "documents[%d]".formatted(documents.size()),
            "must be a YAML document of at most %,d characters".formatted(DOCUMENT_LENGTH_MAX));
        documents.add("");
      } else {
        documents.add(document.stringValue());
      }
    }
    return documents;
  }
}
