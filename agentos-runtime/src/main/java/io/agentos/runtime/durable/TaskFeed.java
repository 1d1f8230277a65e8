package io.agentos.runtime.durable;

import io.agentos.api.TaskId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells followers on this node that a task's journal has grown. A hint: the journal is the truth,
 * and a follower on another node looks by itself.
 *
 * <p>Thread-safe.
 */
public final class TaskFeed {
  private final ConcurrentHashMap<TaskId, ConcurrentHashMap<Follower, Boolean>> followers =
      new ConcurrentHashMap<>();

  /** One reader of one task's journal. Close it. */
  public final class Follower implements AutoCloseable {
    private final TaskId task;
    private final Semaphore news = new Semaphore(0);

    private Follower(TaskId task) {
      this.task = task;
    }

    /** Waits until the journal may have grown since the last call, or {@code timeout} is over. */
    public void await(Duration timeout) throws InterruptedException {
      if (news.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        news.drainPermits();
      }
    }

    @Override
    public void close() {
      followers.computeIfPresent(
          task,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  /** Begins to follow a task. */
  public Follower follow(TaskId task) {
    Follower follower = new Follower(task);
    followers.compute(
        task,
        (_, all) -> {
          ConcurrentHashMap<Follower, Boolean> open = all == null ? new ConcurrentHashMap<>() : all;
          open.put(follower, true);
          return open;
        });
    return follower;
  }

  /** Says that a task's journal has grown. */
  public void publish(TaskId task) {
    ConcurrentHashMap<Follower, Boolean> all = followers.get(task);
    if (all != null) {
      all.keySet().forEach(follower -> follower.news.release());
    }
  }
}
