package io.agentos.server.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Reads the events of one task to its last, resuming where a stream was cut, on the same server or
 * on another that serves the same data.
 *
 * <p>Not thread-safe: one task, one reader.
 */
final class TaskFollower {
  /** How often a server that may restart is asked before it counts as gone: for about 15 s. */
  static final int TRIES_PATIENT = 12;

  /** The same for a server that another could take over from at once. */
  static final int TRIES_BRIEF = 2;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final String task;
  private String lastId = "";
  private boolean ended;

  TaskFollower(String task) {
    this.task = task;
  }

  /** Whether the last event has been read. */
  boolean ended() {
    return ended;
  }

  /**
   * Hands over each event once, in order, and returns after the last.
   *
   * @param triesMax how often in a row a stream may give nothing
   * @throws CliException UNREACHABLE when the server stays silent; it may be called again then
   */
  void follow(ApiClient client, int triesMax, Consumer<Event> reader) {
    int silent = 0;
    while (!ended) {
      Optional<EventStream> open = Optional.empty();
      try {
        open = client.events(task, lastId);
        ended = open.isEmpty();
        silent = open.isPresent() && read(open.get(), reader) ? 0 : silent + 1;
      } catch (CliException e) {
        silent++;
        if (e.exitCode() != ExitCode.UNREACHABLE || silent >= triesMax) {
          throw e;
        }
      } finally {
        open.ifPresent(EventStream::close);
      }
      if (!ended && silent >= triesMax) {
        throw new CliException(
            ExitCode.UNREACHABLE,
            "The server at %s no longer tells about %s.".formatted(client.server(), task));
      }
      if (!ended) {
        LockSupport.parkNanos(PAUSE.multipliedBy(silent).toNanos());
      }
    }
  }

  private boolean read(EventStream stream, Consumer<Event> reader) {
    boolean any = false;
    for (Optional<Event> next = stream.next(); next.isPresent() && !ended; next = stream.next()) {
      Event event = next.get();
      any = true;
      lastId = event.id().isEmpty() ? lastId : event.id();
      ended = event.last();
      reader.accept(event);
      if (ended) {
        return true;
      }
    }
    return any;
  }
}
