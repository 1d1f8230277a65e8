package io.agentos.tools.planning;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import io.agentos.tools.planning.Task.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Early and late times of all tasks, by the critical path method.
 *
 * @param slots in the order of the tasks
 * @param end of the whole plan, in hundredths of a day
 */
record Schedule(Map<String, Slot> slots, Map<String, List<String>> successors, long end) {

  /**
   * When a task can and must run.
   *
   * @param freeSlack how much it can move without moving another task
   */
  record Slot(
      Task task,
      long earlyStart,
      long earlyFinish,
      long lateStart,
      long lateFinish,
      long freeSlack) {
    long slack() {
      return lateStart - earlyStart;
    }

    boolean critical() {
      return slack() == 0;
    }
  }

  /** While it is calculated. */
  private static final class Times {
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<String, List<String>> successors = new HashMap<>();
    private final Map<String, Long> start = new HashMap<>();
    private final Map<String, Long> late = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    Task task(String id) {
      return Objects.requireNonNull(tasks.get(id));
    }

    long start(String id) {
      return start.getOrDefault(id, 0L);
    }

    long finish(String id) {
      return start(id) + task(id).duration();
    }

    long lateFinish(String id) {
      return late.getOrDefault(id, 0L);
    }

    long lateStart(String id) {
      return lateFinish(id) - task(id).duration();
    }
  }

  /**
   * The schedule of tasks whose links all lead to one of them.
   *
   * @throws AgentOsException INVALID_INPUT when they depend on each other in a circle
   */
  static Schedule of(List<Task> tasks) {
    Times times = new Times();
    tasks.forEach(task -> times.tasks.put(task.id(), task));
    for (Task task : tasks) {
      task.links()
          .forEach(link ->
              times.successors.computeIfAbsent(link.on(), key -> new ArrayList<>()).add(task.id()));
    }
    sort(times);
    forward(times);
    long end = times.order.stream().mapToLong(times::finish).max().orElse(0);
    backward(times, end);
    Map<String, Slot> slots = new LinkedHashMap<>();
    for (Task task : tasks) {
      String id = task.id();
      slots.put(
          id,
          new Slot(
              task,
              times.start(id),
              times.finish(id),
              times.lateStart(id),
              times.lateFinish(id),
              free(times, task, end)));
    }
    return new Schedule(slots, times.successors, end);
  }

  private static void sort(Times times) {
    Map<String, Integer> open = new LinkedHashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    times
        .tasks
        .values()
        .forEach(task -> {
          open.put(task.id(), task.links().size());
          if (task.links().isEmpty()) {
            ready.add(task.id());
          }
        });
    while (!ready.isEmpty()) {
      String id = ready.removeFirst();
      times.order.add(id);
      open.remove(id);
      for (String next : times.successors.getOrDefault(id, List.of())) {
        if (open.merge(next, -1, Integer::sum) == 0) {
          ready.addLast(next);
        }
      }
    }
    if (!open.isEmpty()) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "The tasks depend on each other in a circle: %s. Take one of these dependencies out."
              .formatted(circle(times, open.keySet())));
    }
  }

  /** Following any open dependency of what is left leads into a circle sooner or later. */
  private static String circle(Times times, Set<String> left) {
    Set<String> path = new LinkedHashSet<>();
    String id = left.iterator().next();
    while (path.add(id)) {
      id =
          times.task(id).links().stream()
              .map(Link::on)
              .filter(left::contains)
              .findFirst()
              .orElseThrow();
    }
    List<String> circle =
        new ArrayList<>(path).subList(new ArrayList<>(path).indexOf(id), path.size());
    List<String> shown = new ArrayList<>();
    circle.forEach(
        one -> shown.add("%s (line %d)".formatted(Printable.name(one), times.task(one).line())));
    shown.add(Printable.name(id));
    Collections.reverse(shown);
    return String.join(" → ", shown.size() > 20 ? shown.subList(0, 20) : shown);
  }

  private static void forward(Times times) {
    for (String id : times.order) {
      Task task = times.task(id);
      long start = 0;
      for (Link link : task.links()) {
        start = Math.max(start, earliest(times, task, link));
      }
      times.start.put(id, start);
    }
  }

  private static long earliest(Times times, Task task, Link link) {
    return switch (link.kind()) {
      case FS -> times.finish(link.on()) + link.lag();
      case SS -> times.start(link.on()) + link.lag();
      case FF -> times.finish(link.on()) + link.lag() - task.duration();
      case SF -> times.start(link.on()) + link.lag() - task.duration();
    };
  }

  private static void backward(Times times, long end) {
    for (int i = times.order.size() - 1; i >= 0; i--) {
      Task task = times.task(times.order.get(i));
      long finish = end;
      for (String next : times.successors.getOrDefault(task.id(), List.of())) {
        for (Link link : times.task(next).links()) {
          if (link.on().equals(task.id())) {
            finish =
                Math.min(finish, latest(task, link, times.lateStart(next), times.lateFinish(next)));
          }
        }
      }
      times.late.put(task.id(), finish);
    }
  }

  /** The latest finish of a task, given when the task behind a link starts and finishes. */
  private static long latest(Task task, Link link, long start, long finish) {
    return switch (link.kind()) {
      case FS -> start - link.lag();
      case SS -> start - link.lag() + task.duration();
      case FF -> finish - link.lag();
      case SF -> finish - link.lag() + task.duration();
    };
  }

  private static long free(Times times, Task task, long end) {
    long finish = end;
    for (String next : times.successors.getOrDefault(task.id(), List.of())) {
      for (Link link : times.task(next).links()) {
        if (link.on().equals(task.id())) {
          finish = Math.min(finish, latest(task, link, times.start(next), times.finish(next)));
        }
      }
    }
    return finish - times.finish(task.id());
  }

  /** The tasks that decide the end, in their order. */
  List<Slot> critical() {
    return slots.values().stream()
        .filter(Slot::critical)
        .sorted(
            Comparator.comparingLong(Slot::earlyStart)
                .thenComparingLong(Slot::earlyFinish)
                .thenComparing(slot -> slot.task().id()))
        .toList();
  }
}
