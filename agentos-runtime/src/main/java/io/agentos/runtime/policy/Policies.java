package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TenantId;
import io.agentos.api.Verdict;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.policy.Situations.Moment;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Step 2, and the word on each tool and model: what the policies of a tenant say. Each decision
 * commits with the step that asks for it, with all it was made from. A task that runs on behalf of
 * several may do what the rules let each of them do.
 *
 * <p>Thread-safe.
 */
public final class Policies {
  private static final String ERROR_REASON =
      "The policies could not be evaluated; what cannot be evaluated is denied.";

  /** The ordinals of one step for one on whose behalf it is asked; those of the next follow. */
  private static final int ORDINALS_MAX = 1_000;

  private static final System.Logger LOG = System.getLogger(Policies.class.getName());

  private final TenantPolicies tenants;
  private final PolicyVersions versions;
  private final Rates rates;
  private final Standings standings;
  private final InstantSource clock;
  private final boolean recorded;

  /**
   * @param installed the policies of the base, of packs and of the environment
   */
  public Policies(Database database, List<Policy> installed, InstantSource clock) {
    this(installed, database, clock);
  }

  private Policies(List<Policy> installed, @Nullable Database database, InstantSource clock) {
    this.recorded = database != null;
    this.tenants = new TenantPolicies(database, installed);
    this.versions = new PolicyVersions(database);
    this.rates = new Rates(database);
    this.standings = new Standings(database);
    this.clock = clock;
  }

  /**
   * Policies to which no tenant adds and of which nothing is kept, for a caller without a store:
   * rates cannot be counted, and what one limits is denied.
   */
  public static Policies fixed(List<Policy> installed, InstantSource clock) {
    return new Policies(installed, null, clock);
  }

  /** A change of the policies in force, as two versions. */
  public record Change(String before, String after) {}

  /** The version in force for a tenant now. */
  public String currentVersion(TenantId tenant) {
    return tenants.engine(tenant).version();
  }

  /** What is in force for a tenant now: all rules of all layers. */
  public PolicyEngine inForce(TenantId tenant) {
    return tenants.engine(tenant);
  }

  /**
   * A version that was in use.
   *
   * @throws AgentOsException NOT_FOUND when it was never in use
   */
  public PolicyEngine version(TenantId tenant, String version) {
    return versions.engine(tenant, version);
  }

  /** The documents a tenant adds. */
  public List<String> documents(TenantId tenant) {
    return tenants.documents(tenant);
  }

  /** What would be in force with these documents of a tenant in place of those it has. */
  public PolicyEngine candidate(List<String> documents) {
    return tenants.engine(documents);
  }

  /**
   * Replaces the documents a tenant adds.
   *
   * @throws AgentOsException DIGEST_MISMATCH when another version than {@code expected} is in
   *     force; INVALID_DEFINITION when the documents are wrong
   */
  public Change replace(Tx tx, TenantId tenant, List<String> documents, String expected) {
    return tenants.replace(tx, tenant, documents, expected);
  }

  /** Makes this node look again at once, after a change that it committed itself. */
  public void lookAgain(TenantId tenant) {
    tenants.forget(tenant);
  }

  /**
   * Whether a request may go on to the router. An {@code Allow} is not the last word: only {@link
   * #admit} knows the agent, and its limits are never wider than these.
   */
  public Verdict validate(Step step, Request request) {
    return guarded(
        step,
        request,
        () -> {
          PolicyEngine engine = tenants.engine(request.tenant());
          Ruling ruling =
              decide(step, 0, engine, request, now -> Situations.requested(request, now));
          return Verdicts.task(ruling, engine.version());
        },
        reason -> new Verdict.Deny(PolicyEngine.ERROR_DENY, reason, ""));
  }

  /** Whether the agent that was found may serve the request, and within what. */
  public Verdict admit(Step step, Request request, AgentDefinition agent, String version) {
    return guarded(
        step,
        request,
        () -> {
          PolicyEngine engine = engine(request.tenant(), version);
          Ruling ruling =
              decide(step, 0, engine, request, now -> Situations.admitted(request, agent, now));
          return Verdicts.task(ruling, engine.version());
        },
        reason -> new Verdict.Deny(PolicyEngine.ERROR_DENY, reason, version));
  }

