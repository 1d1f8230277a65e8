package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom an agent may ask for parts of its work, and how many at a time. Each of them does its part
 * as a task of its own, below the agent's.
 *
 * @param agents by full id, in the order of the file; empty for an agent that works alone
 * @param atOnceMax how many parts one request may hold, 1 to {@value #AT_ONCE_MAX}
 * @param tasksMax how many parts one task may give away in all, 1 to {@value #TASKS_MAX}
 */
public record Delegates(List<AgentId> agents, int atOnceMax, int tasksMax) {
  /** The widest fork there may be. */
  public static final int AT_ONCE_MAX = 16;

  /** How many tasks there may be directly below another. */
  public static final int TASKS_MAX = 100;

  /** Those of an agent that works alone. */
  public static final Delegates NONE = new Delegates(List.of(), 4, 20);

  public Delegates {
    agents = List.copyOf(agents);
  }

  /**
   * Those of a document's map {@code delegates}.
   *
   * @param own the agent's own id: a name without a dot is of its pack, and it may not ask itself
   */
  static Delegates of(AgentId own, Section spec) {
    Section delegates = spec.section("delegates");
    Set<AgentId> agents = new LinkedHashSet<>();
    List<String> names = delegates.texts("agents");
    for (int i = 0; i < names.size(); i++) {
      AgentId id = id(own, names.get(i));
      if (id.equals(own)) {
        delegates.problem("agents", i, "found the agent itself; allowed: other agents");
      } else if (!agents.add(id)) {
        delegates.problem(
            "agents",
            i,
            "found '%s' a second time; allowed: each agent once".formatted(names.get(i)));
      }
    }
    return new Delegates(
        List.copyOf(agents),
        delegates.number("atOnceMax").map(Math::toIntExact).orElse(NONE.atOnceMax),
        delegates.number("tasksMax").map(Math::toIntExact).orElse(NONE.tasksMax));
  }

  /** The agent of this name: one without a dot is of the pack of {@code own}. */
  static AgentId id(AgentId own, String name) {
    return name.indexOf('.') < 0 ? new AgentId(own.pack(), name) : AgentId.parse(name);
  }
}
