package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Catalogue catalogue =
      new Catalogue(
          List.of(
              model("openai", "owl-4", "owl", "owl-4-YYYY-MM-DD"),
              model("openai", "owl-4-2026-01-01"),
              model("gemini", "owl-4", "owl-4-preview-MM-YYYY"),
              model("anthropic", "heron", "heron-YYYYMMDD")));

  @ParameterizedTest
  @CsvSource({
    "openai, owl-4, openai/owl-4",
    "openai, owl, openai/owl-4",
    "openai, owl-4-2025-12-31, openai/owl-4",
    "openai, owl-4-2026-01-01, openai/owl-4-2026-01-01",
    "gemini, owl-4-preview-09-2025, gemini/owl-4",
    "anthropic, heron-20260101, anthropic/heron",
  })
  void find_byIdAliasOrDate(String provider, String name, String found) {
    assertThat(catalogue.find(provider, name)).map(Model::name).contains(found);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, heron",
    "openai, owl-2026-01-01",
    "openai, owl-4-20260101",
    "openai, owl-4-2026-01-01-eu",
    "openai, owl-4-YYYY",
    "anthropic, heron-2026010",
    "nobody, owl",
    "openai, ''",
  })
  void find_anotherName_isEmpty(String provider, String name) {
    assertThat(catalogue.find(provider, name)).isEmpty();
  }

  @Test
  void find_nameWithoutBound_isEmpty() {
    assertThat(catalogue.find("openai", "o".repeat(1_000_000))).isEmpty();
  }

  @Test
  void all_isOrderedByName() {
    assertThat(catalogue.all().stream().map(Model::name))
        .containsExactly(
            "anthropic/heron", "gemini/owl-4", "openai/owl-4", "openai/owl-4-2026-01-01");
    assertThat(catalogue.of("openai").stream().map(Model::id))
        .containsExactly("owl-4", "owl-4-2026-01-01");
  }

  @Test
  void with_unknownModel_canDoAllAtThatPrice() {
    ExplicitPrice price = ExplicitPrice.parse("2.5/0.25/10").orElseThrow();

    Catalogue more = catalogue.with("openai", "local/llama-9", price);

    Model model = more.find("openai", "local/llama-9").orElseThrow();
    assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.values());
    assertThat(model.contextTokens()).isZero();
    assertThat(
            model.price().cost(new Tokens(1_000, 400, 100, 0, 10, 0), NOON, ServiceTier.STANDARD))
        .isEqualTo(new Cost(1_700_000_000L, 1_700, "openai/local/llama-9@configuration"));
    assertThat(catalogue.find("openai", "local/llama-9")).isEmpty();
  }

  @Test
  void with_knownModel_changesItsPriceAlone() {
    ExplicitPrice price = ExplicitPrice.parse("1/1/1").orElseThrow();

    Model model = catalogue.with("openai", "owl", price).find("openai", "owl").orElseThrow();

    assertThat(model.id()).isEqualTo("owl-4");
    assertThat(model.contextTokens()).isEqualTo(1_000);
    assertThat(model.price().cost(Tokens.of(1, 1), NOON, ServiceTier.STANDARD).price())
        .isEqualTo("openai/owl-4@configuration");
  }

  @Test
  void retired_fromThatDayOn() {
    Model model = model("openai", "old");

    assertThat(model.retired(Instant.parse("2027-01-31T23:59:59Z"))).isFalse();
    assertThat(model.retired(Instant.parse("2027-02-01T00:00:00Z"))).isTrue();
  }

  @Test
  void sharedNames_areRefused() {
    assertThatThrownBy(() -> new Catalogue(List.of(model("a", "m"), model("a", "m"))))
        .hasMessage("two models are named a/m");
    assertThatThrownBy(() -> new Catalogue(List.of(model("a", "m", "x"), model("a", "n", "x"))))
        .hasMessage("a/m and a/n share the alias x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1/2",
        "1/2/3/4",
        "-1/0/0",
        "1/2/x",
        "1e3/0/0",
        "0.0000001/0/0",
        "1001/0/0",
        "1/ 2/3",
        ".5/0/0",
        "1,5/0/0"
      })
  void explicitPrice_ofAnotherForm_isEmpty(String text) {
    assertThat(ExplicitPrice.parse(text)).isEmpty();
  }

  @Test
  void explicitPrice_isExactTo6Places() {
    assertThat(ExplicitPrice.parse("0.000001/0/1000"))
        .contains(new ExplicitPrice(1, 0, 1_000_000_000));
  }

  private static Model model(String provider, String id, String... aliases) {
    return new Model(
        provider,
        id,
        "A test",
        List.of(aliases),
        null,
        LocalDate.parse("2027-02-01"),
        1_000,
        100,
        Set.of(Capability.TOOLS),
        50,
        "a test",
        Speed.FAST,
        "",
        Prices.tiered());
  }
}
