package io.agentos.runtime.policy;

import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Says what one version of the policies says. The package documentation tells how it decides; it
 * looks at nothing but the situation it is given.
 *
 * <p>Immutable and thread-safe; other policies make another engine.
 */
public final class PolicyEngine {
  /** The {@code rule} of a refusal because no rule permits. */
  public static final String DEFAULT_DENY = "default-deny";

  /** The {@code rule} of a refusal because the policies could not be asked at all. */
  public static final String ERROR_DENY = "error-deny";

  /** The {@code rule} of an approval that zone red asks for by itself. */
  public static final String RED_ZONE = "red-zone";

  /** The {@code rule} of a refusal because somebody the task runs for may not ask for it now. */
  public static final String NO_MANDATE = "no-mandate";

  private static final int NAMES_MAX = 5_000;

  private final List<Policy> policies;
  private final Map<Subject, List<CompiledRule>> rules = new EnumMap<>(Subject.class);
  private final Map<String, List<CompiledRule>> ofTool = new ConcurrentHashMap<>();
  private final Map<String, List<CompiledRule>> ofModel = new ConcurrentHashMap<>();
  private final String version;

  private record Named(String id, Rule rule) {}

  /**
   * An engine of these policies, in any order.
   *
   * @throws IllegalArgumentException when two have one name, or a condition does not compile
   */
  public PolicyEngine(List<Policy> policies) {
    this.policies = policies.stream().sorted(Comparator.comparing(Policy::id)).toList();
    if (this.policies.stream().map(Policy::id).distinct().count() < policies.size()) {
      throw new IllegalArgumentException("two policies of one name");
    }
    for (Subject subject : Subject.values()) {
      rules.put(subject, compiled(subject).toList());
    }
    this.version =
        CanonicalJson.sha256(
            Json.write(
                rules()
                    .map(rule -> new Named(rule.id(), rule.rule().anywhere()))
                    .sorted(Comparator.comparing(Named::id))
                    .toList()));
  }

  /** The policies, by id. */
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

  /** Asks the rules that may have to do with it. */
  Evaluation evaluate(Situation situation) {
    return new Evaluation(
        switch (situation.subject()) {
          case TASK -> rules(Subject.TASK);
          case TOOL -> named(ofTool, Subject.TOOL, situation.text("tool.name"));
          case MODEL -> named(ofModel, Subject.MODEL, situation.text("model"));
        },
        situation);
  }

  /** What the rules say, with the rates as the situation says they came out. */
  Ruling decide(Situation situation) {
    return evaluate(situation).ruling(situation.counted());
  }

  private List<CompiledRule> named(
      Map<String, List<CompiledRule>> index, Subject subject, String name) {
    List<CompiledRule> known = index.get(name);
    if (known != null) {
      return known;
    }
    List<CompiledRule> found = new ArrayList<>();
    for (CompiledRule rule : rules(subject)) {
      if (rule.rule().match().names(subject, name)) {
        found.add(rule);
      }
    }
    if (index.size() >= NAMES_MAX) {
      index.clear();
    }
    index.put(name, List.copyOf(found));
    return found;
  }

  private List<CompiledRule> rules(Subject subject) {
    return rules.getOrDefault(subject, List.of());
  }

  private Stream<CompiledRule> rules() {
    return rules.values().stream().flatMap(List::stream);
  }

  private Stream<CompiledRule> compiled(Subject subject) {
    return policies.stream()
        .flatMap(policy ->
            policy.rules().stream()
                .filter(rule -> rule.subject() == subject)
                .map(rule -> CompiledRule.of(policy.id(), rule)))
        .sorted(Comparator.comparing(CompiledRule::id));
  }
}
