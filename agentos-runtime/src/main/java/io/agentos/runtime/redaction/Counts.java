package io.agentos.runtime.redaction;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many values of each kind were taken out. Of one thread. */
public final class Counts {
  private final int[] counts = new int[SensitiveKind.values().length];

  void add(SensitiveKind kind) {
    counts[kind.ordinal()]++;
  }

  public int of(SensitiveKind kind) {
    return counts[kind.ordinal()];
  }

  public boolean isEmpty() {
    for (int count : counts) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  public void add(Counts more) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more.counts[i];
    }
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
