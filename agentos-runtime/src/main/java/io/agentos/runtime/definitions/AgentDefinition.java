package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.TaskInput;
import io.agentos.api.Zone;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent as its pack defines it.
 *
 * @param taskTypes the task types it serves
 * @param keywords words and phrases of a task's text that speak for it
 * @param inputs the declared inputs, in the order of the file; a text is always allowed besides
 * @param exactlyOneOf inputs of which a task gives exactly one; empty for no such rule
 * @param tools the tools it may use, and no others
 * @param limits bounds tighter than those of policy and caller
 * @param gates those that stand before it, of the installation and of its pack, in this order; a
 *     journal from before there were such documents says null, which is the gate of that time
 * @param delegates whom it may ask for parts of its work; null in a journal from before there were
 * @param hints what else speaks for it; null in a journal from before there were
 */
public record AgentDefinition(
    AgentId id,
    String description,
    Zone zone,
    List<String> taskTypes,
    List<String> keywords,
    Map<String, InputDefinition> inputs,
    List<String> exactlyOneOf,
    List<String> tools,
    AgentLimits limits,
    AgentBody body,
    List<GateDefinition> gates,
    Delegates delegates,
    RoutingHints hints) {
  private static final List<GateDefinition> GATES_OF_OLD = List.of(GateDefinition.SECRETS);

  /** An agent before which no gates stand but those of old, and that works alone. */
  public AgentDefinition(
      AgentId id,
      String description,
      Zone zone,
      List<String> taskTypes,
      List<String> keywords,
      Map<String, InputDefinition> inputs,
      List<String> exactlyOneOf,
      List<String> tools,
      AgentLimits limits,
      AgentBody body) {
    this(
        id,
        description,
        zone,
        taskTypes,
        keywords,
        inputs,
        exactlyOneOf,
        tools,
        limits,
        body,
        GATES_OF_OLD,
        Delegates.NONE,
        RoutingHints.NONE);
  }

  /** An agent that works alone. */
  public AgentDefinition(
      AgentId id,
      String description,
      Zone zone,
      List<String> taskTypes,
      List<String> keywords,
      Map<String, InputDefinition> inputs,
      List<String> exactlyOneOf,
      List<String> tools,
      AgentLimits limits,
      AgentBody body,
      List<GateDefinition> gates) {
    this(
        id,
        description,
        zone,
        taskTypes,
        keywords,
        inputs,
        exactlyOneOf,
        tools,
        limits,
        body,
        gates,
        Delegates.NONE,
        RoutingHints.NONE);
  }

  public AgentDefinition {
    taskTypes = List.copyOf(taskTypes);
    keywords = List.copyOf(keywords);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    exactlyOneOf = List.copyOf(exactlyOneOf);
    tools = List.copyOf(tools);
    gates = known(gates);
    delegates = known(delegates);
    hints = known(hints);
  }

  /** The same agent led by another model. */
  public AgentDefinition ledBy(LlmAgent llm) {
    return new AgentDefinition(
        id,
        description,
        zone,
        taskTypes,
        keywords,
        inputs,
        exactlyOneOf,
        tools,
        limits,
        llm,
        gates,
        delegates,
        hints);
  }

  private static List<GateDefinition> known(@Nullable List<GateDefinition> gates) {
    return gates == null ? GATES_OF_OLD : List.copyOf(gates);
  }

  private static Delegates known(@Nullable Delegates delegates) {
    return delegates == null ? Delegates.NONE : delegates;
  }

  private static RoutingHints known(@Nullable RoutingHints hints) {
    return hints == null ? RoutingHints.NONE : hints;
  }

  /** The same without what only the router reads: what a task is pinned to. */
  public AgentDefinition withoutHints() {
    return new AgentDefinition(
        id,
        description,
        zone,
        taskTypes,
        keywords,
        inputs,
        exactlyOneOf,
        tools,
        limits,
        body,
        gates,
        delegates,
        RoutingHints.NONE);
  }

  /** Which of the given names it does not declare; a text is always allowed. */
  public List<String> unknownInputs(Set<String> given) {
    return InputCheck.unknown(this, given);
  }

  /** What it needs beyond the given names: a name, or {@code a or b} where it wants one of them. */
  public List<String> missingInputs(Set<String> given) {
    return InputCheck.missing(this, given);
  }

  /**
   * Checks a task's input against the declared inputs: no unknown names, required ones there, types
   * as declared, exactly one where exactly one is wanted. Null counts as absent.
   *
   * @throws AgentOsException INVALID_INPUT with one field error for each problem
   */
  public void checkInput(TaskInput input) {
    InputCheck.check(this, input);
  }
}
