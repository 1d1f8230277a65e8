package io.agentos.server.http;

import io.agentos.api.TaskId;
import io.agentos.runtime.durable.TaskFeed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Those who wait for tasks: streams of events, and calls that wait for an end. Bounded in number,
 * and sent home when the server closes.
 *
 * <p>Thread-safe.
 */
final class Followers implements AutoCloseable {
  /** Followers of tasks on other nodes look by themselves, at most this often a second together. */
  private static final int LOOKS_A_SECOND_MAX = 100;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TaskFeed feed;
  private final int placesMax;
  private final Semaphore places;
  private final Set<Place> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  Followers(TaskFeed feed, int placesMax) {
    this.feed = feed;
    this.placesMax = placesMax;
    this.places = new Semaphore(placesMax);
  }

  /** Begins to follow a task; empty when no place is free or the server is closing. */
  Optional<Place> follow(TaskId task) {
    if (closing || !places.tryAcquire()) {
      return Optional.empty();
    }
    Place place = new Place(task);
    open.add(place);
    return Optional.of(place);
  }

  int placesMax() {
    return placesMax;
  }

  /** Sends all followers home; they notice at once. */
  @Override
  public void close() {
    closing = true;
    open.forEach(place -> feed.publish(place.task));
  }

  /** One who waits for one task. Used by one thread. */
  final class Place implements AutoCloseable {
    private final TaskId task;
    private final TaskFeed.Follower follower;

    private Place(TaskId task) {
      this.task = task;
      this.follower = feed.follow(task);
    }

    /**
     * Waits until the task may have moved, at most {@code longest}.
     *
     * @return whether to go on; no when the server closes
     */
    boolean await(Duration longest) {
      if (closing) {
        return false;
      }
      try {
        follower.await(longest.compareTo(look()) < 0 ? longest : look());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      return !closing;
    }

    private Duration look() {
      Duration fair = LOOK.multipliedBy(open.size()).dividedBy(LOOKS_A_SECOND_MAX);
      return fair.compareTo(LOOK) > 0 ? fair : LOOK;
    }

    @Override
    public void close() {
      open.remove(this);
      follower.close();
      places.release();
    }
  }
}
