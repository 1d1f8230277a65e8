package io.agentos.runtime.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What conditions may speak of, by name, for each subject. docs/policies.md tells what each is. */
final class Variables {
  /** What a variable holds. */
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    TIME,
    TEXTS,
    /** Texts by name. */
    LABELS,
    /** Whole numbers by name. */
    COUNTS,
    /** Any values by name. */
    VALUES
  }

  private static final List<String> TEXTS_OF_TASKS =
      List.of(
          "tenant",
          "principal.id",
          "principal.kind",
          "principal.role",
          "task.id",
          "task.type",
          "task.parent",
          "agent.id",
          "agent.pack",
          "agent.zone",
          "zone");

  private static final Map<Subject, NavigableMap<String, Type>> KNOWN = known();

  private Variables() {}

  /** The variables of a rule about this, by name. */
  static NavigableMap<String, Type> of(Subject subject) {
    NavigableMap<String, Type> known = KNOWN.get(subject);
    if (known == null) {
      throw new IllegalStateException("no variables for " + subject);
    }
    return known;
  }

  private static Map<Subject, NavigableMap<String, Type>> known() {
    Map<Subject, NavigableMap<String, Type>> known = new EnumMap<>(Subject.class);
    known.put(Subject.TASK, Collections.unmodifiableNavigableMap(ofTasks()));
    NavigableMap<String, Type> model = ofRunningTasks();
    model.put("model", Type.TEXT);
    known.put(Subject.MODEL, Collections.unmodifiableNavigableMap(model));
    NavigableMap<String, Type> tool = ofRunningTasks();
    tool.put("tool.name", Type.TEXT);
    tool.put("tool.zone", Type.TEXT);
    tool.put("tool.effect", Type.TEXT);
    tool.put("tool.cost_usd_micros", Type.NUMBER);
    tool.put("args", Type.VALUES);
    known.put(Subject.TOOL, Collections.unmodifiableNavigableMap(tool));
    return known;
  }

  private static NavigableMap<String, Type> ofTasks() {
    NavigableMap<String, Type> task = new TreeMap<>();
    TEXTS_OF_TASKS.forEach(name -> task.put(name, Type.TEXT));
    task.put("principal.scopes", Type.TEXTS);
    task.put("task.priority", Type.NUMBER);
    task.put("task.deadline", Type.TIME);
    task.put("task.has_deadline", Type.FLAG);
    task.put("labels", Type.LABELS);
    task.put("now", Type.TIME);
    return task;
  }

  private static NavigableMap<String, Type> ofRunningTasks() {
    NavigableMap<String, Type> running = ofTasks();
    running.put("taint", Type.TEXTS);
    running.put("history.tools", Type.TEXTS);
    running.put("history.counts", Type.COUNTS);
    running.put("usage.cost_usd_micros", Type.NUMBER);
    running.put("usage.model_calls", Type.NUMBER);
    running.put("usage.tool_calls", Type.NUMBER);
    return running;
  }
}
