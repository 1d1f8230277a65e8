package io.agentos.runtime.catalogue;

import io.agentos.api.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a model costs, at any time.
 *
 * <p>A call is charged by the period in which it began; one from before the first period by the
 * first, one from after the last by the last: no call is ever free because a table has an edge.
 *
 * @param model the model, as {@code PROVIDER/ID}
 * @param periods one after the other without a gap, oldest first; at least one
 */
public record Price(String model, List<PricePeriod> periods) {
  /** A call of now may begin so much later, after a retry or a wait. */
  private static final Duration LATER = Duration.ofDays(1);

  public Price {
    periods = List.copyOf(periods);
    if (periods.isEmpty()) {
      throw new IllegalArgumentException("a price has a period");
    }
  }

  /**
   * What a call cost. Cached reads, writes for minutes and for an hour, and output with its
   * reasoning are each charged by their class; reads and writes without a price of their own by
   * that of input, writes for an hour by that of writes. The whole prompt, cached tokens included,
   * chooses the tier, and the tier prices every token.
   *
   * <p>Exact but for one rounding up to a whole pico-dollar where a multiplier leaves a part of
   * one.
   *
   * @param at when the call began
   * @param tier charged as {@link ServiceTier#STANDARD} where the price does not name it
   */
  public Cost cost(Tokens tokens, Instant at, ServiceTier tier) {
    return period(at).cost(model, tokens, at, tier);
  }

  /** {@link #worstCase(long, long, Instant, ServiceTier)} of the standard tier. */
  public Cost worstCase(long inputTokens, long outputTokensMax, Instant at) {
    return worstCase(inputTokens, outputTokensMax, at, ServiceTier.STANDARD);
  }

  /**
   * The most that a call beginning within a day from {@code at} can cost: each prompt token in its
   * dearest class, in the dearest tier that a prompt of up to this length can reach, at the dearest
   * hour. For budgets before a call, and for calls whose provider does not say what they used.
   *
   * @param inputTokens 0 to {@link Tokens#MAX}
   * @param outputTokensMax 0 to {@link Tokens#MAX}
   */
  public Cost worstCase(long inputTokens, long outputTokensMax, Instant at, ServiceTier tier) {
    Tokens checked = Tokens.of(inputTokens, outputTokensMax);
    Cost now = period(at).worstCase(model, checked.input(), checked.output(), tier);
    Cost later = period(at.plus(LATER)).worstCase(model, checked.input(), checked.output(), tier);
    return later.picos() > now.picos() ? later : now;
  }

  /**
   * What calls of a provider's own tool cost beside the tokens; nothing where the price does not
   * name the tool.
   *
   * @param calls 0 to 1,000,000
   */
  public Cost toolFee(String tool, int calls, Instant at) {
    if (calls < 0 || calls > 1_000_000) {
      throw new IllegalArgumentException("calls are 0 to 1,000,000");
    }
    PricePeriod period = period(at);
    long microsPerThousand = period.toolFees().getOrDefault(tool, 0L);
    return Cost.ofPicos(microsPerThousand * 1_000 * calls, period.name(model) + ";tool=" + tool);
  }

  /** Whether the provider sells this service tier of the model, as far as the catalogue knows. */
  public boolean offers(ServiceTier tier, Instant at) {
    return tier == ServiceTier.STANDARD || period(at).multipliers().containsKey(tier);
  }

  /** The period that {@code at} is charged by. */
  public PricePeriod period(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    PricePeriod found = periods.getFirst();
    for (PricePeriod period : periods) {
      if (period.from() == null || !day.isBefore(period.from())) {
        found = period;
      }
    }
    return found;
  }
}
