package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must come of a golden task.
 *
 * @param state how it ends
 * @param code the code of its error; empty when it completes, or does not matter
 * @param calls all tool calls of its model, in order
 * @param gates all that gates found, in order
 * @param approvals all that people are asked, in the task and below it, and what they say
 * @param children all parts that others did, in order
 */
public record EvalExpectation(
    String state,
    String code,
    List<Call> calls,
    List<Finding> gates,
    List<Approval> approvals,
    List<Child> children,
    Text output) {
  public EvalExpectation {
    calls = List.copyOf(calls);
    gates = List.copyOf(gates);
    approvals = List.copyOf(approvals);
    children = List.copyOf(children);
  }

  /**
   * A tool call.
   *
   * @param arguments those that matter; the call may have more
   * @param outcome {@code ok}, {@code failed} by the tool or its schema, {@code refused} by policy,
   *     gate or person
   */
  public record Call(String tool, Map<String, @Nullable Object> arguments, String outcome) {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public Call(String tool, Map<String, @Nullable Object> arguments, String outcome) {
      this.tool = tool;
      this.arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      this.outcome = outcome;
    }
  }

  /**
   * What a gate found.
   *
   * @param verdict {@code fix} or {@code block}
   */
  public record Finding(String gate, String verdict) {}

  /**
   * A question to a person.
   *
   * @param by the gate or the rule that wants a person asked
   * @param decide {@code approve} or {@code reject}
   */
  public record Approval(String tool, String by, String decide, String comment) {}

  /**
   * A part of the work.
   *
   * @param provider whose model did it; empty when it does not matter
   */
  public record Child(AgentId agent, String state, String provider) {}

  /** What the answer must have, must not have, and which headings it must have. */
  public record Text(List<String> contains, List<String> lacks, List<String> sections) {
    public Text {
      contains = List.copyOf(contains);
      lacks = List.copyOf(lacks);
      sections = List.copyOf(sections);
    }
  }
}
