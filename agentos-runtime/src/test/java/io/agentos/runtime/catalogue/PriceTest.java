package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills worked out by hand, one for each rule that makes a flat price table wrong. */
final class PriceTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void cost_eachClassOfTokens_atItsOwnRate() {
    // 10,000 input, of which 4,000 read, 2,000 written for minutes and 1,000 for an hour:
    // 3,000 * 0.10 + 4,000 * 0.01 + 2,000 * 0.125 + 1,000 * 0.20 + 500 * 0.50 USD per million
    // = 300 + 40 + 250 + 200 + 250 micros.
    Cost cost =
        Prices.longPrompts()
            .cost(new Tokens(10_000, 4_000, 2_000, 1_000, 500, 300), NOON, ServiceTier.STANDARD);

    assertThat(cost).isEqualTo(new Cost(1_040_000_000L, 1_040, "anthropic/small"));
  }

  @Test
  void cost_promptAtTheBound_staysInTheLowerTier() {
    // 100,000 * 0.10 + 1,000 * 0.50 = 10,000 + 500 micros.
    assertThat(Prices.longPrompts().cost(Tokens.of(100_000, 1_000), NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(10_500_000_000L, 10_500, "anthropic/small"));
  }

  @Test
  void cost_promptOneAboveTheBound_repricesEveryToken() {
    // 100,001 * 0.50 + 1,000 * 2.50 = 50,000.5 + 2,500 micros.
    assertThat(Prices.longPrompts().cost(Tokens.of(100_001, 1_000), NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(52_500_500_000L, 52_501, "anthropic/small;above=100000"));
  }

  @Test
  void cost_cachedTokens_countForTheTier() {
    // 100,001 tokens of which 100,000 were read: 1 * 0.50 + 100,000 * 0.05 = 0.5 + 5,000 micros.
    assertThat(
            Prices.longPrompts()
                .cost(new Tokens(100_001, 100_000, 0, 0, 0, 0), NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(5_000_500_000L, 5_001, "anthropic/small;above=100000"));
  }

  @Test
  void cost_above272000_doublesInputAndCacheAndHalfAgainOutput() {
    // 272,000 * 2 + 1,000 * 10 = 554,000; 300,000 with 100,000 read: 200,000 * 4 + 100,000 * 0.20
    // + 1,000 * 15 = 800,000 + 20,000 + 15,000 micros.
    assertThat(Prices.tiered().cost(Tokens.of(272_000, 1_000), NOON, ServiceTier.STANDARD).micros())
        .isEqualTo(554_000);
    assertThat(
            Prices.tiered()
                .cost(new Tokens(300_000, 100_000, 0, 0, 1_000, 0), NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(835_000_000_000L, 835_000, "openai/mid;above=272000"));
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD, 3000, openai/mid",
    "FLEX, 1500, openai/mid;flex",
    "PRIORITY, 6000, openai/mid;priority",
    "BATCH, 3000, openai/mid",
  })
  void cost_serviceTier_multipliesEverything(ServiceTier tier, long micros, String price) {
    // 1,000 * 2 + 100 * 10 = 3,000 micros; batch is not named and is charged as standard.
    Cost cost = Prices.tiered().cost(Tokens.of(1_000, 100), NOON, tier);

    assertThat(cost.micros()).isEqualTo(micros);
    assertThat(cost.price()).isEqualTo(price);
    assertThat(Prices.tiered().offers(tier, NOON)).isEqualTo(tier != ServiceTier.BATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T23:59:59.999Z, 12000, gemini/large",
    "2026-12-01T00:00:00Z, 24000, gemini/large@2026-12-01",
    "2020-01-01T00:00:00Z, 12000, gemini/large",
    "2036-01-01T00:00:00Z, 24000, gemini/large@2026-12-01",
  })
  void cost_priceChangesAtMidnightUtc(Instant at, long micros, String price) {
    // 1,000 * 2 + 1,000 * 10 = 12,000 micros before, twice that after.
    Cost cost = Prices.introductory().cost(Tokens.of(1_000, 1_000), at, ServiceTier.STANDARD);

    assertThat(cost.micros()).isEqualTo(micros);
    assertThat(cost.price()).isEqualTo(price);
  }

  @ParameterizedTest
  @CsvSource({
    // Wednesday: 1,000 * 0.15 + 1,000 * 0.60 = 750 micros off-peak, 1,500 at the peak.
    "2026-11-25T00:59:59.999Z, 750",
    "2026-11-25T01:00:00Z, 1500",
    "2026-11-25T03:59:59.999Z, 1500",
    "2026-11-25T04:00:00Z, 750",
    "2026-11-25T05:59:59Z, 750",
    "2026-11-25T06:00:00Z, 1500",
    "2026-11-25T09:59:59Z, 1500",
    "2026-11-25T10:00:00Z, 750",
    // Saturday and Sunday.
    "2026-11-28T02:00:00Z, 750",
    "2026-11-29T07:00:00Z, 750",
    // Thursday, 1 October 2026 is a holiday; the day before and after are not.
    "2026-10-01T02:00:00Z, 750",
    "2026-09-30T02:00:00Z, 1500",
    "2026-10-02T02:00:00Z, 1500",
  })
  void cost_peakHours(Instant at, long micros) {
    Cost cost = Prices.peaks().cost(Tokens.of(1_000, 1_000), at, ServiceTier.STANDARD);

    assertThat(cost.micros()).isEqualTo(micros);
    assertThat(cost.price()).isEqualTo(micros == 1500 ? "deepseek/flash;peak" : "deepseek/flash");
  }

  @Test
  void cost_calendarWithRatesOfItsOwn() {
    // 1,000 * 0.55 + 1,000 * 2.19 = 2,740 micros by day; 135 + 550 = 685 at night.
    Tokens tokens = Tokens.of(1_000, 1_000);

    assertThat(
            Prices.ownRates()
                .cost(tokens, Instant.parse("2025-07-12T00:30:00Z"), ServiceTier.STANDARD))
        .isEqualTo(new Cost(2_740_000_000L, 2_740, "deepseek/reasoner;standard"));
    assertThat(
            Prices.ownRates()
                .cost(tokens, Instant.parse("2025-07-12T16:30:00Z"), ServiceTier.STANDARD))
        .isEqualTo(new Cost(685_000_000L, 685, "deepseek/reasoner"));
  }

  @Test
  void cost_partOfAPico_isRoundedUp() {
    // One token at 0.003625 USD per million is 3,625 picos; half of that at batch is 1,812.5.
    Price price =
        Prices.always(
            "p/m",
            Rates.of(3_625, null, null, null, 870_000),
            List.of(),
            List.of(),
            Map.of(ServiceTier.BATCH, 500));

    assertThat(price.cost(Tokens.of(1, 0), NOON, ServiceTier.BATCH))
        .isEqualTo(new Cost(1_813, 1, "p/m;batch"));
  }

  @Test
  void cost_nothingUsed_isNothing() {
    assertThat(Prices.tiered().cost(Tokens.NONE, NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(0, 0, "openai/mid"));
  }

  @Test
  void cost_mostTokensAtTheDearestPrice_fits() {
    Price price =
        Prices.always(
            "p/m",
            Rates.of(Rates.MAX, null, null, null, Rates.MAX),
            List.of(),
            List.of(),
            Map.of(ServiceTier.PRIORITY, 4_000));

    assertThat(price.cost(Tokens.of(Tokens.MAX, Tokens.MAX), NOON, ServiceTier.PRIORITY).picos())
        .isEqualTo(8_000_000_000_000_000_000L);
  }

  @Test
  void worstCase_takesTheDearestClassTierAndHour() {
    // Writes for an hour: 200,000 * 1.00 + 1,000 * 2.50 = 202,500 micros; in the lower tier
    // 100,000 * 0.20 + 500.
    assertThat(Prices.longPrompts().worstCase(200_000, 1_000, NOON))
        .isEqualTo(new Cost(202_500_000_000L, 202_500, "anthropic/small;worst"));
    assertThat(Prices.longPrompts().worstCase(100_000, 1_000, NOON).micros()).isEqualTo(20_500);
    // At noon the peak is not now, but may be when the call is made.
    assertThat(Prices.peaks().worstCase(1_000, 1_000, NOON).micros()).isEqualTo(1_500);
    assertThat(Prices.ownRates().worstCase(1_000, 1_000, NOON).micros()).isEqualTo(2_740);
    assertThat(Prices.tiered().worstCase(1_000, 100, NOON, ServiceTier.PRIORITY).micros())
        .isEqualTo(12_000);
  }

  @Test
  void worstCase_dayBeforeARise_expectsTheRise() {
    Price price = Prices.introductory();

    assertThat(price.worstCase(1_000, 1_000, Instant.parse("2026-11-29T23:59:59Z")).micros())
        .isEqualTo(12_000);
    assertThat(price.worstCase(1_000, 1_000, Instant.parse("2026-11-30T00:00:00Z")))
        .isEqualTo(new Cost(24_000_000_000L, 24_000, "gemini/large@2026-12-01;worst"));
  }

  @Test
  void worstCase_negativeTokens_isRefused() {
    assertThatThrownBy(() -> Prices.tiered().worstCase(-1, 0, NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("each count of tokens is 0 to 1000000000");
  }

  @Test
  void toolFee_perCall() {
    // 14 USD per thousand calls, and only in the second period.
    assertThat(
            Prices.introductory()
                .toolFee("google_search", 3, Instant.parse("2026-12-02T00:00:00Z")))
        .isEqualTo(new Cost(42_000_000_000L, 42_000, "gemini/large@2026-12-01;tool=google_search"));
    assertThat(Prices.introductory().toolFee("google_search", 3, NOON).picos()).isZero();
    assertThatThrownBy(() -> Prices.introductory().toolFee("google_search", -1, NOON))
        .hasMessage("calls are 0 to 1,000,000");
  }
}
