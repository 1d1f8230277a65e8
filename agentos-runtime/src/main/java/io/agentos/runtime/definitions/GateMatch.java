package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.Zone;
import java.util.List;

/**
 * To what a gate applies: every part must fit, and a part that is empty always does. Patterns are a
 * name, {@code *}, or the beginning of a name with {@code *} at its end.
 *
 * @param byItself whether the gate stands before every agent that fits; else only before those that
 *     name it
 * @param tools about tool calls only; elsewhere it does not matter
 * @param zones of the agent; before a tool call, the later of the tool's and the agent's
 */
public record GateMatch(
    boolean byItself,
    List<String> packs,
    List<String> agents,
    List<String> tools,
    List<Zone> zones) {
  /** What a gate without a match has: it stands where an agent names it. */
  public static final GateMatch WHERE_NAMED =
      new GateMatch(false, List.of(), List.of(), List.of(), List.of());

  /** Everything. */
  public static final GateMatch EVERYTHING =
      new GateMatch(true, List.of(), List.of(), List.of(), List.of());

  private static final String ANY = "*";

  public GateMatch {
    packs = List.copyOf(packs);
    agents = List.copyOf(agents);
    tools = List.copyOf(tools);
    zones = List.copyOf(zones);
  }

  /** Whether the gate stands by itself before this agent. */
  public boolean fitsAgent(AgentId agent) {
    return byItself && fits(packs, agent.pack()) && fits(agents, agent.toString());
  }

  /** Whether the gate looks at calls of this tool. */
  public boolean fitsTool(String tool) {
    return fits(tools, tool);
  }

  /** Whether the gate looks at what happens in this zone. */
  public boolean fitsZone(Zone zone) {
    return zones.isEmpty() || zones.contains(zone);
  }

  /** Whether a name fits one of these patterns. */
  public static boolean fitsAny(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> fits(pattern, name));
  }

  private static boolean fits(List<String> patterns, String value) {
    return patterns.isEmpty() || fitsAny(patterns, value);
  }

  private static boolean fits(String pattern, String value) {
    return pattern.endsWith(ANY)
        ? value.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
        : value.equals(pattern);
  }
}