  /**
   * Whether an agent may call a tool. In zone red, by the agent's or the tool's zone, a call is
   * never merely permitted.
   */
  public ToolVerdict tool(Step step, Action action) {
    Request request = action.request();
    return guarded(
        step,
        request,
        () ->
            Verdicts.tool(
                decide(
                    step,
                    0,
                    engine(request.tenant(), action.progress().policyVersion()),
                    request,
                    now ->
                        Situations.tool(
                            request,
                            action.agent(),
                            action.tool(),
                            action.call(),
                            action.progress(),
                            now))),
        reason -> new ToolVerdict.Forbid(PolicyEngine.ERROR_DENY, reason));
  }

  /**
   * Whether an agent may ask a model.
   *
   * @param ordinal tells several decisions of one step apart
   * @param model {@code PROVIDER/MODEL}
   */
  public ModelVerdict model(
      Step step, int ordinal, Request request, AgentDefinition agent, String model, Progress past) {
    return guarded(
        step,
        request,
        () ->
            Verdicts.model(
                decide(
                    step,
                    ordinal,
                    engine(request.tenant(), past.policyVersion()),
                    request,
                    now -> Situations.model(request, agent, model, past, now))),
        reason -> new ModelVerdict.Forbid(PolicyEngine.ERROR_DENY, reason));
  }

  /** The same for a caller that keeps no journal; the decision is recorded nowhere. */
  public ModelVerdict model(Request request, AgentDefinition agent, String model) {
    PolicyEngine engine = tenants.engine(request.tenant());
    return Verdicts.model(
        standings.of(request, now()).stream()
            .map(now -> engine.decide(Situations.model(request, agent, model, Progress.NONE, now)))
            .reduce(Ruling::and)
            .orElseThrow());
  }

  private interface Question<T> {
    T ask();
  }

  private static <T> T guarded(
      Step step, Request request, Question<T> question, Function<String, T> denied) {
    try {
      return question.ask();
    } catch (RuntimeException e) {
      if (e instanceof AgentOsException known && known.code() == ErrorCode.STORE_UNAVAILABLE) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.ERROR,
          "policies could not be evaluated, denied task=%s step=%s"
              .formatted(request.task(), step.key().name()),
          e);
      return denied.apply(ERROR_REASON);
    }
  }

  /** What the rules say to each on whose behalf the task runs; the strictest word holds. */
  private Ruling decide(
      Step step,
      int ordinal,
      PolicyEngine engine,
      Request request,
      Function<Moment, Situation> asked) {
    List<Moment> line = standings.of(request, now());
    Ruling ruling = decide(step, ordinal, engine, asked.apply(line.getFirst()));
    for (int i = 1; i < line.size() && !ruling.outcome().isNo(); i++) {
      ruling =
          ruling.and(decide(step, ordinal + i * ORDINALS_MAX, engine, asked.apply(line.get(i))));
    }
    return ruling;
  }

  private Ruling decide(Step step, int ordinal, PolicyEngine engine, Situation asked) {
    Evaluation evaluation = engine.evaluate(asked);
    List<Evaluation.Due> due = evaluation.due();
    Situation situation = due.isEmpty() ? asked : asked.with(rates.count(step.key(), due));
    Ruling ruling = evaluation.ruling(situation.counted());
    record(step, ordinal, engine, situation, ruling);
    return ruling;
  }

  private void record(
      Step step, int ordinal, PolicyEngine engine, Situation situation, Ruling ruling) {
    if (!recorded) {
      return;
    }
    StepKey key = step.key();
    versions.keep(key.tenant(), engine);
    step.write(
        Write.one(
            PolicySql.DECISION,
            key.tenant().value(),
            key.task().value(),
            key.position(),
            ordinal,
            key.name(),
            situation.subject().text(),
            ruling.rule(),
            ruling.outcome().text(),
            engine.version(),
            step.seal(input(key.position(), ordinal), situation.record()),
            step.seal(decision(key.position(), ordinal), CanonicalJson.write(ruling.toMap()))));
  }

  /** Where the input of a decision is kept. */
  static String input(int position, int ordinal) {
    return "policy_decision.input:%d:%d".formatted(position, ordinal);
  }

  /** Where a decision is kept. */
  static String decision(int position, int ordinal) {
    return "policy_decision.decision:%d:%d".formatted(position, ordinal);
  }

  private PolicyEngine engine(TenantId tenant, String version) {
    return version.isEmpty() ? tenants.engine(tenant) : versions.engine(tenant, version);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
