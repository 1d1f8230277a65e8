package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks at the door what a request says about who shall do it, so that a mistyped name is told at
 * once and stores nothing. Thread-safe.
 */
final class TargetCheck {
  private final Catalog catalog;

  TargetCheck(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What a request wants; an agent that it names by its id, {@code pack.agent}.
   *
   * @param agent the agent it names; empty when it leaves the choice to the router
   */
  record Resolved(Request.Target target, Optional<AgentDefinition> agent) {}

  /**
   * Finds what {@code wanted} names. An agent is named alone or as {@code pack.agent}.
   *
   * @throws AgentOsException UNKNOWN_AGENT
   */
  Resolved resolve(Request.Target wanted) {
    Request.Target split = split(wanted);
    List<AgentDefinition> candidates = ofPack(split.pack());
    String agent = split.agent();
    if (agent != null) {
      candidates = named(candidates, agent);
    }
    String type = split.type();
    if (type != null) {
      candidates = serving(candidates, type);
    }
    if (agent == null) {
      return new Resolved(split, Optional.empty());
    }
    AgentDefinition only = candidates.getFirst();
    return new Resolved(
        new Request.Target(only.id().pack(), only.id().toString(), type), Optional.of(only));
  }

  private static Request.Target split(Request.Target wanted) {
    String agent = wanted.agent();
    int dot = agent == null ? -1 : agent.indexOf('.');
    if (agent == null || dot < 0) {
      return wanted;
    }
    String pack = agent.substring(0, dot);
    if (wanted.pack() != null && !wanted.pack().equals(pack)) {
      throw unknown("agent", "names another pack than 'pack' does");
    }
    return new Request.Target(pack, agent.substring(dot + 1), wanted.type());
  }

  private List<AgentDefinition> ofPack(@Nullable String name) {
    List<PackDefinition> packs = catalog.packs();
    if (name == null) {
      return packs.stream().flatMap(pack -> pack.agents().stream()).toList();
    }
    return packs.stream()
        .filter(pack -> pack.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            unknown(
                "pack",
                FieldProblems.unknown(name, packs.stream().map(PackDefinition::name).toList())))
        .agents();
  }

  private static List<AgentDefinition> named(List<AgentDefinition> candidates, String name) {
    List<AgentDefinition> named =
        candidates.stream().filter(agent -> agent.id().agent().equals(name)).toList();
    if (named.isEmpty()) {
      throw unknown(
          "agent",
          FieldProblems.unknown(
              name, candidates.stream().map(agent -> agent.id().agent()).distinct().toList()));
    }
    if (named.size() > 1) {
      String packs =
          named.stream().map(agent -> agent.id().pack()).collect(Collectors.joining(", "));
      throw unknown("agent", "is in the packs %s; say which by 'pack'".formatted(packs));
    }
    return named;
  }

  private static List<AgentDefinition> serving(List<AgentDefinition> candidates, String type) {
    List<AgentDefinition> serving =
        candidates.stream().filter(agent -> agent.taskTypes().contains(type)).toList();
    if (serving.isEmpty()) {
      List<String> types =
          candidates.stream().flatMap(agent -> agent.taskTypes().stream()).distinct().toList();
      throw unknown("type", FieldProblems.unknown(type, types));
    }
    return serving;
  }

  private static AgentOsException unknown(String path, String message) {
    return AgentOsException.ofFields(
        ErrorCode.UNKNOWN_AGENT,
        "Nobody can do this task: %s %s.".formatted(path, message),
        List.of(new FieldError(path, message)));
  }
}
