package io.agentos.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a task is told to people. */
final class TaskWords {
  private TaskWords() {}

  /** Its state, with what it waits for. */
  static String state(Fields task) {
    String reason = task.text("waiting_for");
    return reason.isEmpty() ? task.text("state") : task.text("state") + " (" + reason + ")";
  }

  /** Its agent as PACK.AGENT; what is known of it before it has one. */
  static String agent(Fields task) {
    String pack = task.text("pack");
    String agent = task.text("agent");
    return agent.isEmpty() || agent.contains(".") || pack.isEmpty()
        ? (agent.isEmpty() ? pack : agent)
        : pack + "." + agent;
  }

  /** The time between two fields; empty when one is absent. */
  static String between(Fields object, String from, String to) {
    Optional<Instant> begin = object.time(from);
    Optional<Instant> end = object.time(to);
    return begin.isPresent() && end.isPresent()
        ? Words.time(Duration.between(begin.get(), end.get()))
        : "";
  }

  /** What it used, such as {@code $0.0031, 1 model call, 2 tool calls}. */
  static String usage(Fields task) {
    return "%s, %s, %s"
        .formatted(
            Words.money(task.number("usage.cost_usd_micros")),
            Words.count(task.number("usage.model_calls"), "model call"),
            Words.count(task.number("usage.tool_calls"), "tool call"));
  }

  /** The task in one line. */
  static String line(Fields task) {
    return task.text("id") + " " + state(task);
  }

  /** The result as text, as it came; JSON when it has no text. */
  static String output(Fields task) {
    if (task.in("output").json().isString()) {
      return task.raw("output");
    }
    return task.has("output.text") || !task.has("output")
        ? task.raw("output.text")
        : task.in("output").pretty();
  }

  /** All there is to say about it. */
  static String page(Fields task) {
    return page(task, List.of());
  }

  /** The same with lines about why its agent does it. */
  static String page(Fields task, List<String> routed) {
    List<String> lines = new ArrayList<>();
    lines.add(task.text("id"));
    line(lines, "state", state(task));
    line(lines, "agent", agent(task));
    lines.addAll(routed);
    line(lines, "type", task.text("type"));
    line(lines, "priority", task.text("priority"));
    line(lines, "parent", task.text("parent"));
    line(lines, "labels", task.has("labels") ? task.in("labels").json().toString() : "");
    line(lines, "created", Words.instant(task.text("created_at")));
    line(lines, "started", Words.instant(task.text("started_at")));
    line(lines, "ended", Words.instant(task.text("ended_at")));
    line(lines, "took", between(task, "started_at", "ended_at"));
    line(lines, "used", usage(task));
    if (task.has("error")) {
      line(lines, "error", task.text("error.code") + ": " + task.text("error.detail"));
    }
    String output = output(task);
    return String.join("\n", lines) + (output.isEmpty() ? "" : "\n\n" + output);
  }

  /** What the shell is told about its end. */
  static int exitCode(Fields task) {
    return task.text("state").equals("completed") ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void line(List<String> lines, String name, String value) {
    if (!value.isEmpty() && !value.equals("{}")) {
      lines.add("  %-9s %s".formatted(name, value));
    }
  }
}
