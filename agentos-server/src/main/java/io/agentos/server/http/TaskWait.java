package io.agentos.server.http;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers with a task, after its end where the caller prefers to wait for it ({@code Prefer: wait},
 * RFC 7240).
 *
 * <p>Thread-safe.
 */
final class TaskWait {
  private static final int SECONDS_MAX = 60;
  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:$|[,;])");

  private final StateStore stateStore;
  private final Followers followers;

  TaskWait(StateStore stateStore, Followers followers) {
    this.stateStore = stateStore;
    this.followers = followers;
  }

  /** How many seconds a caller prefers to wait, at most {@value #SECONDS_MAX}; empty for none. */
  static Optional<Integer> seconds(Call call) {
    Matcher wait = WAIT.matcher(call.header("Prefer").orElse(""));
    if (!wait.find()) {
      return Optional.empty();
    }
    int seconds = Math.min(SECONDS_MAX, Integer.parseInt(wait.group(1)));
    return seconds == 0 ? Optional.empty() : Optional.of(seconds);
  }

  /**
   * {@code first}, or when the caller prefers to wait, the task as it is after that: 200 when it
   * has ended, else 202.
   */
  Answer answer(Call call, TaskId task, Answer.Ready first) {
    Optional<Integer> seconds = seconds(call);
    if (seconds.isEmpty()) {
      return first;
    }
    return new Answer.Later(() -> after(call.tenant(), task, seconds.get(), first));
  }

  private Answer.Ready after(TenantId tenant, TaskId task, int seconds, Answer.Ready first) {
    Optional<Followers.Place> place = followers.follow(task);
    if (place.isEmpty()) {
      return first;
    }
    TaskView view;
    try (Followers.Place open = place.get()) {
      view = ended(tenant, task, Duration.ofSeconds(seconds), open);
    }
    Answer.Ready answer = Answer.json(view.endedAt() == null ? 202 : 200, view);
    return new Answer.Ready(answer.status(), answer.body(), first.headers())
        .with("Preference-Applied", "wait=" + seconds);
  }

  private TaskView ended(TenantId tenant, TaskId task, Duration patience, Followers.Place place) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      TaskView view = stateStore.task(tenant, task);
      long left = until - System.nanoTime();
      if (view.endedAt() != null || left <= 0 || !place.await(Duration.ofNanos(left))) {
        return view;
      }
    }
  }
}
