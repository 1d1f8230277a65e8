package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelRequest;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.Tokens;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.Hold;
import io.agentos.runtime.budgets.Reservation;
import io.agentos.runtime.budgets.Spender;
import io.agentos.runtime.catalogue.Cost;
import io.agentos.runtime.durable.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides before a model call how much of it can be paid: from what is left of the task's own
 * limit, and from the budgets. Where the longest answer cannot be paid, a shorter one may be.
 *
 * <p>Thread-safe.
 */
final class ModelSpending {
  /** A shorter answer than this is not worth its prompt. */
  static final int OUTPUT_TOKENS_LEAST = 256;

  /** Longer than any call outside of a task takes. */
  private static final Duration LEASE = Duration.ofMinutes(30);

  private final @Nullable Budgets budgets;

  /**
   * @param budgets null where no budgets are kept: the task's own limit holds all the same
   */
  ModelSpending(@Nullable Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * A call that may be made.
   *
   * @param request asks for no longer an answer than can be paid
   */
  record Paid(ModelRequest request, long amount, Consumer<Long> settle) {
    /** Says what the call cost, in micros. */
    void settle(long micros) {
      settle.accept(micros);
    }

    /** Says that nobody knows what it cost. */
    void settleAll() {
      settle.accept(amount);
    }

    /** Says what a call cost: what the provider counted, or all where it did not. */
    void settle(ModelCaller.Called called) {
      settle(
          called.estimated() ? Math.max(amount, called.cost().micros()) : called.cost().micros());
    }
  }

  /**
   * Reserves for a call that is a step.
   *
   * @throws AgentOsException LIMIT_REACHED, and of {@link Hold#take}
   */
  Paid pay(Step step, ModelTask task, Candidate candidate, ModelRequest request, Instant now) {
    Price price = new Price(candidate, request, now);
    Budgets.Bounds bounds = withinTask(task, candidate, price);
    if (budgets == null) {
      return price.paid(bounds.most(), _ -> {});
    }
    Hold hold = Hold.take(budgets, step, spender(task), bounds);
    return price.paid(hold.amount(), hold::settle);
  }

  /**
   * Reserves for a call outside of a task; {@code attempt} counts the candidates of {@code call}.
   */
  Paid pay(
      TaskId call,
      int attempt,
      ModelTask task,
      Candidate candidate,
      ModelRequest request,
      Instant now) {
    Price price = new Price(candidate, request, now);
    Budgets.Bounds bounds = withinTask(task, candidate, price);
    Budgets asked = budgets;
    if (asked == null) {
      return price.paid(bounds.most(), _ -> {});
    }
    StepKey key = new StepKey(request.key().tenant(), call, 1, request.key().name());
    return switch (asked.reserveFor(LEASE, key, attempt, spender(task), bounds)) {
      case Reservation.Granted(long amount, boolean held) ->
          price.paid(
              amount,
              micros -> {
                if (held) {
                  asked.settleNow(key, attempt, micros);
                }
              });
      case Reservation.Scarce scarce -> throw scarce.failure();
    };
  }

  /** The most that a call can cost: its prompt at its longest, and the answer it asks for. */
  static Cost worstCase(Candidate candidate, ModelRequest request, Instant now) {
    return new Price(candidate, request, now).of(request.outputTokensMax());
  }

  /** How many tokens a prompt can have at most. */
  static long promptTokensMax(Candidate candidate, ModelRequest request) {
    long most = Math.min(Tokens.MAX, PromptSize.tokensMax(request));
    long context = candidate.model().contextTokens();
    return context > 0 ? Math.min(most, context) : most;
  }

  private static Budgets.Bounds withinTask(ModelTask task, Candidate candidate, Price price) {
    long left = task.costLeftMicros();
    long least = price.least();
    if (least > left) {
      throw new AgentOsException(
          ErrorCode.LIMIT_REACHED,
          "The task has %d of its limit cost_usd_micros_max left and a call of %s can cost %d; give it more or ask for less."
              .formatted(Math.max(0, left), candidate.name(), least));
    }
    return new Budgets.Bounds(Math.min(left, price.most()), least);
  }

  private static Spender spender(ModelTask task) {
    return Spender.of(task.request(), task.agent().id());
  }

  /** What answers of each length can cost at most. */
  private record Price(Candidate candidate, ModelRequest request, long promptTokens, Instant now) {
    Price(Candidate candidate, ModelRequest request, Instant now) {
      this(candidate, request, promptTokensMax(candidate, request), now);
    }

    Cost of(int outputTokens) {
      return candidate.model().price().worstCase(promptTokens, outputTokens, now);
    }

    long most() {
      return of(request.outputTokensMax()).micros();
    }

    long least() {
      return of(Math.min(OUTPUT_TOKENS_LEAST, request.outputTokensMax())).micros();
    }

    /** The call with the longest answer that {@code amount} pays for; it pays for the least. */
    Paid paid(long amount, Consumer<Long> settle) {
      if (most() <= amount) {
        return new Paid(request, amount, settle);
      }
      int pays = Math.min(OUTPUT_TOKENS_LEAST, request.outputTokensMax());
      int tooLong = request.outputTokensMax() + 1;
      while (tooLong - pays > 1) {
        int middle = pays + (tooLong - pays) / 2;
        if (of(middle).micros() <= amount) {
          pays = middle;
        } else {
          tooLong = middle;
        }
      }
      ModelRequest shorter =
          new ModelRequest(
              request.key(),
              request.model(),
              request.system(),
              request.messages(),
              request.tools(),
              pays,
              request.options());
      return new Paid(shorter, amount, settle);
    }
  }
}
