package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Usage;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the journal remembers of one step: its lines, in order. */
final class StepHistory {
  private static final String NOT_BEGUN = "\"begun\":false";

  private final List<Entry> lines = new ArrayList<>();

  /** The steps of a journal by their place. */
  static Map<Integer, StepHistory> of(List<Entry> journal) {
    Map<Integer, StepHistory> steps = new HashMap<>();
    for (Entry entry : journal) {
      if (entry.position() > 0) {
        steps.computeIfAbsent(entry.position(), _ -> new StepHistory()).lines.add(entry);
      }
    }
    return steps;
  }

  /** Stops a program that came here with another step than the one remembered. */
  void mustBe(String name) {
    Entry first = lines.getFirst();
    if (!first.name().equals(name)) {
      throw new AgentOsException(
          ErrorCode.JOURNAL_MISMATCH,
          "Step %d is '%s' in the journal and '%s' in the program; the task must go on with the program version it began with."
              .formatted(first.position(), first.name(), name));
    }
  }

  /** The line with the result, when there is one. */
  Optional<Entry> committed() {
    return lines.stream().filter(line -> line.state() == Entry.State.COMMITTED).findFirst();
  }

  /** The line with the wait of this step, when it has begun to wait. */
  Optional<Entry> waiting() {
    return lines.stream().filter(line -> line.type().equals(Entry.TASK_WAITING)).findFirst();
  }

  /** What became of the last attempt; empty before the first. */
  Optional<Entry> last() {
    return lines.reversed().stream().filter(line -> line.state() != null).findFirst();
  }

  /** How many attempts have begun. */
  int attempts() {
    return lines.stream()
        .filter(line -> line.state() != null)
        .mapToInt(Entry::attempt)
        .max()
        .orElse(0);
  }

  /** How long the attempts took that came to an end. */
  Duration busy() {
    Duration busy = Duration.ZERO;
    Entry begun = null;
    for (Entry line : lines) {
      if (line.state() == Entry.State.INTENT) {
        begun = line;
      } else if (line.state() != null && begun != null) {
        busy = busy.plus(Duration.between(begun.at(), line.at()));
        begun = null;
      }
    }
    return busy;
  }

  /** The attempts that ended with their process, since the last one that told what it used. */
  List<Integer> lostAttempts() {
    List<Integer> lost = new ArrayList<>();
    for (Entry line : lines) {
      if (line.state() == Entry.State.INTENT) {
        lost.add(line.attempt());
      } else if (line.state() != null && line.body().contains(NOT_BEGUN)) {
        lost.remove((Object) line.attempt());
      } else if (line.state() != null && !line.body().isEmpty()) {
        lost.clear();
      }
    }
    return lost;
  }

  /** What attempts used that gave no result, or one that was discarded: paid, never acted on. */
  Usage lost() {
    return lines.stream()
        .filter(line -> line.state() != null && line.state() != Entry.State.COMMITTED)
        .map(StepHistory::usageOf)
        .reduce(Usage.NONE, Usage::plus);
  }

  /** What a line says was used. */
  static Usage usageOf(Entry line) {
    return line.body().contains("\"usage\":{")
        ? Optional.ofNullable(Json.readMember(line.body(), "usage", Usage.class)).orElse(Usage.NONE)
        : Usage.NONE;
  }
}
