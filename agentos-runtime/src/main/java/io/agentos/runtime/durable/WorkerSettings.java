package io.agentos.runtime.durable;

import java.time.Duration;

/**
 * How a node works.
 *
 * @param instance the name of the data directory; a node that starts ends former lives of it at
 *     once
 * @param tasksMax tasks run at once, 1 to 10,000
 * @param lease a node silent for longer is dead and its tasks are given away, 1 s to 5 min; the
 *     heartbeat is a quarter of it
 * @param attemptsMax how often a task may take its node down before it fails as POISONED
 */
public record WorkerSettings(String instance, int tasksMax, Duration lease, int attemptsMax) {
  public WorkerSettings {
    if (tasksMax < 1 || tasksMax > 10_000) {
      throw new IllegalArgumentException("tasksMax is 1 to 10,000, not " + tasksMax);
    }
    if (lease.toMillis() < 1_000 || lease.toMinutes() > 5) {
      throw new IllegalArgumentException("lease is 1 s to 5 min, not " + lease);
    }
  }

  /** The usual: 512 tasks, a lease of ten seconds, five attempts. */
  public static WorkerSettings usual(String instance) {
    return new WorkerSettings(instance, 512, Duration.ofSeconds(10), 5);
  }
}
