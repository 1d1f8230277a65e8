package io.agentos.runtime.costs;

import io.agentos.api.Tokens;
import io.agentos.runtime.store.Write;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Books model calls. */
public final class CostLedger {
  private static final long PICOS_PER_MICRO = 1_000_000;

  private CostLedger() {}

  /**
   * What books {@code call}, to commit with the step that made it. A call is booked once: when a
   * step is replayed, the first booking of an attempt stands.
   */
  public static Write write(ModelCallRecord call) {
    Tokens tokens = call.tokens();
    return Write.any(
        CostsSql.BOOK,
        call.key().tenant().value(),
        call.key().task().value(),
        call.key().position(),
        call.key().name(),
        call.attempt(),
        call.at(),
        call.agent().pack(),
        call.agent().agent(),
        call.provider(),
        call.model(),
        call.answeredModel(),
        call.outcome().text(),
        call.error() == null ? null : call.error().name(),
        tokens.input(),
        tokens.cacheRead(),
        tokens.cacheWrite(),
        tokens.cacheWriteHour(),
        tokens.output(),
        tokens.reasoning(),
        call.estimated(),
        call.costUsdPicos(),
        Math.ceilDiv(call.costUsdPicos(), PICOS_PER_MICRO),
        call.price(),
        call.requestId(),
        millis(call.firstToken()),
        call.duration().toMillis());
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }
}
