package io.agentos.runtime.costs;

import io.agentos.api.AgentId;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, as the ledger keeps it.
 *
 * @param key the step that called
 * @param attempt counted from 1; with {@code key}, what the call is known by
 * @param at when it began, which is the time that its price was looked up for
 * @param provider who was asked, such as {@code openai}
 * @param model the model that was asked for, by its id
 * @param answeredModel the model that answered, as the provider names it; null when none did
 * @param error why there is no answer; null when there is one
 * @param tokens what was used; an estimate when {@code estimated}
 * @param estimated whether the provider did not say what was used
 * @param costUsdPicos pico-dollars, exact
 * @param price the name of the price it was charged at; empty when it cost nothing
 * @param requestId the provider's name of the call; null when it gave none
 * @param firstToken how long the first part of the answer took; null when nobody measured it
 */
public record ModelCallRecord(
    StepKey key,
    int attempt,
    Instant at,
    AgentId agent,
    String provider,
    String model,
    @Nullable String answeredModel,
    Outcome outcome,
    @Nullable ErrorCode error,
    Tokens tokens,
    boolean estimated,
    long costUsdPicos,
    String price,
    @Nullable String requestId,
    @Nullable Duration firstToken,
    Duration duration) {

  /** How a call ended. */
  public enum Outcome {
    /** The provider answered. */
    ANSWERED,
    /** The answer was kept from the same question before, and cost nothing. */
    CACHED,
    /** The provider did not answer, and charged nothing as far as it is known. */
    FAILED,
    /** Nobody knows whether the provider charged it: the connection broke, or the node died. */
    UNSETTLED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ModelCallRecord {
    if (attempt < 1 || costUsdPicos < 0) {
      throw new IllegalArgumentException("attempts count from 1, and no call costs less than 0");
    }
    boolean answered = outcome == Outcome.ANSWERED || outcome == Outcome.CACHED;
    if (answered != (error == null)) {
      throw new IllegalArgumentException("a call has either an answer or an error");
    }
  }
}
