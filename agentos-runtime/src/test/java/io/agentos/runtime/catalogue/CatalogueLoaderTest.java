package io.agentos.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading models, and what is told about those that are wrong, word for word. */
final class CatalogueLoaderTest {
  private static final String HEAD =
      """
      apiVersion: agentos.io/v1
      kind: Model
      metadata: {name: wren, description: A test}
      spec:
        provider: birds
        contextTokens: 1000
        outputTokensMax: 100
        capabilities: [streaming]
        quality: {score: 50, why: a test}
        speed: fast
      """;

  private static final String PRICE = "{source: a test, checked: 2026-11-22, input: 1, output: 2";

  @TempDir Path root;

  @Test
  void load_laterFolder_takesThePlaceOfTheSameModel(@TempDir Path own) throws IOException {
    write("birds/wren.yaml", HEAD + "  prices:\n    - " + PRICE + "}\n");
    Files.createDirectories(own.resolve("birds"));
    Files.writeString(
        own.resolve("birds/wren.yaml"),
        HEAD + "  prices:\n    - " + PRICE.replace("input: 1", "input: 9") + "}\n");

    Catalogue catalogue = CatalogueLoader.load(List.of(root, own));

    assertThat(catalogue.all()).hasSize(1);
    assertThat(catalogue.all().getFirst().price().periods().getFirst().rates().input())
        .isEqualTo(9_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input: 1, |input: -1, |spec.prices[0].input: found -1; allowed: US dollars, 0 to 1000 with at"
            + " most 6 decimals, such as 2.50",
        "input: 1, |input: \"-1\", |spec.prices[0].input: found '-1'; allowed: US dollars, 0 to 1000"
            + " with at most 6 decimals, such as 2.50",
        "input: 1, |input: 0.0000001, |spec.prices[0].input: found 0.0000001; allowed: at most 6"
            + " decimals",
        "input: 1, |input: \"1e3\", |spec.prices[0].input: found '1e3'; allowed: US dollars, 0 to 1000"
            + " with at most 6 decimals, such as 2.50",
        "input: 1, |input: 1000.5, |spec.prices[0].input: found 1000.5; allowed: US dollars, 0 to 1000"
            + " with at most 6 decimals, such as 2.50",
        "input: 1, ||spec.prices[0].input: missing; allowed: US dollars, 0 to 1000 with at most 6"
            + " decimals, such as 2.50",
        "output: 2|ouput: 2|spec.prices[0].ouput: unknown key 'ouput'; allowed: effectiveFrom,"
            + " effectiveUntil, source, checked, input, cacheRead, cacheWrite, cacheWriteHour, output,"
            + " tiers, calendars, multipliers, toolFees; nearest: 'output'",
        "checked: 2026-11-22|checked: 2026-02-30|spec.prices[0].checked: found '2026-02-30'; allowed: a"
            + " day that exists",
        "checked: 2026-11-22|checked: today|spec.prices[0].checked: found 'today'; allowed: a date such"
            + " as 2026-10-07",
        "[streaming]|[streaming, parallelTools]|spec.capabilities: found parallelTools without tools;"
            + " allowed: only with it",
        "[streaming]|[streeming]|spec.capabilities[0]: found 'streeming'; allowed: tools,"
            + " parallelTools, vision, structuredOutput, reasoning, streaming, promptCache; nearest:"
            + " 'streaming'",
        "name: wren|name: owl|metadata.name: found 'owl'; allowed: 'wren', as the file is named",
        "provider: birds|provider: fish|spec.provider: found 'fish'; allowed: 'birds', as the folder is"
            + " named",
        "speed: fast|speed: fast~  aliases: [wren]|spec.aliases: found 'wren', the id itself;"
            + " allowed: other names",
        "speed: fast|speed: fas|spec.speed: found 'fas'; allowed: fast, medium, slow; nearest:"
            + " 'fast'",
        "score: 50|score: 101|spec.quality.score: found 101; allowed: a whole number from 0 to 100",
        "output: 2|output: 2, effectiveUntil: 2026-12-31|spec.prices: found no price after 2026-12-31;"
            + " allowed: a last price without effectiveUntil",
        "output: 2|output: 2, effectiveFrom: 2026-12-31, effectiveUntil: 2026-12-30|"
            + "spec.prices[0].effectiveUntil: found 2026-12-30, before effectiveFrom; allowed: later",
        "output: 2|output: 2, tiers: [{above: 9, input: 1, output: 1}, {above: 9, input: 1, output:"
            + " 1}]|spec.prices[0].tiers[1].above: found 9; allowed: more than 9",
        "output: 2|output: 2, multipliers: {batch: 0.0005}|spec.prices[0].multipliers.batch: found"
            + " 0.0005; allowed: a factor from 0.001 to 100 with at most 3 decimals, such as 0.5",
        "output: 2|output: 2, multipliers: {batch: 0.5005}|spec.prices[0].multipliers.batch: found"
            + " 0.5005; allowed: at most 3 decimals",
        "output: 2|output: 2, multipliers: {bach: 1}|spec.prices[0].multipliers.bach: unknown key"
            + " 'bach'; allowed: batch, flex, priority; nearest: 'batch'",
        "output: 2|output: 900, multipliers: {batch: 99}|spec.prices[0].input: found prices above 4000"
            + " USD with their multipliers; allowed: at most 4000 USD per million",
      })
  void document_wrong(String good, String bad, String told) throws IOException {
    String document = HEAD + "  prices:\n    - " + PRICE + "}\n";
    write("birds/wren.yaml", document.replace(good, bad == null ? "" : bad.replace("~", "\n")));

    assertTold(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hours: [\"04:00-01:00\"], multiplier: 2|hours[0]: found '04:00-01:00'; allowed: forwards"
            + " within a day; two ranges meet at midnight",
        "hours: [\"04:00-4:30\"], multiplier: 2|hours[0]: found '04:00-4:30'; allowed: HH:MM-HH:MM in"
            + " UTC, forwards within a day, the end not included and up to 24:00",
        "hours: [\"00:00-24:00\"]|: found none; allowed: exactly one of multiplier, input",
        "hours: [\"00:00-24:00\"], multiplier: 2, input: 1, output: 1|: found multiplier and input;"
            + " allowed: exactly one of multiplier, input",
        "hours: [\"00:00-24:00\"], multiplier: 2, exceptOn: [2026-02-30]|exceptOn[0]: found"
            + " '2026-02-30'; allowed: a day that exists",
        "hours: [\"00:00-24:00\"], input: 1, output: 1}], tiers: [{above: 5, input: 1, output: 1|input:"
            + " found beside tiers; allowed: a multiplier",
        "hours: [\"00:00-24:00\"], multiplier: 2}, {name: peak, days: [sun], hours:"
            + " [\"00:00-24:00\"], multiplier: 3|name: found 'peak' a second time; allowed: each name"
            + " once",
      })
  void calendar_wrong(String rest, String told) throws IOException {
    write(
        "birds/wren.yaml",
        HEAD
            + "  prices:\n    - "
            + PRICE
            + ", calendars: [{name: peak, days: [mon], "
            + rest
            + "}]}\n");

    assertTold(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "effectiveUntil: 2026-11-30|effectiveFrom: 2026-11-30|effectiveFrom: found 2026-11-30, an"
            + " overlap with the price before it until 2026-11-30; allowed: 2026-12-01",
        "effectiveUntil: 2026-11-30|effectiveFrom: 2026-12-02|effectiveFrom: found 2026-12-02, a gap"
            + " after the price before it until 2026-11-30; allowed: 2026-12-01",
        "effectiveFrom: 2026-11-30|effectiveFrom: 2026-11-30|effectiveFrom: found 2026-11-30, which the"
            + " price before it has too; allowed: after 2026-11-30",
        "effectiveFrom: 2026-11-30|checked: 2026-11-22|effectiveFrom: missing; allowed: only the first"
            + " price may leave it out",
      })
  void periods_overlapOrGap(String first, String second, String told) throws IOException {
    String price = "{source: a test, input: 1, output: 2, ";
    write(
        "birds/wren.yaml",
        "%s  prices:\n    - %schecked: 2026-11-22, %s}\n    - %s%s%s}\n"
            .formatted(
                HEAD,
                price,
                first,
                price,
                second.startsWith("checked") ? "" : "checked: 2026-11-22, ",
                second));

    assertTold(": spec.prices[1]." + told);
  }

  @Test
  void lastPrice_mayEndWhereTheModelIsRetired() throws IOException {
    String price = "  prices:\n    - " + PRICE + ", effectiveUntil: 2026-12-31}\n";
    write("birds/wren.yaml", HEAD + "  retired: 2027-01-01\n" + price);

    assertThat(CatalogueLoader.load(List.of(root)).all()).hasSize(1);

    write("birds/wren.yaml", HEAD + "  retired: 2027-01-02\n" + price);

    assertTold(
        "spec.prices: found no price after 2026-12-31; allowed: a last price without effectiveUntil");
  }

  @Test
  void aliasesAndIds_meanOneModel() throws IOException {
    String price = "  prices:\n    - " + PRICE + "}\n";
    write("birds/wren.yaml", HEAD + "  aliases: [w]\n" + price);
    write("birds/robin.yaml", HEAD.replace("wren", "robin") + "  aliases: [w]\n" + price);

    assertTold(root + ": found the alias 'w' of birds at robin and wren; allowed: at one model");

    write("birds/robin.yaml", HEAD.replace("wren", "robin") + "  id: wren\n" + price);

    assertTold("spec.id: found 'wren', the id of another model of birds; allowed: each id once");
  }

  @Test
  void strayFiles_areNotPassedOver() throws IOException {
    write("wren.yaml", HEAD);
    write("birds/wren.yml", HEAD);
    write("README.md", "words");
    write(".hidden", "words");

    assertTold(
        root + "/wren.yaml: found a file; allowed: a folder for each provider, and README.md");
    assertTold(
        root + "/birds/wren.yml: found a file of another kind; allowed: NAME.yaml and README.md");
  }

  @Test
  void load_fromAJar(@TempDir Path elsewhere) throws IOException {
    Path jar = elsewhere.resolve("models.jar");
    try (FileSystem inJar = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.createDirectories(inJar.getPath("/builtin/models/birds"));
      Files.writeString(
          inJar.getPath("/builtin/models/birds/wren.yaml"),
          HEAD + "  prices:\n    - " + PRICE + "}\n");
      Files.writeString(inJar.getPath("/builtin/models/README.md"), "words");
    }

    try (FileSystem inJar = FileSystems.newFileSystem(jar)) {
      assertThat(CatalogueLoader.load(List.of(inJar.getPath("/builtin/models"))).all())
          .extracting(Model::name)
          .containsExactly("birds/wren");
    }
  }

  @Test
  void noFolder_isTold() {
    assertThatThrownBy(() -> CatalogueLoader.load(List.of(root.resolve("none"))))
        .hasMessage(root + "/none: not a folder that can be read");
  }

  private void assertTold(String told) {
    assertThatThrownBy(() -> CatalogueLoader.load(List.of(root)))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
              assertThat(error.getMessage().lines())
                  .allSatisfy(line -> assertThat(line).startsWith(root.toString()))
                  .anySatisfy(line -> assertThat(line).endsWith(told));
            });
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
