package io.agentos.runtime.policy;

import io.agentos.api.AgentId;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.policy.Rule.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests, agents, tools and rules for tests. */
final class Samples {
  static final TaskId TASK = TaskId.next();
  static final Match ANYTHING = match().build();

  private Samples() {}

  static Request request(@Nullable String pack, @Nullable String agent, @Nullable String type) {
    return request("acme", new Request.Target(pack, agent, type), 5, Map.of());
  }

  static Request request(
      String tenant, Request.Target target, int priority, Map<String, String> labels) {
    return request(tenant, target, priority, labels, null);
  }

  static Request request(
      String tenant,
      Request.Target target,
      int priority,
      Map<String, String> labels,
      @Nullable Limits limits) {
    return new Request(
        new TenantId(tenant),
        TASK,
        "key:test",
        target,
        new TaskInput.Text("do it"),
        priority,
        null,
        limits,
        labels,
        null);
  }

  static AgentDefinition agent(String id, Zone zone, String... types) {
    return new AgentDefinition(
        AgentId.parse(id),
        "An agent",
        zone,
        List.of(types),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        AgentLimits.NONE,
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)));
  }

  static ToolSpec tool(String name, Zone zone) {
    return new ToolSpec(
        name,
        "A tool",
        Map.of("type", "object"),
        ToolSpec.Effect.ONCE,
        zone,
        Duration.ofSeconds(1));
  }

  static AgentLimits turns(int turnsMax) {
    return new AgentLimits(turnsMax, null, null, null, null, null);
  }

  static Rule permit(String name, Match match) {
    return new Rule(name, Effect.PERMIT, match, "", AgentLimits.NONE);
  }

  static Rule permit(String name, Match match, AgentLimits limits) {
    return new Rule(name, Effect.PERMIT, match, "", limits);
  }

  static Rule limit(String name, Match match, AgentLimits limits) {
    return new Rule(name, Effect.LIMIT, match, "", limits);
  }

  static Rule forbid(String name, Match match) {
    return new Rule(name, Effect.FORBID, match, "No " + name + ".", AgentLimits.NONE);
  }

  static Rule approve(String name, Match match) {
    return new Rule(
        name, Effect.REQUIRE_APPROVAL, match, "Ask for " + name + ".", AgentLimits.NONE);
  }

  static TestEngine engine(Rule... rules) {
    return new TestEngine(List.of(new Policy("test", "A test", List.of(rules))));
  }

  static MatchBuilder match() {
    return new MatchBuilder();
  }

  /** A match that fits all, to be narrowed. */
  static final class MatchBuilder {
    private List<String> tenants = List.of();
    private List<String> packs = List.of();
    private List<String> agents = List.of();
    private List<String> types = List.of();
    private List<String> tools = List.of();
    private List<Zone> zones = List.of();
    private Map<String, String> labels = Map.of();
    private int priorityMax = 9;

    MatchBuilder tenants(String... patterns) {
      tenants = List.of(patterns);
      return this;
    }

    MatchBuilder packs(String... patterns) {
      packs = List.of(patterns);
      return this;
    }

    MatchBuilder agents(String... patterns) {
      agents = List.of(patterns);
      return this;
    }

    MatchBuilder types(String... patterns) {
      types = List.of(patterns);
      return this;
    }

    MatchBuilder tools(String... patterns) {
      tools = List.of(patterns);
      return this;
    }

    MatchBuilder zones(Zone... wanted) {
      zones = List.of(wanted);
      return this;
    }

    MatchBuilder label(String name, String pattern) {
      labels = Map.of(name, pattern);
      return this;
    }

    MatchBuilder priorityMax(int max) {
      priorityMax = max;
      return this;
    }

    Match build() {
      return new Match(tenants, packs, agents, types, tools, List.of(), zones, labels, priorityMax);
    }
  }
}
