package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.policy.ReferenceDecision.Ruled;
import io.agentos.runtime.policy.Rule.Effect;
import io.agentos.runtime.policy.Rule.Kind;
import io.agentos.runtime.policy.Situation.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The engine against {@link ReferenceDecision} over random rules of all layers, with conditions,
 * rates and quorums; and each decision again from its record.
 */
final class DifferentialTest {
  private static final int CASES = Integer.getInteger("agentos.policy.cases", 100_000);
  private static final long SEED = 20_261_122;

  /** How many situations each random set of rules is asked about. */
  private static final int EACH = 4;

  private static final int CONDITIONS = 700;
  private static final List<String> ROLES = List.of("admin", "operator", "approver");

  private final Random random = new Random(SEED);
  private final RandomPolicies policies = new RandomPolicies(random);
  private final Map<Subject, List<RandomConditions.Tree>> conditions =
      Map.of(Subject.TASK, conditions(Subject.TASK), Subject.TOOL, conditions(Subject.TOOL));
  private final Map<String, Integer> seen = new TreeMap<>();

  private record Case(List<Ruled> ruled, PolicyEngine engine) {}

  @Test
  void engine_agreesWithTheReference_andWithItsOwnRecord() {
    Case tried = policies();
    for (int i = 0; i < CASES; i++) {
      if (i % EACH == 0) {
        tried = policies();
      }
      Request request = policies.request();
      AgentDefinition agent = policies.agentFor(request);
      Situations.Moment moment =
          new Situations.Moment(
              Instant.ofEpochSecond(1_750_000_000L + random.nextInt(10_000_000)),
              random.nextBoolean() ? null : "operator");
      switch (random.nextInt(4)) {
        case 0 ->
            check(
                tried,
                Situations.requested(request, moment),
                RandomPolicies.facts(request),
                values(request, null, moment));
        case 1 ->
            check(
                tried,
                Situations.admitted(request, agent, moment),
                RandomPolicies.facts(request, agent),
                values(request, agent, moment));
        default -> tool(tried, request, agent, moment);
      }
    }
    assertThat(seen.keySet())
        .contains("permit", "forbid", "require-approval", "default-deny", "error-deny");
    assertThat(seen).allSatisfy((_, count) -> assertThat(count).isGreaterThan(CASES / 50));
  }

