package io.agentos.tools.planning;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.planning.Schedule.Slot;
import io.agentos.tools.planning.Task.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a plan's shape warns of; several of these are points of the DCMA 14-point assessment. */
final class PlanRules {
  private static final long LONG_TASK = 20 * Task.DAY;
  private static final long LONG_LAG = 10 * Task.DAY;
  private static final int PAIRS_MAX = 50;

  private final Schedule schedule;
  private final List<Finding> found = new ArrayList<>();

  private PlanRules(Schedule schedule) {
    this.schedule = schedule;
  }

  static List<Finding> findings(Schedule schedule) {
    PlanRules rules = new PlanRules(schedule);
    schedule.slots().values().forEach(rules::check);
    rules.ends();
    rules.owners();
    return rules.found;
  }

  private void add(String rule, Severity severity, Task task, String what, String why, String fix) {
    found.add(new Finding(rule, severity, new Place("task " + task.id(), 0), what, why, fix));
  }

  private void check(Slot slot) {
    Task task = slot.task();
    boolean near = !slot.critical() && slot.slack() * 10 <= schedule.end();
    if (near) {
      add(
          "nearly-critical",
          Severity.MEDIUM,
          task,
          "%s has %s of slack.".formatted(Words.code(task.name()), Days.words(slot.slack())),
          "A small delay makes it decide the end, unnoticed by those who watch the critical path only.",
          "Watch it like the critical ones.");
    }
    if (slot.critical() && task.duration() > LONG_TASK) {
      add(
          "long-task",
          Severity.MEDIUM,
          task,
          "%s decides the end and takes %s in one piece."
              .formatted(Words.code(task.name()), Days.words(task.duration())),
          "Whether it is late shows only near its end.",
          "Split it into parts of two weeks or less with something to see after each.");
    }
    if (slot.critical() && task.owner().isEmpty() && task.duration() > 0) {
      add(
          "no-owner",
          Severity.MEDIUM,
          task,
          "%s decides the end and has no owner.".formatted(Words.code(task.name())),
          "Nobody says in time that it slips.",
          "Name one person.");
    }
    if (slot.critical()) {
      uncertain(task);
    }
    task.links().forEach(link -> check(task, link));
  }

  private void uncertain(Task task) {
    task.spread()
        .filter(spread -> spread.pessimistic() > 3 * Math.max(1, spread.optimistic()))
        .ifPresent(spread ->
            add(
                "wide-estimate",
                Severity.MEDIUM,
                task,
                "%s decides the end and takes %s to %s."
                    .formatted(
                        Words.code(task.name()),
                        Days.text(spread.optimistic()),
                        Days.words(spread.pessimistic())),
                "The end of the plan is as uncertain as this task.",
                "Find out what it depends on, with a trial of a day or two, before the plan is promised."));
  }

  private void check(Task task, Link link) {
    if (link.lag() < 0) {
      add(
          "negative-lag",
          Severity.MEDIUM,
          task,
          "%s begins %s before %s allows it."
              .formatted(Words.code(task.name()), Days.words(-link.lag()), Words.code(link.on())),
          "It hides that only a part of the earlier task is needed, and which.",
          "Split the earlier task, and depend on the part.");
    }
    if (link.lag() > LONG_LAG) {
      add(
          "long-lag",
          Severity.LOW,
          task,
          "%s waits %s after %s."
              .formatted(Words.code(task.name()), Days.words(link.lag()), Words.code(link.on())),
          "What happens meanwhile is nobody's task.",
          "Make the waiting a task with an owner (delivery, review, hardening).");
    }
  }

  private void ends() {
    List<Task> open =
        schedule.slots().values().stream()
            .map(Slot::task)
            .filter(task -> !schedule.successors().containsKey(task.id()))
            .toList();
    if (open.size() > 1) {
      for (Task task : open) {
        Slot slot = schedule.slots().get(task.id());
        if (slot != null && !slot.critical()) {
          add(
              "nothing-follows",
              Severity.LOW,
              task,
              "Nothing depends on %s.".formatted(Words.code(task.name())),
              "Its slack is counted to the end of the plan; a forgotten dependency would make it less.",
              "Say what needs it, at least the last milestone.");
        }
      }
    }
  }

  /** Two tasks of one owner at the same time, as they are scheduled early. */
  private void owners() {
    Map<String, List<Slot>> byOwner = new TreeMap<>();
    schedule.slots().values().stream()
        .filter(slot -> !slot.task().owner().isEmpty() && slot.task().duration() > 0)
        .forEach(slot ->
            byOwner.computeIfAbsent(slot.task().owner(), key -> new ArrayList<>()).add(slot));
    byOwner.forEach((owner, slots) -> {
      slots.sort(Comparator.comparingLong(Slot::earlyStart));
      int told = 0;
      for (int i = 0; i + 1 < slots.size() && told < PAIRS_MAX; i++) {
        Slot one = slots.get(i);
        for (int j = i + 1; j < slots.size() && told < PAIRS_MAX; j++) {
          Slot other = slots.get(j);
          if (other.earlyStart() >= one.earlyFinish()) {
            break;
          }
          told++;
          overlap(owner, one, other);
        }
      }
    });
  }

  private void overlap(String owner, Slot one, Slot other) {
    boolean both = one.critical() && other.critical();
    long room = Math.max(one.slack(), other.slack());
    long common = Math.min(one.earlyFinish(), other.earlyFinish()) - other.earlyStart();
    add(
        "owner-overlap",
        both || room < common ? Severity.HIGH : Severity.LOW,
        other.task(),
        "%s is to work on %s and %s at the same time for %s."
            .formatted(
                Words.code(owner),
                Words.code(one.task().id()),
                Words.code(other.task().id()),
                Days.words(common)),
        both || room < common
            ? "One of them has to wait, and the plan ends later than calculated."
            : "One of them has to wait; the slack of %s is enough for it."
                .formatted(Days.words(room)),
        "Give one of them to somebody else, or make it depend on the other.");
  }
}
