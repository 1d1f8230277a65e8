package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskEvents;
import io.agentos.runtime.state.TaskEvents.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A task's journal as server-sent events, from where the reader left off to the task's end.
 *
 * <p>What is not sent yet stays in the database, so a slow reader costs one page of memory until
 * its connection is cut; it goes on with {@code Last-Event-ID}. Thread-safe.
 */
final class EventStream {
  private static final int PAGE = 32;

  /** Streams that read from the database at once: most of its connections are for calls. */
  private static final int READS_MAX = 2;

  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  /** After this a reader comes again; so that none stays for ever. */
  private static final Duration LIFE_MAX = Duration.ofHours(1);

  private static final String SIGN_OF_LIFE = ":\n\n";

  private final StateStore stateStore;
  private final TaskEvents events;
  private final Credentials credentials;
  private final Followers followers;
  private final Duration silenceMax;
  private final Semaphore reads = new Semaphore(READS_MAX, true);

  EventStream(HttpServices services, Followers followers) {
    this(services, followers, SILENCE_MAX);
  }

  EventStream(HttpServices services, Followers followers, Duration silenceMax) {
    this.stateStore = services.stateStore();
    this.events = new TaskEvents(services.database(), services.stateStore().keys());
    this.credentials = Credentials.of(services);
    this.followers = followers;
    this.silenceMax = silenceMax;
  }

  /**
   * The events of a task.
   *
   * @return 204 when the reader has had them all, which tells it not to come again
   */
  Answer follow(Call call, TaskId task) {
    int seen = lastEventId(call);
    boolean ended = stateStore.task(call.tenant(), task).endedAt() != null;
    List<Event> page = events.after(call.tenant(), task, seen, PAGE);
    if (ended && page.size() < PAGE && page.stream().noneMatch(EventJson::ends)) {
      return Answer.empty();
    }
    Optional<Followers.Place> place = followers.follow(task);
    if (place.isEmpty()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%,d streams are open, which is the most at once; try again."
              .formatted(followers.placesMax()));
    }
    return new Answer.Events(
        new Answer.Events.Body() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            new Reader(call, task, out).run(place.get(), seen);
          }

          @Override
          public void close() {
            place.get().close();
          }
        });
  }

  private static int lastEventId(Call call) {
    String given = call.header("Last-Event-ID").orElse("0");
    if (!given.matches("[0-9]{1,9}")) {
      throw FieldProblems.failure(
          "header.Last-Event-ID", "must be the id of an event of this task, a whole number");
    }
    return Integer.parseInt(given);
  }

  /** An event, ready to send. */
  private record Message(int seq, String text, boolean ends) {}

  /** One reader of one task. Used by one thread. */
  private final class Reader {
    private final Call call;
    private final TaskId task;
    private final OutputStream out;
    private final long endNanos = System.nanoTime() + LIFE_MAX.toNanos();
    private long spokeNanos = System.nanoTime();

    Reader(Call call, TaskId task, OutputStream out) {
      this.call = call;
      this.task = task;
      this.out = out;
    }

    void run(Followers.Place place, int from) throws IOException {
      say("retry: 2000\n: following %s\n\n".formatted(task));
      int seen = from;
      while (System.nanoTime() < endNanos) {
        List<Message> page = page(seen);
        for (Message message : page) {
          say(message.text);
          seen = message.seq;
          if (message.ends) {
            return;
          }
        }
        if (page.isEmpty() && !rest(place)) {
          return;
        }
      }
    }

    private List<Message> page(int seen) {
      reads.acquireUninterruptibly();
      try {
        return events.after(call.tenant(), task, seen, PAGE).stream().map(this::message).toList();
      } finally {
        reads.release();
      }
    }

    private Message message(Event event) {
      return new Message(
          event.entry().seq(),
          EventJson.message(call.tenant(), task, event),
          EventJson.ends(event));
    }

    /** Waits for news, and shows that the line is alive; no when the stream shall end. */
    private boolean rest(Followers.Place place) throws IOException {
      long silenceLeft = spokeNanos + silenceMax.toNanos() - System.nanoTime();
      if (silenceLeft > 0) {
        return place.await(Duration.ofNanos(silenceLeft));
      }
      // A key that was revoked meanwhile reads no further.
      credentials.holder(call.caller().secret(), false);
      say(SIGN_OF_LIFE);
      return stateStore.task(call.tenant(), task).endedAt() == null;
    }

    private void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      spokeNanos = System.nanoTime();
    }
  }
}
