package io.agentos.runtime.catalogue;

import io.agentos.api.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs between two dates.
 *
 * @param from the first day, UTC; null where it has always been so
 * @param until the last day, UTC; null where no end is known
 * @param source where the figures stand: an address, or the name of a document
 * @param checked when the figures were last compared with the source; null for those of the
 *     configuration
 * @param tiers prices of long prompts, shortest first
 * @param calendars hours with another price; the first that covers a time applies
 * @param multipliers what service tiers multiply the price by, in thousandths
 * @param toolFees what a provider's own tools cost, in micros per thousand calls, by name
 */
public record PricePeriod(
    @Nullable LocalDate from,
    @Nullable LocalDate until,
    String source,
    @Nullable LocalDate checked,
    Rates rates,
    List<PromptTier> tiers,
    List<PriceCalendar> calendars,
    Map<ServiceTier, Integer> multipliers,
    Map<String, Long> toolFees) {
  /** Dearer than this, in micros per million tokens, nothing may get by any multiplier. */
  static final long EFFECTIVE_RATE_MAX = 4 * Rates.MAX;

  private static final int ONE = 1_000;
  private static final long MILLION = 1_000_000;

  public PricePeriod {
    tiers = List.copyOf(tiers);
    calendars = List.copyOf(calendars);
    multipliers = Map.copyOf(multipliers);
    toolFees = Map.copyOf(toolFees);
    if (dearestRate(rates, tiers, calendars, multipliers) > EFFECTIVE_RATE_MAX) {
      throw new IllegalArgumentException("no rate is above " + EFFECTIVE_RATE_MAX);
    }
  }

  /** The rates of a prompt of so many tokens at {@code at}, before any multiplier. */
  public Rates rates(long inputTokens, Instant at) {
    return calendar(at)
        .flatMap(calendar -> Optional.ofNullable(calendar.rates()))
        .orElseGet(() -> tier(inputTokens).map(PromptTier::rates).orElse(rates));
  }

  /** The calendar that applies at {@code at}. */
  public Optional<PriceCalendar> calendar(Instant at) {
    return calendars.stream().filter(calendar -> calendar.covers(at)).findFirst();
  }

  Cost cost(String model, Tokens tokens, Instant at, ServiceTier tier) {
    StringBuilder price = new StringBuilder(name(model));
    Optional<PriceCalendar> calendar = calendar(at);
    if (calendar.map(PriceCalendar::rates).isEmpty()) {
      tier(tokens.input()).ifPresent(found -> price.append(";above=").append(found.above()));
    }
    calendar.ifPresent(found -> price.append(';').append(found.name()));
    int multiplier = multipliers.getOrDefault(tier, ONE);
    if (multipliers.containsKey(tier)) {
      price.append(';').append(tier.text());
    }
    long picos =
        times(
            rates(tokens.input(), at).picos(tokens),
            calendar.map(PriceCalendar::thousandths).orElse(ONE),
            multiplier);
    return Cost.ofPicos(picos, price.toString());
  }

  /** The most that a prompt of up to {@code inputTokens} can cost, whatever the hour. */
  Cost worstCase(String model, long inputTokens, long outputTokensMax, ServiceTier tier) {
    int multiplier = multipliers.getOrDefault(tier, ONE);
    int calendarMost =
        Math.max(ONE, calendars.stream().mapToInt(PriceCalendar::thousandths).max().orElse(ONE));
    long most = times(dearest(rates, inputTokens, outputTokensMax), calendarMost, multiplier);
    for (PromptTier longer : tiers) {
      if (longer.above() < inputTokens) {
        long picos = dearest(longer.rates(), inputTokens, outputTokensMax);
        most = Math.max(most, times(picos, calendarMost, multiplier));
      }
    }
    for (PriceCalendar calendar : calendars) {
      if (calendar.rates() != null) {
        long picos = dearest(calendar.rates(), inputTokens, outputTokensMax);
        most = Math.max(most, times(picos, ONE, multiplier));
      }
    }
    return Cost.ofPicos(most, name(model) + ";worst");
  }

  /** The name of this price on bills. */
  String name(String model) {
    return from == null ? model : model + "@" + from;
  }

  private Optional<PromptTier> tier(long inputTokens) {
    Optional<PromptTier> found = Optional.empty();
    for (PromptTier tier : tiers) {
      if (inputTokens > tier.above()) {
        found = Optional.of(tier);
      }
    }
    return found;
  }

  private static long dearest(Rates rates, long inputTokens, long outputTokens) {
    return inputTokens * rates.dearestInput() + outputTokens * rates.output();
  }

  /**
   * The product, rounded up to a whole pico-dollar. Two multipliers of thousandths make one of
   * millionths, so nothing is rounded between them.
   */
  private static long times(long picos, int thousandths, int moreThousandths) {
    long millionths = (long) thousandths * moreThousandths;
    long whole = Math.multiplyExact(picos / MILLION, millionths);
    return Math.addExact(whole, Math.ceilDiv(picos % MILLION * millionths, MILLION));
  }

  /** The dearest rate that any call can meet, in micros per million tokens. */
  static long dearestRate(
      Rates rates,
      List<PromptTier> tiers,
      List<PriceCalendar> calendars,
      Map<ServiceTier, Integer> multipliers) {
    int calendarMost =
        Math.max(ONE, calendars.stream().mapToInt(PriceCalendar::thousandths).max().orElse(ONE));
    int tierMost =
        Math.max(ONE, multipliers.values().stream().mapToInt(Integer::intValue).max().orElse(ONE));
    long plain =
        Math.max(
            rates.dearest(),
            tiers.stream().mapToLong(tier -> tier.rates().dearest()).max().orElse(0));
    long most = times(plain, calendarMost, tierMost);
    for (PriceCalendar calendar : calendars) {
      if (calendar.rates() != null) {
        most = Math.max(most, times(calendar.rates().dearest(), ONE, tierMost));
      }
    }
    return most;
  }
}
