package io.agentos.runtime.budgets;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;

/** What became of the wish to reserve. */
public sealed interface Reservation {
  /**
   * The call may begin and must not cost more than {@code amount}, in micros.
   *
   * @param held whether some budget covers the call; when none does, there is nothing to settle
   */
  record Granted(long amount, boolean held) implements Reservation {}

  /**
   * The call must not begin.
   *
   * @param window the budget that has too little left
   * @param needed the least that the call would have to reserve, in micros
   */
  record Scarce(Window window, long needed) implements Reservation {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Whether it is only for calls under way, some of which will cost less than they may. */
    public boolean merelyReserved() {
      return needed <= window.unspent();
    }

    /** How much is missing, in micros. */
    public long missing() {
      return needed - window.left();
    }

    /** The same as an error: BUDGET_RESERVED or BUDGET_EXHAUSTED. */
    public AgentOsException failure() {
      String detail =
          "Budget %s: %s; the call needs %s more."
              .formatted(window.name(), window.standing(), Money.text(missing()));
      return merelyReserved()
          ? AgentOsException.retryAfter(
              ErrorCode.BUDGET_RESERVED,
              detail + " Calls under way hold it; some of it comes back.",
              RETRY_AFTER)
          : new AgentOsException(
              ErrorCode.BUDGET_EXHAUSTED,
              detail + " Raise the budget or wait for its next period.");
    }
  }
}
