package io.agentos.runtime.policy;

import io.agentos.api.Request;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Rule.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random rules and requests over few names, so that they meet often. */
final class RandomPolicies {
  private static final List<String> TENANTS = List.of("a", "ab", "b");
  private static final List<String> TYPES = List.of("t", "tu", "u");
  private static final List<String> AGENTS = List.of("p.x", "p.xy", "pq.x", "q.y");
  private static final List<String> TOOLS = List.of("m.send", "m.sense", "mf.read", "f.read");
  private static final List<String> VALUES = List.of("prod", "production", "dev");

  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      String name = "r" + i;
      rules.add(
          switch (random.nextInt(6)) {
            case 0 -> new Rule(name, Effect.PERMIT, match(true), "", AgentLimits.NONE);
            case 1, 2 -> new Rule(name, Effect.PERMIT, match(false), "", limits());
            default -> restriction(name);
          });
    }
    return rules;
  }

  /** A rule of any effect but permit. */
  Rule restriction(String name) {
    return switch (random.nextInt(4)) {
      case 0 -> new Rule(name, Effect.FORBID, match(false), "No.", AgentLimits.NONE);
      case 1 -> new Rule(name, Effect.FORBID, match(true), "No.", AgentLimits.NONE);
      case 2 -> new Rule(name, Effect.REQUIRE_APPROVAL, match(true), "Ask.", AgentLimits.NONE);
      default ->
          new Rule(name, Effect.LIMIT, match(false), "", Samples.turns(1 + random.nextInt(40)));
    };
  }

  Request request() {
    String agent = pick(AGENTS);
    String pack = agent.substring(0, agent.indexOf('.'));
    String type = maybe(pick(TYPES));
    Request.Target target =
        switch (random.nextInt(5)) {
          case 0 -> new Request.Target(pack, null, type);
          case 1 -> new Request.Target(null, agent, type);
          case 2 -> new Request.Target(pack, agent.substring(pack.length() + 1), type);
          case 3 -> new Request.Target(null, agent.substring(pack.length() + 1), type);
          default -> new Request.Target(null, null, type);
        };
    Map<String, String> labels = random.nextBoolean() ? Map.of() : Map.of("env", pick(VALUES));
    return Samples.request(pick(TENANTS), target, random.nextInt(10), labels);
  }

  /** An agent as the router might find it: of the pack, name and type that the request names. */
  AgentDefinition agentFor(Request request) {
    Request.Target target = request.target();
    List<String> fitting =
        AGENTS.stream()
            .filter(id -> target.pack() == null || id.startsWith(target.pack() + "."))
            .filter(id ->
                target.agent() == null
                    || id.equals(target.agent())
                    || id.endsWith("." + target.agent()))
            .toList();
    List<String> types = new ArrayList<>(TYPES.subList(0, random.nextInt(TYPES.size() + 1)));
    if (target.type() != null && !types.contains(target.type())) {
      types.add(target.type());
    }
    return Samples.agent(pick(fitting), pick(List.of(Zone.values())), types.toArray(String[]::new));
  }

  ToolSpec tool() {
    return Samples.tool(pick(TOOLS), pick(List.of(Zone.values())));
  }

  /** What the reference is told about a request alone. */
  static Map<String, Set<String>> facts(Request request) {
    Request.Target target = request.target();
    Map<String, Set<String>> facts = new HashMap<>();
    facts.put("tenant", Set.of(request.tenant().value()));
    facts.put("priority", Set.of(String.valueOf(request.priority())));
    facts.put(
        "env",
        request.labels().containsKey("env") ? Set.copyOf(request.labels().values()) : Set.of());
    facts.put("tools", Set.of());
    String agent = target.agent();
    if (target.pack() != null) {
      facts.put("packs", Set.of(target.pack()));
    }
    if (agent != null && agent.contains(".")) {
      facts.put("agents", Set.of(agent));
      facts.put("packs", Set.of(agent.substring(0, agent.indexOf("."))));
    } else if (agent != null && target.pack() != null) {
      facts.put("agents", Set.of(target.pack() + "." + agent));
    }
    if (target.type() != null) {
      facts.put("types", Set.of(target.type()));
    }
    return facts;
  }

  static Map<String, Set<String>> facts(Request request, AgentDefinition agent) {
    Map<String, Set<String>> facts = facts(request);
    facts.put("packs", Set.of(agent.id().pack()));
    facts.put("agents", Set.of(agent.id().pack() + "." + agent.id().agent()));
    facts.put("zones", Set.of(agent.zone().name().toLowerCase(Locale.ROOT)));
    facts.putIfAbsent("types", Set.copyOf(agent.taskTypes()));
    return facts;
  }

  static Map<String, Set<String>> facts(Request request, AgentDefinition agent, ToolSpec tool) {
    Map<String, Set<String>> facts = facts(request, agent);
    facts.put("tools", Set.of(tool.name()));
    Zone zone = Collections.max(List.of(agent.zone(), tool.zone()));
    facts.put("zones", Set.of(zone.name().toLowerCase(Locale.ROOT)));
    return facts;
  }

  private Match match(boolean ofTools) {
    return new Match(
        patterns(TENANTS),
        patterns(List.of("p", "pq", "q")),
        patterns(AGENTS),
        patterns(TYPES),
        ofTools ? List.of(pattern(TOOLS)) : List.of(),
        List.of(),
        random.nextInt(4) == 0 ? List.of(pick(List.of(Zone.values()))) : List.of(),
        random.nextInt(6) == 0 ? Map.of("env", pattern(VALUES)) : Map.of(),
        random.nextInt(4) == 0 ? random.nextInt(10) : 9);
  }

  private List<String> patterns(List<String> names) {
    return switch (random.nextInt(8)) {
      case 0 -> List.of(pattern(names));
      case 1 -> List.of(pattern(names), pattern(names));
      default -> List.of();
    };
  }

  private String pattern(List<String> names) {
    String name = pick(names);
    return switch (random.nextInt(3)) {
      case 0 -> name;
      case 1 -> name.substring(0, random.nextInt(name.length() + 1)) + "*";
      default -> "*";
    };
  }

  private AgentLimits limits() {
    return random.nextBoolean() ? AgentLimits.NONE : Samples.turns(1 + random.nextInt(40));
  }

  private @Nullable String maybe(String value) {
    return random.nextBoolean() ? value : null;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
