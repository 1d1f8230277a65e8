package io.agentos.server.http;

import io.agentos.runtime.catalogue.PriceCalendar;
import io.agentos.runtime.catalogue.PriceCalendar.Hours;
import io.agentos.runtime.catalogue.PricePeriod;
import io.agentos.runtime.catalogue.PromptTier;
import io.agentos.runtime.catalogue.Rates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs in the period of now, as callers see it.
 *
 * @param effectiveFrom the first day; null where it has always been so
 * @param effectiveUntil the last day; null where no end is known
 * @param checked null for a price of the configuration
 * @param serviceTiers what each multiplies the price by, in thousandths
 * @param toolFeesUsdMicros per thousand calls
 */
record PriceView(
    @Nullable String effectiveFrom,
    @Nullable String effectiveUntil,
    String source,
    @Nullable String checked,
    PerMillion perMillionTokens,
    List<Tier> tiers,
    List<Calendar> calendars,
    Map<String, Integer> serviceTiers,
    Map<String, Long> toolFeesUsdMicros) {

  /** Micros of a US dollar per million tokens of each class. */
  record PerMillion(
      long inputUsdMicros,
      long cacheReadUsdMicros,
      long cacheWriteUsdMicros,
      long cacheWriteHourUsdMicros,
      long outputUsdMicros) {
    static PerMillion of(Rates rates) {
      return new PerMillion(
          rates.input(),
          rates.cacheRead(),
          rates.cacheWrite(),
          rates.cacheWriteHour(),
          rates.output());
    }
  }

  /** What the whole request costs once its prompt has more tokens. */
  record Tier(long above, PerMillion perMillionTokens) {
    static Tier of(PromptTier tier) {
      return new Tier(tier.above(), PerMillion.of(tier.rates()));
    }
  }

  /**
   * Hours with another price.
   *
   * @param now whether it applies now
   * @param thousandths what the price is multiplied by
   * @param perMillionTokens its own price; null where the price is multiplied
   */
  record Calendar(
      String name,
      boolean now,
      List<String> days,
      List<String> hours,
      List<String> exceptOn,
      int thousandths,
      @Nullable PerMillion perMillionTokens) {
    static Calendar of(PriceCalendar calendar, boolean now) {
      Rates rates = calendar.rates();
      return new Calendar(
          calendar.name(),
          now,
          calendar.days().stream()
              .sorted()
              .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
              .toList(),
          calendar.hours().stream().map(Calendar::text).toList(),
          calendar.exceptOn().stream().sorted().map(LocalDate::toString).toList(),
          calendar.thousandths(),
          rates == null ? null : PerMillion.of(rates));
    }

    private static String text(Hours hours) {
      return time(hours.from()) + "-" + time(hours.until());
    }

    private static String time(int minute) {
      return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
  }

  static PriceView of(PricePeriod period, Instant now) {
    Map<String, Integer> serviceTiers = new TreeMap<>();
    period.multipliers().forEach((tier, thousandths) -> serviceTiers.put(tier.text(), thousandths));
    List<Calendar> calendars =
        period.calendars().stream()
            .map(calendar ->
                Calendar.of(calendar, period.calendar(now).filter(calendar::equals).isPresent()))
            .toList();
    return new PriceView(
        text(period.from()),
        text(period.until()),
        period.source(),
        text(period.checked()),
        PerMillion.of(period.rates()),
        period.tiers().stream().map(Tier::of).toList(),
        calendars,
        serviceTiers,
        new TreeMap<>(period.toolFees()));
  }

  static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }
}
