package io.agentos.runtime.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found in a stretch, as it comes: out of order and one over the other. Of one thread. */
final class Spans {
  private final List<Span> found = new ArrayList<>(4);

  void add(SensitiveKind kind, int begin, int end) {
    found.add(new Span(kind, begin, end));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int size() {
    return found.size();
  }

  /** Nothing that was found stays visible where findings overlap: they become one. */
  List<Span> merged() {
    if (found.size() < 2) {
      return List.copyOf(found);
    }
    found.sort(Comparator.comparingInt(Span::begin).thenComparingInt(Span::end));
    List<Span> merged = new ArrayList<>(found.size());
    Span last = found.getFirst();
    for (Span next : found.subList(1, found.size())) {
      if (next.begin() < last.end()) {
        SensitiveKind kind = next.kind().compareTo(last.kind()) < 0 ? next.kind() : last.kind();
        last = new Span(kind, last.begin(), Math.max(last.end(), next.end()));
      } else {
        merged.add(last);
        last = next;
      }
    }
    merged.add(last);
    return merged;
  }
}
