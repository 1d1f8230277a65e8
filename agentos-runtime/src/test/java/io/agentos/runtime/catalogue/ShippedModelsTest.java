package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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
