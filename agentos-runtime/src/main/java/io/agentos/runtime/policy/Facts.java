package io.agentos.runtime.policy;

import io.agentos.api.Request;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known about a request, or about one of its tool calls, when the rules are asked. */
record Facts(
    String tenant,
    Fact packs,
    Fact agents,
    Fact types,
    Fact tools,
    Fact models,
    Fact zones,
    Map<String, String> labels,
    int priority) {
  private static final Fact NONE = new Known(List.of());

  /** One thing that rules ask for. */
  sealed interface Fact {}

  /** It will be known later. */
  record Unknown() implements Fact {}

  /** It has these values, most often one; none when there is no such thing. */
  record Known(List<String> values) implements Fact {
    Known {
      values = List.copyOf(values);
    }
  }

  /** What a request says before its agent is found. */
  static Facts of(Request request) {
    Request.Target target = request.target();
    String agent = target.agent();
    String full = fullName(target.pack(), agent);
    String packOfAgent = full == null ? null : full.substring(0, full.indexOf('.'));
    return new Facts(
        request.tenant().value(),
        known(target.pack(), packOfAgent),
        known(full),
        known(target.type()),
        NONE,
        NONE,
        new Unknown(),
        request.labels(),
        request.priority());
  }

  /** What is true of a request that this agent will serve. */
  static Facts of(Request request, AgentDefinition agent) {
    String type = request.target().type();
    return new Facts(
        request.tenant().value(),
        known(agent.id().pack()),
        known(agent.id().toString()),
        type == null ? new Known(agent.taskTypes()) : known(type),
        NONE,
        NONE,
        known(Match.name(agent.zone())),
        request.labels(),
        request.priority());
  }

  /** What is true of a call of this tool; its zone is the later of the agent's and the tool's. */
  static Facts of(Request request, AgentDefinition agent, ToolSpec tool) {
    Facts task = of(request, agent);
    return new Facts(
        task.tenant,
        task.packs,
        task.agents,
        task.types,
        known(tool.name()),
        NONE,
        known(Match.name(later(agent.zone(), tool.zone()))),
        task.labels,
        task.priority);
  }

  /** What is true of a call of this model, {@code PROVIDER/MODEL}. */
  static Facts of(Request request, AgentDefinition agent, String model) {
    Facts task = of(request, agent);
    return new Facts(
        task.tenant,
        task.packs,
        task.agents,
        task.types,
        NONE,
        known(model),
        task.zones,
        task.labels,
        task.priority);
  }

  /** The facts as they are recorded; labels stand among the values. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new TreeMap<>();
    map.put("tenant", tenant);
    map.put("packs", values(packs));
    map.put("agents", values(agents));
    map.put("types", values(types));
    map.put("tools", values(tools));
    map.put("models", values(models));
    map.put("zones", values(zones));
    map.put("labels", labels);
    map.put("priority", priority);
    return map;
  }

  /** The facts of such a map. */
  @SuppressWarnings("unchecked")
  static Facts of(Map<String, @Nullable Object> map) {
    return new Facts(
        String.valueOf(map.get("tenant")),
        fact(map.get("packs")),
        fact(map.get("agents")),
        fact(map.get("types")),
        fact(map.get("tools")),
        fact(map.get("models")),
        fact(map.get("zones")),
        (Map<String, String>) Objects.requireNonNull(map.get("labels")),
        ((Number) Objects.requireNonNull(map.get("priority"))).intValue());
  }

  private static @Nullable List<String> values(Fact fact) {
    return switch (fact) {
      case Unknown _ -> null;
      case Known(List<String> values) -> values;
    };
  }

  @SuppressWarnings("unchecked")
  private static Fact fact(@Nullable Object values) {
    return values == null ? new Unknown() : new Known((List<String>) values);
  }

  static Zone later(Zone one, Zone other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The facts in words, for a refusal. */
  String inWords() {
    return "tenant %s, pack %s, agent %s, type %s, priority %d"
        .formatted(tenant, inWords(packs), inWords(agents), inWords(types), priority);
  }

  private static String inWords(Fact fact) {
    return switch (fact) {
      case Unknown _ -> "not named";
      case Known(List<String> values) -> values.isEmpty() ? "none" : String.join(" and ", values);
    };
  }

  /** An agent's full name, or null as long as its pack is not known. */
  private static @Nullable String fullName(@Nullable String pack, @Nullable String agent) {
    if (agent == null || agent.indexOf('.') >= 0) {
      return agent;
    }
    return pack == null ? null : pack + "." + agent;
  }

  private static Fact known(@Nullable String... values) {
    Set<String> given = new LinkedHashSet<>();
    for (String value : values) {
      if (value != null) {
        given.add(value);
      }
    }
    return given.isEmpty() ? new Unknown() : new Known(List.copyOf(given));
  }
}
