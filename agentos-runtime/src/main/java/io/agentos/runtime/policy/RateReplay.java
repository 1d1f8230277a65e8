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
  private final Map<Place, Deque<Slot>> slots = new HashMap<>();

  private record Place(String rule, String key) {}

  private record Slot(Instant at, long amount) {}

  List<Counted> count(Instant at, List<Due> due) {
    List<Counted> counted = new ArrayList<>();
    boolean full = false;
    for (Due each : due) {
      Rate rate = rate(each);
      long used = used(each, at.minus(rate.window()));
      boolean fits = each.amount() <= rate.max() - used;
      full |= !fits && rate.over() == Rate.Over.FORBID;
      counted.add(new Counted(each.rule().id(), each.key(), each.amount(), used, fits));
    }
    if (!full) {
      due.forEach(each -> slots(each).addLast(new Slot(at, each.amount())));
    }
    return counted;
  }

  private long used(Due due, Instant after) {
    Deque<Slot> taken = slots(due);
    while (!taken.isEmpty() && !taken.getFirst().at().isAfter(after)) {
      taken.removeFirst();
    }
    return taken.stream().mapToLong(Slot::amount).sum();
  }

  private Deque<Slot> slots(Due due) {
    return slots.computeIfAbsent(new Place(due.rule().id(), due.key()), _ -> new ArrayDeque<>());
  }

  private static Rate rate(Due due) {
    Rate rate = due.rule().rule().rate();
    if (rate == null) {
      throw new IllegalStateException("no rate in rule " + due.rule().id());
    }
    return rate;
  }
}
