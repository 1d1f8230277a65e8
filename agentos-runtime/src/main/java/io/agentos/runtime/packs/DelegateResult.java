package io.agentos.runtime.packs;

import io.agentos.api.Output;
import io.agentos.api.ToolResult;
import io.agentos.runtime.intake.ChildTasks.Outcome;
import io.agentos.runtime.state.TaskView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What parts of the work came to, for the agent that asked for them. */
final class DelegateResult {
  static final String TASKS = "tasks";
  private static final String CUT = "\n[cut]";

  private DelegateResult() {}

  /** All of them as one; failed when none completed. */
  static ToolResult of(List<Outcome> tasks) {
    int lengthMax = (ToolResult.TEXT_LENGTH_MAX - 1_000 * tasks.size()) / tasks.size();
    StringBuilder text = new StringBuilder();
    List<Object> fields = new ArrayList<>();
    boolean completed = false;
    for (Outcome task : tasks) {
      ToolResult one = of(task, lengthMax);
      completed |= !one.failed();
      text.append(text.isEmpty() ? "" : "\n\n")
          .append("## %s of %s: %s\n".formatted(task.task(), agent(task), task.state()))
          .append(one.text());
      fields.add(fields(task, one));
    }
    return new ToolResult(text.toString(), Map.of(TASKS, fields), !completed);
  }

  /** Whether it is a result of {@link #of(List)}, and not why there is none. */
  static boolean isJoined(ToolResult result) {
    return result.fields().containsKey(TASKS);
  }

  /** The result at {@code index} of a result of {@link #of(List)}. */
  static ToolResult part(ToolResult joined, int index) {
    if (!(joined.fields().get(TASKS) instanceof List<?> parts)
        || !(parts.get(index) instanceof Map<?, ?> part)) {
      throw new IllegalArgumentException("not a result of several parts");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (part.get("fields") instanceof Map<?, ?> told) {
      told.forEach((key, value) -> fields.put(String.valueOf(key), value));
    }
    return new ToolResult(
        String.valueOf(part.get("text")), fields, !"completed".equals(part.get("state")));
  }

  private static ToolResult of(Outcome task, int lengthMax) {
    Output output = task.output();
    TaskView.Problem problem = task.error();
    if (output != null) {
      return new ToolResult(cut(output.text(), lengthMax), output.fields(), false);
    }
    if (problem != null) {
      return ToolResult.failure(
          cut("%s: %s".formatted(problem.code(), problem.detail()), lengthMax));
    }
    return ToolResult.failure(
        "It has not ended in time and was cancelled; its state is %s.".formatted(task.state()));
  }

  private static Map<String, @Nullable Object> fields(Outcome task, ToolResult result) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("task", task.task().toString());
    fields.put("agent", agent(task));
    fields.put("state", task.state());
    fields.put("text", result.text());
    fields.put("fields", result.fields());
    return fields;
  }

  private static String agent(Outcome task) {
    String agent = task.agent();
    return agent == null ? "an agent" : agent;
  }

  private static String cut(String text, int lengthMax) {
    return text.length() <= lengthMax ? text : text.substring(0, lengthMax) + CUT;
  }
}
