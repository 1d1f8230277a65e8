package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs a candidate over recorded decisions and says what would have been otherwise. Each decision
 * is also made again by the version that made it: the same rules over the same record give the same
 * bytes.
 *
 * <p>Thread-safe; each run reads the record once, in the order of time.
 */
public final class Simulation {
  /** The most decisions that one run looks at. */
  public static final int DECISIONS_MAX = 1_000_000;

  private static final int PAGE = 2_000;
  private static final int EXAMPLES_MAX = 5;
  private static final int KINDS_MAX = 1_000;

  private final Database database;
  private final DataKeys keys;
  private final Policies policies;

  public Simulation(Database database, DataKeys keys, Policies policies) {
    this.database = database;
    this.keys = keys;
    this.policies = policies;
  }

  /** Which decisions to look at: from {@code since} to before {@code until}, at most so many. */
  public record Span(Instant since, Instant until, int limit) {}

  /**
   * A kind of change.
   *
   * @param rule the rule of the candidate that decides now
   * @param from the effect on record
   * @param to the effect of the candidate
   * @param examples some of the decisions, {@code TASK/STEP}
   */
  public record Change(String rule, String from, String to, long count, List<String> examples) {}

  /**
   * What a run found.
   *
   * @param decisions how many it looked at
   * @param changed how many would have ended otherwise
   * @param uncertain how many the candidate cannot be asked about, because it looks at an argument
   *     that was too long to be recorded
   * @param deterministic whether the versions on record gave the recorded bytes again
   * @param differing decisions that did not, {@code TASK/STEP}
   * @param complete whether there were no more decisions than the limit
   */
  public record Report(
      String candidate,
      long decisions,
      long changed,
      long uncertain,
      boolean deterministic,
      List<String> differing,
      boolean complete,
      List<Change> changes) {}

  private record Recorded(
      UUID task,
      int position,
      int ordinal,
      String step,
      Instant at,
      String version,
      String input,
      String decision) {
    String name() {
      String name = new TaskId(task) + "/" + step;
      return ordinal == 0 ? name : name + "#" + ordinal;
    }
  }

  private record Kind(String rule, String from, String to) {}

  /** What is found, while it is found. */
  private static final class Findings {
    private final Map<Kind, List<String>> examples = new LinkedHashMap<>();
    private final Map<Kind, Long> counts = new HashMap<>();
    private final List<String> differing = new ArrayList<>();
    private boolean deterministic = true;
    private long decisions;
    private long changed;
    private long uncertain;
  }

  /** Runs {@code candidate} over the decisions of a tenant. */
  public Report run(TenantId tenant, PolicyEngine candidate, Span span) {
    Findings findings = new Findings();
    RateReplay rates = new RateReplay();
    Recorded last = null;
    boolean more = true;
    while (more && findings.decisions < span.limit()) {
      List<Recorded> page = page(tenant, span, last);
      for (Recorded recorded : page) {
        if (findings.decisions < span.limit()) {
          look(tenant, candidate, rates, recorded, findings);
        }
      }
      more = page.size() == PAGE;
      last = page.isEmpty() ? last : page.getLast();
    }
    return report(candidate, findings, !more);
  }

  private void look(
      TenantId tenant,
      PolicyEngine candidate,
      RateReplay rates,
      Recorded recorded,
      Findings findings) {
    findings.decisions++;
    Situation situation = Situation.of(recorded.input());
    String again =
        CanonicalJson.write(policies.version(tenant, recorded.version()).decide(situation).toMap());
    boolean same = again.equals(recorded.decision());
    if (!same && situation.cut().isEmpty()) {
      findings.deterministic = false;
      if (findings.differing.size() < EXAMPLES_MAX) {
        findings.differing.add(recorded.name());
      }
    }
    Evaluation evaluation = candidate.evaluate(situation);
    Ruling ruling = evaluation.ruling(rates.count(recorded.at(), evaluation.due()));
    if (ruling.reason().contains(Condition.NOT_RECORDED)) {
      findings.uncertain++;
      return;
    }
    String from = Json.readMember(recorded.decision(), "effect", String.class);
    String to = ruling.outcome().text();
    if (!from.equals(to)) {
      change(findings, new Kind(ruling.rule(), from, to), recorded.name());
    }
  }

  private static void change(Findings findings, Kind kind, String name) {
    findings.changed++;
    if (findings.counts.size() < KINDS_MAX || findings.counts.containsKey(kind)) {
      findings.counts.merge(kind, 1L, Long::sum);
      List<String> examples = findings.examples.computeIfAbsent(kind, _ -> new ArrayList<>());
      if (examples.size() < EXAMPLES_MAX) {
        examples.add(name);
      }
    }
  }

  private static Report report(PolicyEngine candidate, Findings findings, boolean complete) {
    Map<String, Change> sorted = new TreeMap<>();
    findings.counts.forEach((kind, count) ->
        sorted.put(
            "%s %s %s".formatted(kind.rule(), kind.from(), kind.to()),
            new Change(
                kind.rule(),
                kind.from(),
                kind.to(),
                count,
                List.copyOf(findings.examples.getOrDefault(kind, List.of())))));
    return new Report(
        candidate.version(),
        findings.decisions,
        findings.changed,
        findings.uncertain,
        findings.deterministic,
        List.copyOf(findings.differing),
        complete,
        List.copyOf(sorted.values()));
  }

  private List<Recorded> page(TenantId tenant, Span span, @Nullable Recorded last) {
    if (span.limit() < 1 || span.limit() > DECISIONS_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "limit is %d; allowed is 1 to %d.".formatted(span.limit(), DECISIONS_MAX));
    }
    return database.inTenant(
        tenant,
        tx -> {
          TenantKeys own = keys.in(tx, tenant);
          return tx.query(
              PolicySql.DECISIONS,
              row -> recorded(own, row),
              tenant.value(),
              span.since(),
              span.until(),
              last == null ? Instant.EPOCH : last.at(),
              last == null ? new UUID(0, 0) : last.task(),
              last == null ? 0 : last.position(),
              last == null ? 0 : last.ordinal(),
              PAGE);
        });
  }

  private static Recorded recorded(TenantKeys keys, Row row) {
    UUID task = row.uuid("task_id");
    TaskKey key = keys.of(new TaskId(task), row);
    int position = row.number("position");
    int ordinal = row.number("ordinal");
    return new Recorded(
        task,
        position,
        ordinal,
        row.text("step"),
        row.instant("at"),
        row.text("version"),
        key.open(Policies.input(position, ordinal), row.bytes("input")),
        key.open(Policies.decision(position, ordinal), row.bytes("decision")));
  }
}
