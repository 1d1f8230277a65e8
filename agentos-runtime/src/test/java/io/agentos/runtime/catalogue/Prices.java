package io.agentos.runtime.catalogue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prices for tests, in the shapes that the four providers have. */
final class Prices {
  private static final int ONE = 1_000;
  private static final LocalDate CHECKED = LocalDate.parse("2026-11-22");
  private static final Set<DayOfWeek> WEEKDAYS =
      Set.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  private Prices() {}

  /** 0.10 / 0.01 / 0.50 USD; above 100,000 tokens five times that; writes 1.25 and 2 times. */
  static Price longPrompts() {
    return always(
        "anthropic/small",
        new Rates(100_000, 10_000, 125_000, 200_000, 500_000),
        List.of(new PromptTier(100_000, new Rates(500_000, 50_000, 625_000, 1_000_000, 2_500_000))),
        List.of(),
        Map.of(ServiceTier.BATCH, 500));
  }

  /** 2.00 / 0.10 / 10.00 USD; above 272,000 tokens input twice, output 1.5 times. */
  static Price tiered() {
    return always(
        "openai/mid",
        new Rates(2_000_000, 100_000, 2_500_000, 5_000_000, 10_000_000),
        List.of(
            new PromptTier(
                272_000, new Rates(4_000_000, 200_000, 5_000_000, 10_000_000, 15_000_000))),
        List.of(),
        Map.of(ServiceTier.FLEX, 500, ServiceTier.PRIORITY, 2_000));
  }

  /** 2.00 / 0.10 / 10.00 USD until the end of November 2026, then 4.00 / 0.20 / 20.00. */
  static Price introductory() {
    LocalDate last = LocalDate.parse("2026-11-30");
    PricePeriod first =
        period(null, last, Rates.of(2_000_000, 100_000L, null, null, 10_000_000), Map.of());
    PricePeriod then =
        period(
            last.plusDays(1),
            null,
            Rates.of(4_000_000, 200_000L, null, null, 20_000_000),
            Map.of("google_search", 14_000_000L));
    return new Price("gemini/large", List.of(first, then));
  }

  /** 0.15 / 0.003 / 0.60 USD; twice that on working days 01-04 and 06-10 UTC. */
  static Price peaks() {
    PriceCalendar peak =
        new PriceCalendar(
            "peak",
            WEEKDAYS,
            List.of(new PriceCalendar.Hours(60, 240), new PriceCalendar.Hours(360, 600)),
            Set.of(LocalDate.parse("2026-10-01")),
            2_000,
            null);
    return always(
        "deepseek/flash",
        Rates.of(150_000, 3_000L, null, null, 600_000),
        List.of(),
        List.of(peak),
        Map.of());
  }

  /** 0.135 / 0.035 / 0.55 USD; 0.55 / 0.14 / 2.19 every day 00:30-16:30 UTC. */
  static Price ownRates() {
    PriceCalendar standard =
        new PriceCalendar(
            "standard",
            Set.of(DayOfWeek.values()),
            List.of(new PriceCalendar.Hours(30, 990)),
            Set.of(),
            ONE,
            Rates.of(550_000, 140_000L, null, null, 2_190_000));
    return always(
        "deepseek/reasoner",
        Rates.of(135_000, 35_000L, null, null, 550_000),
        List.of(),
        List.of(standard),
        Map.of());
  }

  static Price always(
      String model,
      Rates rates,
      List<PromptTier> tiers,
      List<PriceCalendar> calendars,
      Map<ServiceTier, Integer> multipliers) {
    return new Price(
        model,
        List.of(
            new PricePeriod(
                null,
                null,
                "a test",
                CHECKED,
                rates,
                tiers,
                calendars,
                multipliers,
                Map.of("web_search", 10_000_000L))));
  }

  private static PricePeriod period(
      LocalDate from, LocalDate until, Rates rates, Map<String, Long> fees) {
    return new PricePeriod(
        from, until, "a test", CHECKED, rates, List.of(), List.of(), Map.of(), fees);
  }
}
