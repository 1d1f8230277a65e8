package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Tokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random prices and tokens against a plain calculation in decimals, and what must always hold. */
final class PricePropertyTest {
  private static final long SEED = 20261122;
  private static final int CASES = 20_000;
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal THOUSAND = new BigDecimal(1_000);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<ServiceTier> TIERS = List.of(ServiceTier.values());

  private final Random random = new Random(SEED);

  @Test
  void cost_equalsThePlainCalculation() {
    for (int i = 0; i < CASES; i++) {
      PricePeriod period = period();
      Tokens tokens = tokens();
      Instant at = START.plusSeconds(random.nextInt(366 * 24 * 3600));
      ServiceTier tier = TIERS.get(random.nextInt(TIERS.size()));

      Cost cost = new Price("p/m", List.of(period)).cost(tokens, at, tier);

      BigDecimal usd = plain(period, tokens, at, tier);
      assertThat(cost.picos())
          .as("case %d: %s %s %s %s", i, period, tokens, at, tier)
          .isEqualTo(usd.movePointRight(12).setScale(0, RoundingMode.CEILING).longValueExact());
      assertThat(cost.micros())
          .isEqualTo(
              BigDecimal.valueOf(cost.picos(), 6)
                  .setScale(0, RoundingMode.CEILING)
                  .longValueExact());
    }
  }

  @Test
  void worstCase_isNeverBelowAnyCost() {
    for (int i = 0; i < CASES; i++) {
      Price price = new Price("p/m", List.of(period()));
      Tokens tokens = tokens();
      Instant at = START.plusSeconds(random.nextInt(366 * 24 * 3600));
      Instant later = at.plusSeconds(random.nextInt(24 * 3600));

      Cost worst = price.worstCase(tokens.input(), tokens.output(), at);

      assertThat(price.cost(tokens, later, ServiceTier.STANDARD).picos())
          .as("case %d: %s %s %s", i, price, tokens, later)
          .isLessThanOrEqualTo(worst.picos());
    }
  }

  /** In US dollars, as a person with a pocket calculator would do it. */
  private static BigDecimal plain(PricePeriod period, Tokens t, Instant at, ServiceTier tier) {
    Rates rates = period.rates();
    for (PromptTier longer : period.tiers()) {
      rates = t.input() > longer.above() ? longer.rates() : rates;
    }
    BigDecimal factor = BigDecimal.ONE;
    ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
    int minute = utc.toLocalTime().toSecondOfDay() / 60;
    for (PriceCalendar calendar : period.calendars()) {
      boolean hour =
          calendar.hours().stream().anyMatch(h -> h.from() <= minute && minute < h.until());
      if (hour
          && calendar.days().contains(utc.getDayOfWeek())
          && !calendar.exceptOn().contains(utc.toLocalDate())) {
        factor = BigDecimal.valueOf(calendar.thousandths()).divide(THOUSAND);
        rates = calendar.rates() == null ? rates : calendar.rates();
        break;
      }
    }
    if (period.multipliers().containsKey(tier)) {
      factor = factor.multiply(BigDecimal.valueOf(period.multipliers().get(tier)).divide(THOUSAND));
    }
    return part(t.input() - t.cacheRead() - t.cacheWrite() - t.cacheWriteHour(), rates.input())
        .add(part(t.cacheRead(), rates.cacheRead()))
        .add(part(t.cacheWrite(), rates.cacheWrite()))
        .add(part(t.cacheWriteHour(), rates.cacheWriteHour()))
        .add(part(t.output(), rates.output()))
        .multiply(factor);
  }

  private static BigDecimal part(long tokens, long microsPerMillion) {
    BigDecimal usdPerToken = BigDecimal.valueOf(microsPerMillion).divide(MILLION).divide(MILLION);
    return usdPerToken.multiply(BigDecimal.valueOf(tokens));
  }

  private PricePeriod period() {
    List<PromptTier> tiers = new ArrayList<>();
    long above = 0;
    for (int i = random.nextInt(3); i > 0; i--) {
      above += 1 + random.nextInt(300_000);
      tiers.add(new PromptTier(above, rates()));
    }
    List<PriceCalendar> calendars = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean own = tiers.isEmpty() && random.nextBoolean();
      calendars.add(calendar("c" + i, own));
    }
    Map<ServiceTier, Integer> multipliers =
        random.nextBoolean()
            ? Map.of()
            : Map.of(ServiceTier.BATCH, 1 + random.nextInt(999), ServiceTier.PRIORITY, 1_800);
    return new PricePeriod(
        null,
        null,
        "a test",
        LocalDate.parse("2026-11-22"),
        rates(),
        tiers,
        calendars,
        multipliers,
        Map.of());
  }

  private PriceCalendar calendar(String name, boolean own) {
    Set<DayOfWeek> days = new HashSet<>();
    days.add(DayOfWeek.of(1 + random.nextInt(7)));
    days.add(DayOfWeek.of(1 + random.nextInt(7)));
    int from = random.nextInt(1_439);
    int until = from + 1 + random.nextInt(1_440 - from);
    Set<LocalDate> holidays = Set.of(LocalDate.parse("2026-01-01").plusDays(random.nextInt(366)));
    return new PriceCalendar(
        name,
        days,
        List.of(new PriceCalendar.Hours(from, until)),
        holidays,
        own ? 1_000 : 500 + random.nextInt(2_000),
        own ? rates() : null);
  }

  private Rates rates() {
    return new Rates(rate(), rate(), rate(), rate(), rate());
  }

  private long rate() {
    return random.nextLong(1L << random.nextInt(1, 27));
  }

  private Tokens tokens() {
    long input = random.nextLong(1L << random.nextInt(1, 30));
    long read = random.nextLong(input + 1);
    long write = random.nextLong(input - read + 1);
    long hour = random.nextLong(input - read - write + 1);
    long output = random.nextLong(1L << random.nextInt(1, 25));
    return new Tokens(
        Math.min(input, Tokens.MAX), read, write, hour, output, random.nextLong(output + 1));
  }
}
