package io.agentos.runtime.policy;

import io.agentos.runtime.policy.Evaluation.Due;
import io.agentos.runtime.policy.Situation.Counted;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts recorded calls against the rates of a candidate, in the order in which they happened, as
 * {@link Rates} would have.
 *
 * <p>Not thread-safe.
 */
final class RateReplay {
  private final Map<Place, Window> windows = new HashMap<>();

  private record Place(String rule, String key) {}

  private record Slot(Instant at, long amount) {}

  /** What was counted of late, and its sum. */
  private static final class Window {
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long sum;

    void add(Slot slot) {
      slots.addLast(slot);
      sum += slot.amount();
    }

    long after(Instant begin) {
      while (!slots.isEmpty() && !slots.getFirst().at().isAfter(begin)) {
        sum -= slots.removeFirst().amount();
      }
      return sum;
    }
  }

  List<Counted> count(Instant at, List<Due> due) {
    List<Counted> counted = new ArrayList<>();
    boolean full = false;
    for (Due each : due) {
      Rate rate = rate(each);
      long used = window(each).after(at.minus(rate.window()));
      boolean fits = each.amount() <= rate.max() - used;
      full |= !fits && rate.over() == Rate.Over.FORBID;
      counted.add(new Counted(each.rule().id(), each.key(), each.amount(), used, fits));
    }
    if (!full) {
      due.forEach(each -> window(each).add(new Slot(at, each.amount())));
    }
    return counted;
  }

  private Window window(Due due) {
    return windows.computeIfAbsent(new Place(due.rule().id(), due.key()), _ -> new Window());
  }

  private static Rate rate(Due due) {
    Rate rate = due.rule().rule().rate();
    if (rate == null) {
      throw new IllegalStateException("no rate in rule " + due.rule().id());
    }
    return rate;
  }
}
