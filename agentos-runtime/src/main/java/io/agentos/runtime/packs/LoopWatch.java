package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends a task whose agent goes in circles: the same tool, the same arguments and the same answer,
 * {@value #SAME_MAX} times with no other answer in between. A tool that is polled and answers
 * something else each time, or now and then, is no loop; other calls in between do not hide one.
 *
 * <p>Counts what the program sees, so that a replay counts the same. Not thread-safe: one for each
 * run of an agent.
 */
final class LoopWatch {
  static final int SAME_MAX = 5;

  private final Map<String, Streak> streaks = new HashMap<>();

  /** The last answer to one call, and how often it came in a row. */
  private record Streak(String answer, int times) {}

  /**
   * Takes note of an answer.
   *
   * @param name the name of the call's steps, such as {@code turn-1/call-1}
   * @throws AgentOsException LOOP_DETECTED
   */
  void saw(Durable durable, String name, AgentRun run, ToolCall call, ToolResult result) {
    String asked = call.tool() + " " + CanonicalJson.digest(call.arguments());
    String answer = digest(result);
    Streak streak =
        streaks.merge(
            asked,
            new Streak(answer, 1),
            (before, now) ->
                before.answer.equals(now.answer) ? new Streak(answer, before.times + 1) : now);
    if (streak.times < SAME_MAX) {
      return;
    }
    durable.step(
        name + "/loop",
        Boolean.class,
        step -> {
          tell(step, run, call);
          return true;
        });
    throw new AgentOsException(
        ErrorCode.LOOP_DETECTED,
        "The agent called %s %d times with the same arguments and got the same answer each time; change its instructions, or what the tool answers."
            .formatted(call.tool(), SAME_MAX));
  }

  private static void tell(Step step, AgentRun run, ToolCall call) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tool", call.tool());
    facts.put("digest", CanonicalJson.digest(call.arguments()));
    facts.put("times", String.valueOf(SAME_MAX));
    facts.put("step", step.key().name());
    step.event("loop.detected", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "loop.detected",
            "agent:" + run.agent().id(),
            step.key().task().toString(),
            facts));
  }

  /** An answer as a replay reads it: numbers may be of another type than the tool gave them. */
  private static String digest(ToolResult result) {
    return CanonicalJson.sha256(Json.write(Json.read(Json.write(result), ToolResult.class)));
  }
}
