package io.agentos.runtime.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
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

  private static final Map<Subject, SortedMap<String, Type>> KNOWN = known();

  private Variables() {}

  /** The variables of a rule about this, by name. */
  static SortedMap<String, Type> of(Subject subject) {
    SortedMap<String, Type> known = KNOWN.get(subject);
    if (known == null) {
      throw new IllegalStateException("no variables for " + subject);
    }
    return known;
  }

  private static Map<Subject, SortedMap<String, Type>> known() {
    SortedMap<String, Type> task = new TreeMap<>();
    for (String text :
        new String[] {
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
          "zone"
        }) {
      task.put(text, Type.TEXT);
    }
    task.put("task.priority", Type.NUMBER);
    task.put("task.deadline", Type.TIME);
    task.put("task.has_deadline", Type.FLAG);
    task.put("labels", Type.LABELS);
    task.put("now", Type.TIME);
    return known(task);
  }

  private static Map<Subject, SortedMap<String, Type>> known(SortedMap<String, Type> task) {
    Map<Subject, SortedMap<String, Type>> known = new EnumMap<>(Subject.class);
    known.put(Subject.TASK, Collections.unmodifiableSortedMap(task));
    SortedMap<String, Type> running = new TreeMap<>(task);
    running.put("taint", Type.TEXTS);
    running.put("history.tools", Type.TEXTS);
    running.put("history.counts", Type.COUNTS);
    running.put("usage.cost_usd_micros", Type.NUMBER);
    running.put("usage.model_calls", Type.NUMBER);
    running.put("usage.tool_calls", Type.NUMBER);
    SortedMap<String, Type> model = new TreeMap<>(running);
    model.put("model", Type.TEXT);
    known.put(Subject.MODEL, Collections.unmodifiableSortedMap(model));
    SortedMap<String, Type> tool = new TreeMap<>(running);
    tool.put("tool.name", Type.TEXT);
    tool.put("tool.zone", Type.TEXT);
    tool.put("tool.effect", Type.TEXT);
    tool.put("tool.cost_usd_micros", Type.NUMBER);
    tool.put("args", Type.VALUES);
    known.put(Subject.TOOL, Collections.unmodifiableSortedMap(tool));
    return known;
  }
}
