package io.agentos.runtime.packs;

import io.agentos.api.ToolResult;
import io.agentos.api.Usage;
import io.agentos.runtime.policy.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a running task has done, for policies that look at what came before. Filled as the program
 * goes, and so the same when it is replayed.
 *
 * <p>Not thread-safe: one task, one thread.
 */
final class History {
  private final String policyVersion;
  private final List<String> tools = new ArrayList<>();
  private final TreeSet<String> taint = new TreeSet<>();
  private Usage given = Usage.NONE;
  private int partsGiven;

  /**
   * @param inherited where the task's input comes from as far as strangers may have written it
   */
  History(String policyVersion, List<String> inherited) {
    this.policyVersion = policyVersion;
    this.taint.addAll(inherited);
  }

  /** A call of a tool is about to begin. */
  void called(String tool) {
    tools.add(tool);
  }

  /** A tool answered: whatever the task does from now on may come from there. */
  ToolOutcome answered(String tool, ToolResult result) {
    taint.add("tool:" + tool);
    return new ToolOutcome.Answered(result);
  }

  /** A text that came from there was read. */
  void read(String origin) {
    taint.add(origin);
  }

  /** A part of the work that was given away used this. */
  void gave(Usage usage) {
    given = given.plus(usage);
    partsGiven++;
  }

  /** What the parts that were given away have used. */
  Usage given() {
    return given;
  }

  /** How many parts were given away. */
  int partsGiven() {
    return partsGiven;
  }

  /** The labels of what the task has read, sorted. */
  List<String> taint() {
    return List.copyOf(taint);
  }

  /** All of it, with what the task has used. */
  Progress progress(Usage usage) {
    return new Progress(policyVersion, tools, taint(), usage);
  }
}
