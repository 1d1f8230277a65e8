package io.agentos.runtime.budgets;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.durable.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one attempt of a step holds of the budgets while it calls something that costs money. What
 * settles it, and what is told of it, commits with what becomes of the attempt.
 *
 * <p>Not thread-safe: one attempt, one hold. To be settled exactly once, whatever happens.
 */
public final class Hold {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Step step;
  private final Spender spender;
  private final long amount;
  private final boolean held;
  private boolean settled;

  private Hold(Step step, Spender spender, Reservation.Granted granted) {
    this.step = step;
    this.spender = spender;
    this.amount = granted.amount();
    this.held = granted.held();
  }

  /**
   * Reserves for this attempt.
   *
   * @throws AgentOsException BUDGET_EXHAUSTED; BUDGET_RESERVED, OVERLOADED, CANCELLED. Nothing may
   *     be called then, and nothing is to be settled
   */
  public static Hold take(Budgets budgets, Step step, Spender spender, Budgets.Bounds bounds) {
    Reservation answer;
    try {
      answer = budgets.reserve(step.key(), step.attempt(), spender, bounds);
    } catch (AgentOsException e) {
      step.book(Budgets.settle(step.key(), step.attempt(), 0));
      throw e.code() == ErrorCode.STORE_UNAVAILABLE ? unasked(e) : e;
    }
    return switch (answer) {
      case Reservation.Granted granted -> {
        Hold hold = new Hold(step, spender, granted);
        hold.tellReserved();
        yield hold;
      }
      case Reservation.Scarce scarce -> {
        if (!scarce.merelyReserved()) {
          step.event("budget.exceeded", exceeded(step, scarce));
        }
        throw scarce.failure();
      }
    };
  }

  /** What may be spent, in micros. */
  public long amount() {
    return amount;
  }

  /** Says what the call did cost, in micros; 0 when it was not made or is not charged. */
  public void settle(long micros) {
    if (settled) {
      throw new IllegalStateException("a hold is settled once");
    }
    settled = true;
    if (!held) {
      return;
    }
    step.book(Budgets.settle(step.key(), step.attempt(), micros));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("step", step.key().name());
    facts.put("attempt", String.valueOf(step.attempt()));
    facts.put("reserved_usd_micros", String.valueOf(amount));
    facts.put("cost_usd_micros", String.valueOf(micros));
    step.event("budget.settled", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "budget.settled",
            "agent:" + spender.agent(),
            step.key().task().toString(),
            facts));
  }

  /** The same for a call of which nobody knows what it cost: all that is reserved. */
  public void settleAll() {
    settle(amount);
  }

  private void tellReserved() {
    if (held) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("step", step.key().name());
      facts.put("attempt", String.valueOf(step.attempt()));
      facts.put("reserved_usd_micros", String.valueOf(amount));
      step.event("budget.reserved", facts);
    }
  }

  private static Map<String, Object> exceeded(Step step, Reservation.Scarce scarce) {
    Window window = scarce.window();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("step", step.key().name());
    facts.put("budget", window.key().budget().toString());
    facts.put("scope", window.scope().text());
    facts.put("target", window.target());
    facts.put("window", window.period().label(window.key().start()));
    facts.put("limit_usd_micros", String.valueOf(window.limit()));
    facts.put("committed_usd_micros", String.valueOf(window.committed()));
    facts.put("reserved_usd_micros", String.valueOf(window.reserved()));
    facts.put("needed_usd_micros", String.valueOf(scarce.needed()));
    return facts;
  }

  /** A task that is told STORE_UNAVAILABLE would be given up; this one can wait and ask again. */
  private static AgentOsException unasked(AgentOsException cause) {
    return AgentOsException.retryAfter(
        ErrorCode.OVERLOADED,
        "The budget cannot be asked, so nothing is spent: " + cause.detail(),
        RETRY_AFTER,
        cause);
  }
}
