package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the models that come with AgentOS to what the catalogue promises. */
final class ShippedModelsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final Catalogue catalogue = CatalogueLoader.load(List.of(Path.of("../models")));

  @Test
  void load_knowsTheFourProviders() {
    assertThat(catalogue.all()).hasSizeGreaterThanOrEqualTo(45);
    assertThat(catalogue.all().stream().map(Model::provider).distinct())
        .containsExactly("anthropic", "deepseek", "gemini", "openai");
  }

  @Test
  void everyModel_hasAPriceTodayWithItsSource() {
    for (Model model : catalogue.all()) {
      PricePeriod period = model.price().period(NOW);

      assertThat(period.source()).as(model.name()).isNotBlank();
      assertThat(period.checked()).as(model.name()).isAfter("2025-01-01").isBefore("2026-12-31");
      assertThat(period.rates().input()).as(model.name()).isPositive();
      assertThat(period.rates().output()).as(model.name()).isGreaterThan(period.rates().input());
      assertThat(period.rates().cacheRead())
          .as(model.name())
          .isPositive()
          .isLessThanOrEqualTo(period.rates().input());
    }
  }

  /** Bills made by hand from the vendors' own pages, at both sides of each change of price. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 65,000 * 0.10 + 20,000 * 0.01 + 10,000 * 0.125 + 5,000 * 0.20 + 1,000 * 0.50
        "anthropic|claude-haiku-5-5|100000,20000,10000,5000,1000|2026-11-22T12:00:00Z|STANDARD|9450",
        // 100,001 * 0.50 + 1,000 * 2.50, rounded up
        "anthropic|claude-haiku-5-5|100001,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|52501",
        "anthropic|claude-sonnet-5-5|1000000,1000000,0,0,0|2026-10-06T23:59:59Z|STANDARD|200000",
        "anthropic|claude-sonnet-5-5|1000000,1000000,0,0,0|2026-10-07T00:00:00Z|STANDARD|100000",
        "anthropic|claude-opus-4-6|200001,0,0,0,0|2026-03-12T23:59:59Z|STANDARD|2000010",
        "anthropic|claude-opus-4-6|200001,0,0,0,0|2026-03-13T00:00:00Z|STANDARD|1000005",
        // half of 1,000 * 4 + 1,000 * 20
        "anthropic|claude-opus-5-5|1000,0,0,0,1000|2026-11-22T12:00:00Z|BATCH|12000",
        // writes: 1,000 * 6.25 for minutes, 1,000 * 10 for an hour
        "anthropic|claude-opus-5|2000,0,1000,1000,0|2026-11-22T12:00:00Z|STANDARD|16250",
        "gemini|gemini-4-argon|1000,0,0,0,1000|2026-11-30T23:59:59Z|STANDARD|12000",
        "gemini|gemini-4-argon|1000,0,0,0,1000|2026-12-01T00:00:00Z|STANDARD|24000",
        "gemini|gemini-3.8-flash|1000,0,0,0,1000|2026-12-31T23:59:59Z|STANDARD|4500",
        "gemini|gemini-3.8-flash|1000,0,0,0,1000|2027-01-01T00:00:00Z|STANDARD|9000",
        "gemini|gemini-2.5-pro|1000,0,0,0,1000|2026-12-01T00:00:00Z|STANDARD|4500",
        "gemini|gemini-3.1-pro-preview|200000,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|412000",
        "gemini|gemini-3.1-pro-preview|200001,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|818004",
        // 600,000 * 0.15 + 400,000 * 0.003 + 100,000 * 0.60, twice that at the peak
        "deepseek|deepseek-flash|1000000,400000,0,0,100000|2026-11-25T12:00:00Z|STANDARD|151200",
        "deepseek|deepseek-flash|1000000,400000,0,0,100000|2026-11-25T02:00:00Z|STANDARD|302400",
        "deepseek|deepseek-flash|1000000,400000,0,0,100000|2026-11-28T02:00:00Z|STANDARD|151200",
        "deepseek|deepseek-flash|1000000,400000,0,0,100000|2026-10-01T02:00:00Z|STANDARD|151200",
        "deepseek|deepseek-v4-flash|1000000,400000,0,0,100000|2026-11-25T02:00:00Z|STANDARD|302400",
        "deepseek|deepseek-chat|1000,0,0,0,1000|2025-07-12T12:00:00Z|STANDARD|1370",
        "deepseek|deepseek-chat|1000,0,0,0,1000|2025-07-12T16:30:00Z|STANDARD|685",
        "deepseek|deepseek-reasoner|1000,0,0,0,1000|2025-07-12T12:00:00Z|STANDARD|2740",
        "openai|gpt-6.1-sol|272000,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|554000",
        "openai|gpt-6.1-sol|272001,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|1103004",
        "openai|gpt-6.1-sol|272001,0,0,0,1000|2026-11-22T12:00:00Z|FLEX|551502",
        "openai|gpt-6-luna|1000,400,100,0,1000|2026-11-22T12:00:00Z|STANDARD|567",
        "openai|gpt-5.6-luna|1000,0,0,0,1000|2026-07-29T23:59:59Z|STANDARD|7000",
        "openai|gpt-5.6-luna|1000,0,0,0,1000|2026-07-30T00:00:00Z|STANDARD|1400",
        "openai|gpt-4o-2024-05-13|1000,0,0,0,1000|2026-11-22T12:00:00Z|STANDARD|20000",
        "openai|gpt-4o-2024-08-06|1000,500,0,0,1000|2026-11-22T12:00:00Z|STANDARD|11875",
      })
  void bill(
      String provider, String model, String tokens, Instant at, ServiceTier tier, long micros) {
    long[] used = Arrays.stream(tokens.split(",")).mapToLong(Long::parseLong).toArray();

    Cost cost =
        catalogue
            .find(provider, model)
            .orElseThrow()
            .price()
            .cost(new Tokens(used[0], used[1], used[2], used[3], used[4], 0), at, tier);

    assertThat(cost.micros()).isEqualTo(micros);
  }

  @Test
  void everyModel_withinItsContext_costsNoMoreThanTheWorstCase() {
    for (Model model : catalogue.all()) {
      Tokens most = Tokens.of(model.contextTokens(), model.outputTokensMax());

      assertThat(model.price().cost(most, NOW, ServiceTier.STANDARD).picos())
          .as(model.name())
          .isLessThanOrEqualTo(model.price().worstCase(most.input(), most.output(), NOW).picos());
    }
  }

  @Test
  void everyModel_isFoundByItsAliases() {
    for (Model model : catalogue.all()) {
      assertThat(model.capabilities()).as(model.name()).contains(Capability.STREAMING);
      for (String alias : model.aliases()) {
        assertThat(catalogue.find(model.provider(), dated(alias)))
            .as(alias)
            .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(model.name()));
      }
    }
  }

  @Test
  void find_snapshotWithAPriceOfItsOwn_isNotTheAlias() {
    assertThat(catalogue.find("openai", "gpt-4o-2024-08-06")).map(Model::id).contains("gpt-4o");
    assertThat(catalogue.find("openai", "gpt-4o-2024-05-13"))
        .map(Model::id)
        .contains("gpt-4o-2024-05-13");
    assertThat(catalogue.find("anthropic", "claude-sonnet-4-5-20250929"))
        .map(Model::id)
        .contains("claude-sonnet-4-5");
    assertThat(catalogue.find("openai", "claude-sonnet-4-5")).isEmpty();
  }

  private static String dated(String alias) {
    return alias.replace("YYYY", "2026").replace("MM", "08").replace("DD", "06");
  }
}
