package io.agentos.server.bench.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures by name, each taken in several rounds, in the order in which they first came. */
final class Figures {
  private final Map<String, List<Double>> taken = new LinkedHashMap<>();

  void add(String name, double value) {
    taken.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /** Adds to the one value of a figure that is a sum over all rounds. */
  void sum(String name, double more) {
    taken.merge(name, List.of(more), (old, one) -> List.of(old.getFirst() + one.getFirst()));
  }

  boolean has(String name) {
    return taken.containsKey(name);
  }

  /** The middle one of what was taken; 0 when nothing was. */
  double median(String name) {
    List<Double> values = taken.getOrDefault(name, List.of()).stream().sorted().toList();
    return values.isEmpty() ? 0 : values.get(values.size() / 2);
  }

  /** Adds {@code name} as the first over the second; not at all when one was not taken. */
  void addRatio(String name, String of, String to) {
    if (has(of) && has(to) && median(to) > 0) {
      add(name, median(of) / median(to));
    }
  }

  /** Adds {@code name} as the first less the second; not at all when one was not taken. */
  void addDifference(String name, String of, String less) {
    if (has(of) && has(less)) {
      add(name, median(of) - median(less));
    }
  }

  /** All medians. */
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    taken.keySet().forEach(name -> medians.put(name, median(name)));
    return medians;
  }
}
