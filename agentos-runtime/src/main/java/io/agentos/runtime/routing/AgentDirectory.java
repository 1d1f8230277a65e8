package io.agentos.runtime.routing;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.Nearest;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.Problems;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents of all packs, by what a caller can name: agent, pack and type. Where a name leads to
 * nothing it says so, with the nearest names and those that exist.
 */
record AgentDirectory(List<Entry> entries) {
  private static final int LISTED_MAX = 20;
  static final int NEAREST_MAX = 3;

  /** An agent with its pack. */
  record Entry(PackDefinition pack, AgentDefinition agent) {
    String id() {
      return agent.id().toString();
    }

    boolean serves(String type) {
      return agent.taskTypes().contains(type);
    }
  }

  /**
   * What a caller's names leave over.
   *
   * @param entries at least one, by id
   * @param named whether the caller named anything at all
   * @param reason why, if it is one
   */
  record Selection(List<Entry> entries, boolean named, String reason) {}

  static AgentDirectory of(List<PackDefinition> packs) {
    return new AgentDirectory(
        packs.stream()
            .flatMap(pack -> pack.agents().stream().map(agent -> new Entry(pack, agent)))
            .sorted(Comparator.comparing(Entry::id))
            .toList());
  }

  /**
   * The agents that fit what the caller named.
   *
   * @throws AgentOsException UNKNOWN_AGENT when none does
   */
  Selection select(Request.Target target) {
    String agent = target.agent();
    if (entries.isEmpty()) {
      throw unknown("There is no agent: no pack is enabled.");
    }
    return agent == null ? byPackAndType(target) : byName(agent, target);
  }

  /**
   * The agent of this id.
   *
   * @throws AgentOsException UNKNOWN_AGENT when it is not there
   */
  Entry entry(AgentId id) {
    return entries.stream()
        .filter(entry -> entry.agent().id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown("There is no agent %s.".formatted(id)));
  }

  /** Why nobody chooses between agents that fit alike. */
  static String alike(List<Entry> entries) {
    return "%d agents fit the task alike: %s. Name one of them as agent."
        .formatted(entries.size(), listed(entries.stream().map(Entry::id).toList()));
  }

  /**
   * Why nobody is chosen where too little speaks for any agent.
   *
   * @param nearest those that the most speaks for, if anything does
   */
  static String nothing(List<Entry> entries, List<Entry> nearest) {
    String near =
        nearest.isEmpty()
            ? ""
            : " Nearest: %s.".formatted(listed(nearest.stream().map(Entry::id).toList()));
    return "Nothing in the task says which agent it is for: no agent, pack or type is named, and too little of its text and inputs speaks for any.%s Agents: %s."
        .formatted(near, listed(entries.stream().map(Entry::id).toList()));
  }

  private Selection byName(String name, Request.Target target) {
    String pack = target.pack();
    boolean full = name.indexOf('.') >= 0;
    if (full && pack != null && !name.startsWith(pack + ".")) {
      throw unknown(
          "Agent %s is not of pack %s; name one of the two, or an agent of that pack."
              .formatted(Problems.quoted(name), Problems.quoted(pack)));
    }
    String id = full || pack == null ? name : pack + "." + name;
    List<Entry> fitting =
        entries.stream()
            .filter(entry -> entry.id().equals(id) || entry.agent().id().agent().equals(id))
            .toList();
    if (fitting.isEmpty()) {
      throw unknown(
          "There is no agent %s.%s Agents: %s."
              .formatted(Problems.quoted(id), nearest(id, names()), listed(ids())));
    }
    if (fitting.size() > 1) {
      throw unknown(alike(fitting));
    }
    checkType(fitting.getFirst().agent(), target.type());
    return new Selection(fitting, true, "named by the caller");
  }

  private static void checkType(AgentDefinition agent, @Nullable String type) {
    if (type != null && !agent.taskTypes().contains(type)) {
      throw unknown(
          "Agent %s does not serve type %s. Types: %s."
              .formatted(agent.id(), Problems.quoted(type), listed(agent.taskTypes())));
    }
  }

  private Selection byPackAndType(Request.Target target) {
    String pack = target.pack();
    String type = target.type();
    List<Entry> ofPack =
        entries.stream().filter(entry -> pack == null || entry.pack().name().equals(pack)).toList();
    if (pack != null && ofPack.isEmpty()) {
      List<String> packs = entries.stream().map(entry -> entry.pack().name()).distinct().toList();
      throw unknown(
          "There is no pack %s.%s Packs: %s."
              .formatted(Problems.quoted(pack), nearest(pack, packs), listed(packs)));
    }
    List<Entry> serving =
        ofPack.stream().filter(entry -> type == null || entry.serves(type)).toList();
    String ofThePack = pack == null ? "" : " of pack " + pack;
    if (type != null && serving.isEmpty()) {
      List<String> types =
          ofPack.stream()
              .flatMap(entry -> entry.agent().taskTypes().stream())
              .distinct()
              .sorted()
              .toList();
      throw unknown(
          "No agent%s serves type %s.%s Types: %s."
              .formatted(ofThePack, Problems.quoted(type), nearest(type, types), listed(types)));
    }
    String servingIt = type == null ? "" : " that serves type " + type;
    return new Selection(
        serving, pack != null || type != null, "the only agent" + ofThePack + servingIt);
  }

  private List<String> ids() {
    return entries.stream().map(Entry::id).toList();
  }

  /** Full and short names, so that a short one that is mistyped finds its nearest too. */
  private List<String> names() {
    return Stream.concat(
            entries.stream().map(Entry::id),
            entries.stream().map(entry -> entry.agent().id().agent()))
        .distinct()
        .toList();
  }

  private static String nearest(String wanted, Collection<String> known) {
    List<String> nearest = Nearest.of(wanted, known, NEAREST_MAX);
    return nearest.isEmpty() ? "" : " Nearest: " + String.join(", ", nearest) + ".";
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.subList(0, Math.min(LISTED_MAX, names.size())));
    return names.size() > LISTED_MAX
        ? shown + " and " + (names.size() - LISTED_MAX) + " more"
        : shown;
  }

  static AgentOsException unknown(String message) {
    return new AgentOsException(ErrorCode.UNKNOWN_AGENT, message);
  }
}
