package io.agentos.runtime.redaction;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many values of each kind were taken out. Of one thread. */
public final class Counts {
  private final EnumMap<SensitiveKind, Integer> counts = new EnumMap<>(SensitiveKind.class);

  void add(SensitiveKind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  public int of(SensitiveKind kind) {
    return counts.getOrDefault(kind, 0);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  public void add(Counts more) {
    more.counts.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
  }

  /** By the names of the kinds, in their order; without those of which there were none. */
  public Map<String, Object> byName() {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (SensitiveKind kind : SensitiveKind.values()) {
      if (of(kind) > 0) {
        byName.put(Marks.name(kind), (long) of(kind));
      }
    }
    return byName;
  }
}
