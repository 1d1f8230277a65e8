package io.agentos.runtime.budgets;

import io.agentos.api.Usage;
import io.agentos.runtime.durable.Step;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pays for calls that have a fixed price, such as those of priced tools.
 *
 * <p>Thread-safe.
 */
public final class ToolSpending {
  private final @Nullable Budgets budgets;

  /**
   * @param budgets null where none are kept: what calls cost counts as used all the same
   */
  public ToolSpending(@Nullable Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * Makes a call when it can be paid. Once begun it is charged, whatever becomes of it: nobody can
   * say that a call that failed was not. So are attempts that died with their process.
   *
   * @param micros its price; 0 for a free call, which asks nobody
   * @throws io.agentos.api.AgentOsException of {@link Hold#take}, and of {@code call}
   */
  public <T> T pay(Step step, Spender spender, long micros, Supplier<T> call) {
    if (micros == 0) {
      return call.get();
    }
    Budgets asked = budgets;
    if (asked != null) {
      Hold.take(asked, step, spender, Budgets.Bounds.exactly(micros)).settleAll();
    }
    long times = 1L + step.lostAttempts().size();
    step.used(new Usage(0, 0, 0, 0, Math.multiplyExact(times, micros), 0, 0));
    return call.get();
  }
}