  private void tool(Case tried, Request request, AgentDefinition agent, Situations.Moment moment) {
    ToolSpec tool = policies.tool();
    Map<String, @Nullable Object> arguments = arguments();
    List<String> history = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      history.add(policies.tool().name());
    }
    List<String> taint = history.stream().distinct().sorted().map(name -> "tool:" + name).toList();
    Usage usage = new Usage(0, 0, 0, 0, 0, 0, history.size());
    Map<String, Object> values = values(request, agent, moment);
    values.put("zone", Match.name(Facts.later(agent.zone(), tool.zone())));
    values.put("tool.name", tool.name());
    values.put("history.tools", history);
    values.put("taint", taint);
    values.put("usage.tool_calls", (long) history.size());
    values.put("args", arguments);
    check(
        tried,
        Situations.tool(
            request,
            agent,
            tool,
            new ToolCall("1", tool.name(), arguments),
            new Progress("", history, taint, usage),
            moment),
        RandomPolicies.facts(request, agent, tool),
        values);
  }

  private void check(
      Case tried, Situation situation, Map<String, Set<String>> facts, Map<String, Object> values) {
    Subject subject = situation.subject();
    Evaluation evaluation = tried.engine().evaluate(situation);
    List<Counted> counted =
        evaluation.due().stream()
            .map(due ->
                new Counted(due.rule().id(), due.key(), due.amount(), 0, room(due.rule().id())))
            .toList();
    Ruling ruling = evaluation.ruling(counted);

    shortcutsSayWhatCelSays(tried, situation);
    String expected =
        new ReferenceDecision(
                tried.ruled().stream().filter(each -> each.rule().subject() == subject).toList(),
                facts,
                values,
                situation.pending(),
                DifferentialTest::room)
            .words(subject);
    if (!words(ruling).equals(expected)) {
      assertThat(words(ruling)).as("%s%n%s", tried.ruled(), situation.record()).isEqualTo(expected);
    }
    Situation again = Situation.of(situation.with(counted).record());
    if (!tried.engine().decide(again).equals(ruling)) {
      assertThat(tried.engine().decide(again)).as(situation.record()).isEqualTo(ruling);
    }
    seen.merge(ruling.outcome().text(), 1, Integer::sum);
  }

  /** Forms that are evaluated without CEL come to the same, failures included. */
  private static void shortcutsSayWhatCelSays(Case tried, Situation situation) {
    for (Ruled each : tried.ruled()) {
      if (each.when() != null && each.rule().subject() == situation.subject()) {
        try {
          Condition condition = Conditions.condition(situation.subject(), each.when().cel());
          Condition.Result quick = condition.evaluate(situation);
          if (!quick.equals(condition.ask(situation))) {
            assertThat(quick).as(each.when().cel()).isEqualTo(condition.ask(situation));
          }
        } catch (Conditions.Broken e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private static String words(Ruling ruling) {
    return switch (ruling.outcome()) {
      case PERMIT -> "permit";
      case FORBID, DEFAULT_DENY, ERROR_DENY -> ruling.outcome().text() + " " + ruling.rule();
      case REQUIRE_APPROVAL -> {
        Quorum quorum = ruling.quorum() == null ? Quorum.ONE : ruling.quorum();
        yield "require-approval %s %d %s"
            .formatted(ruling.rule(), quorum.approvers(), quorum.roles());
      }
    };
  }

  /** Every third rate is full. */
  private static boolean room(String rule) {
    return rule.hashCode() % 3 != 0;
  }

  private Case policies() {
    List<Policy> made = new ArrayList<>();
    List<Ruled> ruled = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      if (layer != Layer.BASE && random.nextInt(3) > 0) {
        continue;
      }
      String pack = layer == Layer.PACK ? "p" : "";
      List<Rule> rules = new ArrayList<>();
      Map<Rule, RandomConditions.@Nullable Tree> trees = new HashMap<>();
      for (Rule plain : policies.rules()) {
        if (layer == Layer.TENANT && plain.effect() == Effect.PERMIT) {
          continue;
        }
        RandomConditions.Tree tree = random.nextInt(3) == 0 ? null : condition(plain.subject());
        Rule rule = decorated(plain, tree);
        Rule placed = layer == Layer.PACK ? LayerCheck.confined(rule, pack) : rule;
        rules.add(placed);
        trees.put(placed, tree);
      }
      Policy policy = new Policy("test", "A test", layer, pack, "", rules);
      made.add(policy);
      rules.forEach(
          rule -> ruled.add(new Ruled(policy.id() + "/" + rule.name(), rule, trees.get(rule))));
    }
    return new Case(ruled, new PolicyEngine(made));
  }

  private Rule decorated(Rule rule, RandomConditions.@Nullable Tree tree) {
    boolean counts =
        (rule.effect() == Effect.REQUIRE_APPROVAL && random.nextInt(3) == 0)
            || (rule.effect() == Effect.LIMIT && random.nextInt(2) == 0);
    Rate.Over over =
        rule.subject() == Subject.TOOL && random.nextBoolean()
            ? Rate.Over.REQUIRE_APPROVAL
            : Rate.Over.FORBID;
    return new Rule(
        rule.name(),
        counts ? Kind.QUOTA : Kind.ACCESS,
        counts ? Effect.LIMIT : rule.effect(),
        rule.match(),
        tree == null ? "" : tree.cel(),
        "Because.",
        counts ? io.agentos.runtime.definitions.AgentLimits.NONE : rule.limits(),
        new Quorum(
            1 + random.nextInt(3), ROLES.stream().filter(_ -> random.nextInt(3) == 0).toList()),
        counts ? new Rate(3, Duration.ofHours(1), Rate.By.AGENT, "", over) : null,
        0);
  }

  private RandomConditions.Tree condition(Subject subject) {
    List<RandomConditions.Tree> all = conditions.getOrDefault(subject, List.of());
    return all.get(random.nextInt(all.size()));
  }

  private List<RandomConditions.Tree> conditions(Subject subject) {
    RandomConditions generator = new RandomConditions(random);
    List<RandomConditions.Tree> trees = new ArrayList<>();
    for (int i = 0; i < CONDITIONS; i++) {
      trees.add(generator.tree(subject, 3));
    }
    return trees;
  }

  private Map<String, @Nullable Object> arguments() {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    switch (random.nextInt(6)) {
      case 0 -> arguments.put("amount", (long) random.nextInt(8));
      case 1 -> arguments.put("amount", random.nextInt(80) / 8.0);
      case 2 -> arguments.put("amount", random.nextBoolean() ? "many" : "few");
      case 3 -> arguments.put("amount", null);
      case 4 -> arguments.put("items", List.of((long) random.nextInt(4), 1L, 5L));
      default -> {}
    }
    return arguments;
  }

  private static Map<String, Object> values(
      Request request, @Nullable AgentDefinition agent, Situations.Moment moment) {
    Map<String, Object> values = new HashMap<>();
    values.put("tenant", request.tenant().value());
    values.put("task.priority", (long) request.priority());
    values.put("labels", request.labels());
    values.put("now", moment.now().toString());
    if (moment.role() != null) {
      values.put("principal.role", moment.role());
    }
    if (agent != null) {
      values.put("agent.pack", agent.id().pack());
      values.put("zone", Match.name(agent.zone()));
    }
    return values;
  }
}
