package io.agentos.runtime.catalogue;

import io.agentos.runtime.catalogue.PriceCalendar.Hours;
import io.agentos.runtime.definitions.Section;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the prices of a model, and checks what the schema cannot: order, gaps, exactness. */
final class PriceReader {
  private static final int USD_DECIMALS = 6;
  private static final int MULTIPLIER_DECIMALS = 3;

  private PriceReader() {}

  static List<PricePeriod> read(Section spec) {
    List<PricePeriod> periods = new ArrayList<>();
    @Nullable PricePeriod before = null;
    for (Section section : spec.sections("prices")) {
      PricePeriod period = period(section);
      checkDates(section, period, before);
      periods.add(period);
      before = period;
    }
    if (before != null && before.until() != null) {
      checkEnd(spec, before.until());
    }
    return periods;
  }

  private static void checkDates(
      Section section, PricePeriod period, @Nullable PricePeriod before) {
    LocalDate from = period.from();
    LocalDate until = period.until();
    if (from != null && until != null && until.isBefore(from)) {
      section.problem(
          "effectiveUntil", "found %s, before effectiveFrom; allowed: later".formatted(until));
    }
    if (before == null) {
      return;
    }
    if (from == null) {
      section.problem("effectiveFrom", "missing; allowed: only the first price may leave it out");
      return;
    }
    LocalDate start = before.from();
    LocalDate end = before.until();
    if (start != null && !from.isAfter(start)) {
      section.problem(
          "effectiveFrom",
          "found %s, which the price before it has too; allowed: after %s".formatted(from, start));
    } else if (end != null && !from.equals(end.plusDays(1))) {
      section.problem(
          "effectiveFrom",
          "found %s, a%s the price before it until %s; allowed: %s"
              .formatted(
                  from, from.isAfter(end) ? " gap after" : "n overlap with", end, end.plusDays(1)));
    }
  }

  /** Only of a model that is no longer served may the prices end. */
  private static void checkEnd(Section spec, LocalDate until) {
    LocalDate retired = ModelReader.date(spec, "retired");
    if (retired == null || retired.isAfter(until.plusDays(1))) {
      spec.problem(
          "prices",
          "found no price after %s; allowed: a last price without effectiveUntil".formatted(until));
    }
  }

  private static PricePeriod period(Section section) {
    Rates rates = rates(section);
    List<PromptTier> tiers = tiers(section);
    List<PriceCalendar> calendars = calendars(section, !tiers.isEmpty());
    Map<ServiceTier, Integer> multipliers = multipliers(section);
    if (PricePeriod.dearestRate(rates, tiers, calendars, multipliers)
        > PricePeriod.EFFECTIVE_RATE_MAX) {
      section.problem(
          "input",
          "found prices above 4000 USD with their multipliers; allowed: at most 4000 USD per million");
      multipliers = Map.of();
      calendars = List.of();
    }
    return new PricePeriod(
        ModelReader.date(section, "effectiveFrom"),
        ModelReader.date(section, "effectiveUntil"),
        section.text("source"),
        ModelReader.date(section, "checked"),
        rates,
        tiers,
        calendars,
        multipliers,
        fees(section.section("toolFees")));
  }

  private static Rates rates(Section section) {
    return Rates.of(
        usd(section, "input").orElse(0L),
        usd(section, "cacheRead").orElse(null),
        usd(section, "cacheWrite").orElse(null),
        usd(section, "cacheWriteHour").orElse(null),
        usd(section, "output").orElse(0L));
  }

  private static List<PromptTier> tiers(Section section) {
    List<PromptTier> tiers = new ArrayList<>();
    long before = 0;
    for (Section tier : section.sections("tiers")) {
      long above = tier.number("above").orElse(0L);
      if (above <= before) {
        tier.problem("above", "found %d; allowed: more than %d".formatted(above, before));
      }
      before = above;
      tiers.add(new PromptTier(above, rates(tier)));
    }
    return tiers;
  }

  private static List<PriceCalendar> calendars(Section section, boolean tiers) {
    List<PriceCalendar> calendars = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section calendar : section.sections("calendars")) {
      String name = calendar.text("name");
      if (!names.add(name)) {
        calendar.problem(
            "name", "found '%s' a second time; allowed: each name once".formatted(name));
      }
      boolean own = calendar.has("input");
      if (own && tiers) {
        calendar.problem("input", "found beside tiers; allowed: a multiplier");
      }
      calendars.add(
          new PriceCalendar(
              name,
              calendar.texts("days").stream().map(PriceReader::day).collect(Collectors.toSet()),
              hours(calendar),
              holidays(calendar),
              multiplier(calendar, "multiplier"),
              own ? rates(calendar) : null));
    }
    return calendars;
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(text.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day " + text);
  }

  private static List<Hours> hours(Section calendar) {
    List<Hours> hours = new ArrayList<>();
    List<String> texts = calendar.texts("hours");
    for (int i = 0; i < texts.size(); i++) {
      int from = minute(texts.get(i).substring(0, 5));
      int until = minute(texts.get(i).substring(6));
      if (from < until) {
        hours.add(new Hours(from, until));
      } else {
        calendar.problem(
            "hours",
            i,
            "found '%s'; allowed: forwards within a day; two ranges meet at midnight"
                .formatted(texts.get(i)));
      }
    }
    return hours;
  }

  private static int minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static Set<LocalDate> holidays(Section calendar) {
    Set<LocalDate> dates = new HashSet<>();
    List<String> texts = calendar.texts("exceptOn");
    for (int i = 0; i < texts.size(); i++) {
      Optional<LocalDate> date = ModelReader.date(texts.get(i));
      if (date.isEmpty()) {
        calendar.problem(
            "exceptOn", i, "found '%s'; allowed: a day that exists".formatted(texts.get(i)));
      }
      date.ifPresent(dates::add);
    }
    return dates;
  }

  private static Map<ServiceTier, Integer> multipliers(Section section) {
    Section multipliers = section.section("multipliers");
    Map<ServiceTier, Integer> byTier = new EnumMap<>(ServiceTier.class);
    for (ServiceTier tier : ServiceTier.values()) {
      if (multipliers.has(tier.text())) {
        byTier.put(tier, multiplier(multipliers, tier.text()));
      }
    }
    return byTier;
  }

  private static Map<String, Long> fees(Section section) {
    Map<String, Long> fees = new LinkedHashMap<>();
    for (String tool : section.members().keySet()) {
      fees.put(tool, usd(section, tool).orElse(0L));
    }
    return fees;
  }

  /** Thousandths; those of 1 when absent. */
  private static int multiplier(Section section, String key) {
    return whole(section, key, MULTIPLIER_DECIMALS).map(Math::toIntExact).orElse(1_000);
  }

  /** Micros of a US dollar. */
  private static Optional<Long> usd(Section section, String key) {
    return whole(section, key, USD_DECIMALS);
  }

  private static Optional<Long> whole(Section section, String key, int decimals) {
    Optional<BigDecimal> number = section.decimal(key);
    if (number.isPresent() && number.get().stripTrailingZeros().scale() > decimals) {
      section.problem(
          key,
          "found %s; allowed: at most %d decimals"
              .formatted(number.get().toPlainString(), decimals));
      return Optional.of(0L);
    }
    return number.map(exact -> exact.movePointRight(decimals).longValueExact());
  }
}
