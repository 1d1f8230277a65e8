package io.agentos.runtime.policy;

import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.ToolSpec;
import io.agentos.api.Verdict;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.policy.Match.Answer;
import io.agentos.runtime.policy.Match.Quantifier;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says whether a task, an agent or a tool call is allowed, by the policies it was made with. The
 * package documentation tells how it decides.
 *
 * <p>Immutable and thread-safe; other policies make another engine.
 */
public final class PolicyEngine {
  /** The {@code rule} of a refusal because no rule permits. */
  public static final String DEFAULT_DENY = "default-deny";

  /** The {@code rule} of a refusal because the rules could not be evaluated. */
  public static final String ERROR_DENY = "error-deny";

  /** The {@code rule} of an approval that zone red asks for by itself. */
  public static final String RED_ZONE = "red-zone";

  private static final String ERROR_REASON =
      "The policies could not be evaluated; what cannot be evaluated is denied.";

  private static final System.Logger LOG = System.getLogger(PolicyEngine.class.getName());

  private final List<Policy> policies;
  private final List<Named> taskRules;
  private final List<Named> toolRules;
  private final List<Named> modelRules;
  private final String version;

  /** A rule with its full name, {@code policy/rule}. */
  private record Named(String id, Rule rule) {
    Answer answer(Facts facts) {
      return rule.match()
          .answer(facts, rule.effect() == Effect.PERMIT ? Quantifier.EVERY : Quantifier.ANY);
    }
  }

  /**
   * An engine of these policies, in any order.
   *
   * @throws IllegalArgumentException when two have one name
   */
  public PolicyEngine(List<Policy> policies) {
    this.policies = policies.stream().sorted(Comparator.comparing(Policy::name)).toList();
    if (this.policies.stream().map(Policy::name).distinct().count() < policies.size()) {
      throw new IllegalArgumentException("two policies of one name");
    }
    List<Named> rules =
        this.policies.stream()
            .flatMap(policy ->
                policy.rules().stream()
                    .map(rule -> new Named(policy.name() + "/" + rule.name(), rule)))
            .sorted(Comparator.comparing(Named::id))
            .toList();
    this.taskRules =
        rules.stream()
            .filter(named ->
                named.rule().match().tools().isEmpty() && named.rule().match().models().isEmpty())
            .toList();
    this.toolRules =
        rules.stream().filter(named -> !named.rule().match().tools().isEmpty()).toList();
    this.modelRules =
        rules.stream().filter(named -> !named.rule().match().models().isEmpty()).toList();
    this.version = CanonicalJson.sha256(Json.write(rules));
  }

  /** The policies, by name. */
  public List<Policy> policies() {
    return policies;
  }

  /**
   * The SHA-256 of all rules, hexadecimal; the same for the same rules in any order of files, rules
   * and patterns.
   */
  public String version() {
    return version;
  }

  /**
   * Step 2: whether a request may go on to the router. An {@code Allow} is not the last word: only
   * {@link #admit} knows the agent, and its limits are never wider than these.
   */
  public Verdict validate(Request request) {
    return task(request, () -> Facts.of(request));
  }

  /** Inside step 3: whether the agent that was found may serve the request, and within what. */
  public Verdict admit(Request request, AgentDefinition agent) {
    return task(request, () -> Facts.of(request, agent));
  }

