package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key that a model's document can have, and where it ends up. */
final class ModelKeysTest {
  private static final String EVERY_KEY =
      """
      apiVersion: agentos.io/v1
      kind: Model
      metadata: {name: wren, description: A test}
      spec:
        provider: birds
        id: Wren/4:free
        aliases: [wren-latest, wren-YYYYMMDD]
        released: 2026-01-02
        retired: 2027-02-03
        contextTokens: 1000
        outputTokensMax: 100
        capabilities: [tools, parallelTools, vision, structuredOutput, reasoning, streaming, promptCache]
        quality: {score: 50, why: a test}
        speed: slow
        note: Not seen verbatim.
        prices:
          - effectiveUntil: 2026-11-30
            source: a page
            checked: 2026-11-22
            input: 1.5
            output: "2.000001"
          - effectiveFrom: 2026-12-01
            source: a page
            checked: 2026-11-22
            input: 0.003625
            cacheRead: 0.1
            cacheWrite: "3"
            cacheWriteHour: 4
            output: 5
            tiers:
              - {above: 100, input: 6, output: 7}
            calendars:
              - name: peak
                days: [mon, sun]
                hours: ["01:30-04:00", "23:00-24:00"]
                exceptOn: [2027-01-01]
                multiplier: 1.5
            multipliers: {batch: 0.5, priority: "1.75"}
            toolFees: {web_search: 10}
      """;

  @TempDir Path root;

  @Test
  void load_everyKey() throws IOException {
    Path file = root.resolve("birds/wren.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, EVERY_KEY);

    Model model = CatalogueLoader.load(List.of(root)).find("birds", "wren-20260101").orElseThrow();

    assertThat(model.name()).isEqualTo("birds/Wren/4:free");
    assertThat(model.released()).isEqualTo("2026-01-02");
    assertThat(model.retired()).isEqualTo("2027-02-03");
    assertThat(model.capabilities()).containsExactlyInAnyOrder(Capability.values());
    assertThat(model.speed()).isEqualTo(Speed.SLOW);
    assertThat(model.note()).isEqualTo("Not seen verbatim.");
    assertThat(model.price().periods().getFirst().rates())
        .isEqualTo(new Rates(1_500_000, 1_500_000, 1_500_000, 1_500_000, 2_000_001));
    assertThat(model.price().periods().getLast())
        .isEqualTo(
            new PricePeriod(
                LocalDate.parse("2026-12-01"),
                null,
                "a page",
                LocalDate.parse("2026-11-22"),
                new Rates(3_625, 100_000, 3_000_000, 4_000_000, 5_000_000),
                List.of(
                    new PromptTier(
                        100, new Rates(6_000_000, 6_000_000, 6_000_000, 6_000_000, 7_000_000))),
                List.of(
                    new PriceCalendar(
                        "peak",
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                        List.of(
                            new PriceCalendar.Hours(90, 240), new PriceCalendar.Hours(1380, 1440)),
                        Set.of(LocalDate.parse("2027-01-01")),
                        1_500,
                        null)),
                Map.of(ServiceTier.BATCH, 500, ServiceTier.PRIORITY, 1_750),
                Map.of("web_search", 10_000_000L)));
  }
}
