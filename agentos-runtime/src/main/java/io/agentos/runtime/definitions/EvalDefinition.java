package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The golden tasks of an agent: what it is given, what its model answered, and what must come of
 * it.
 *
 * @param file the document's name for messages
 */
public record EvalDefinition(AgentId agent, String file, String description, List<Case> cases) {
  public EvalDefinition {
    cases = List.copyOf(cases);
  }

  /**
   * One golden task.
   *
   * @param hard what makes it hard: {@code injection, gate, approval, tool-failure}; empty for a
   *     plain one
   * @param turns what the model answered, in order; empty for a workflow
   * @param literal whether the turns are played as they are; else {@code ${input.NAME}} in them
   *     stands for an input
   * @param parts the case whose turns an agent plays that is given a part of the work
   */
  public record Case(
      String name,
      String description,
      String hard,
      Task task,
      List<Turn> turns,
      boolean literal,
      Map<AgentId, String> parts,
      EvalExpectation expect) {
    public Case {
      turns = List.copyOf(turns);
      parts = Map.copyOf(parts);
    }
  }

  /**
   * What the agent is given.
   *
   * @param text what is asked in words; empty for nothing
   * @param input inputs by name, as they are
   * @param files inputs by name whose value is the content of an example, by its path
   * @param folders inputs by name whose value is the path of an example
   * @param write files beside the examples, their content by path
   */
  public record Task(
      String text,
      Map<String, @Nullable Object> input,
      Map<String, String> files,
      Map<String, String> folders,
      Map<String, String> write) {
    // Not compact: the class file of a compact constructor loses that values may be null.
    public Task(
        String text,
        Map<String, @Nullable Object> input,
        Map<String, String> files,
        Map<String, String> folders,
        Map<String, String> write) {
      this.text = text;
      this.input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
      this.files = Map.copyOf(files);
      this.folders = Map.copyOf(folders);
      this.write = Map.copyOf(write);
    }
  }

  /** One answer of a model. */
  public record Turn(Message.Assistant message, StopReason stopReason) {}
}