  /**
   * At a checkpoint: whether the agent may call the tool. In zone red, by the agent's or the tool's
   * zone, a call is never merely permitted.
   */
  public ToolVerdict tool(Request request, AgentDefinition agent, ToolSpec tool) {
    try {
      return decide(Facts.of(request, agent, tool), tool, Facts.later(agent.zone(), tool.zone()));
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "policies could not be evaluated, tool call denied task=" + request.task(),
          e);
      return new ToolVerdict.Forbid(ERROR_DENY, ERROR_REASON);
    }
  }

  /**
   * Whether the agent may ask this model for this request.
   *
   * @param model {@code PROVIDER/MODEL}
   */
  public ModelVerdict model(Request request, AgentDefinition agent, String model) {
    try {
      Facts facts = Facts.of(request, agent, model);
      Optional<Named> forbid = first(modelRules, Effect.FORBID, Answer.YES, facts);
      if (forbid.isPresent()) {
        return new ModelVerdict.Forbid(forbid.get().id(), forbid.get().rule().reason());
      }
      return first(modelRules, Effect.PERMIT, Answer.YES, facts)
          .<ModelVerdict>map(permit -> new ModelVerdict.Permit(permit.id()))
          .orElseGet(() ->
              new ModelVerdict.Forbid(
                  DEFAULT_DENY, "No policy rule permits model %s.".formatted(model)));
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "policies could not be evaluated, model refused task=" + request.task(),
          e);
      return new ModelVerdict.Forbid(ERROR_DENY, ERROR_REASON);
    }
  }

  private Verdict task(Request request, Supplier<Facts> facts) {
    try {
      return decide(facts.get(), request);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "policies could not be evaluated, task denied task=" + request.task(),
          e);
      return new Verdict.Deny(ERROR_DENY, ERROR_REASON, version);
    }
  }

  private Verdict decide(Facts facts, Request request) {
    Optional<Named> forbid = first(taskRules, Effect.FORBID, Answer.YES, facts);
    if (forbid.isPresent()) {
      return new Verdict.Deny(forbid.get().id(), forbid.get().rule().reason(), version);
    }
    Optional<Named> permit =
        first(taskRules, Effect.PERMIT, Answer.YES, facts)
            .or(() -> first(taskRules, Effect.PERMIT, Answer.UNKNOWN, facts));
    if (permit.isEmpty()) {
      return new Verdict.Deny(
          DEFAULT_DENY, "No policy rule permits it: %s.".formatted(facts.inWords()), version);
    }
    Limits limits =
        TaskLimits.of(
            rules(Effect.PERMIT, Answer.YES, facts),
            rules(Effect.PERMIT, Answer.UNKNOWN, facts),
            rules(Effect.LIMIT, Answer.YES, facts));
    Limits asked = request.limits();
    return new Verdict.Allow(
        asked == null ? limits : limits.tightest(asked), permit.get().id(), version);
  }

  private ToolVerdict decide(Facts facts, ToolSpec tool, Zone zone) {
    Optional<Named> forbid = first(toolRules, Effect.FORBID, Answer.YES, facts);
    if (forbid.isPresent()) {
      return new ToolVerdict.Forbid(forbid.get().id(), forbid.get().rule().reason());
    }
    Optional<Named> permit = first(toolRules, Effect.PERMIT, Answer.YES, facts);
    if (permit.isEmpty()) {
      return new ToolVerdict.Forbid(
          DEFAULT_DENY,
          "No policy rule permits tool %s: %s.".formatted(tool.name(), facts.inWords()));
    }
    Optional<Named> approval = first(toolRules, Effect.REQUIRE_APPROVAL, Answer.YES, facts);
    if (approval.isPresent()) {
      return new ToolVerdict.RequireApproval(approval.get().id(), approval.get().rule().reason());
    }
    return zone == Zone.RED
        ? new ToolVerdict.RequireApproval(
            RED_ZONE,
            "Tool %s would act in zone red, where a person decides each time."
                .formatted(tool.name()))
        : new ToolVerdict.Permit(permit.get().id());
  }

  private List<Rule> rules(Effect effect, Answer answer, Facts facts) {
    return matching(taskRules, effect, answer, facts).map(Named::rule).toList();
  }

  /** The first by its id, so that the order of rules means nothing. */
  private static Optional<Named> first(
      List<Named> rules, Effect effect, Answer answer, Facts facts) {
    return matching(rules, effect, answer, facts).findFirst();
  }

  private static Stream<Named> matching(
      List<Named> rules, Effect effect, Answer answer, Facts facts) {
    return rules.stream()
        .filter(named -> named.rule().effect() == effect && named.answer(facts) == answer);
  }
}
