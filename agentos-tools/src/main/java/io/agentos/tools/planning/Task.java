package io.agentos.tools.planning;

import java.util.List;
import java.util.Optional;

/**
 * A task of a plan. Times are in hundredths of a working day.
 *
 * @param line on which it stands
 * @param duration as estimated, or expected by PERT
 * @param spread the standard deviation of a three-point estimate; empty for a single one
 * @param owner who does it; may be empty
 */
record Task(
    String id,
    int line,
    String name,
    long duration,
    Optional<Estimate> spread,
    String owner,
    List<Link> links) {
  /** Hundredths of a day in a day. */
  static final long DAY = 100;

  Task {
    links = List.copyOf(links);
  }

  /** A three-point estimate, as PERT has it. */
  record Estimate(long optimistic, long likely, long pessimistic) {
    long expected() {
      return Math.round((optimistic + 4.0 * likely + pessimistic) / 6);
    }

    /** In hundredths of a day. */
    double deviation() {
      return (pessimistic - optimistic) / 6.0;
    }
  }

  /** How two tasks hang together: which end of the first holds which end of the second. */
  enum Kind {
    FS,
    SS,
    FF,
    SF
  }

  /** A dependency on another task. */
  record Link(String on, Kind kind, long lag) {}
}
