package io.agentos.runtime.models;

import io.agentos.api.ModelEvent;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches one call: when its answer began, how much of it came, whether a failure may be charged.
 *
 * <p>Not thread-safe: a call is told on one thread.
 */
final class CallWatch implements ModelListener {
  private final Candidate candidate;
  private final RateLimiter limiter;
  private final ModelListener next;
  private final long begun = System.nanoTime();
  private long firstAt = -1;
  private long chars;
  private boolean unsettled;
  private @Nullable Tokens seen;

  CallWatch(Candidate candidate, RateLimiter limiter, ModelListener next) {
    this.candidate = candidate;
    this.limiter = limiter;
    this.next = next;
  }

  @Override
  public void on(ModelEvent event) {
    switch (event) {
      case ModelEvent.Started _ -> {
        // The first token is what people wait for.
      }
      case ModelEvent.Text(String more) -> came(more.length());
      case ModelEvent.Thought(String more) -> came(more.length());
      case ModelEvent.Call _ -> came(0);
      case ModelEvent.Limits(var limits) -> limiter.learn(candidate, limits);
      case ModelEvent.Unsettled(Tokens counted) -> {
        unsettled = true;
        seen = counted;
      }
    }
    next.on(event);
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** How long the first token took; null when the answer came in one piece. */
  @Nullable Duration firstToken() {
    return firstAt < 0 ? null : Duration.ofNanos(firstAt - begun);
  }

  boolean unsettled() {
    return unsettled;
  }

  /** The last count of the provider before the call failed; null for none. */
  @Nullable Tokens seen() {
    return seen;
  }

  /** About how many tokens of the answer came. */
  long streamedTokens() {
    return PromptSize.ofChars(chars);
  }

  private void came(int length) {
    if (firstAt < 0) {
      firstAt = System.nanoTime();
    }
    chars += length;
  }
}
