package io.agentos.tools.design.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorReaderTest {
  private final ColorReader reader = new ColorReader(Color.BLACK, false);

  /** Values of the examples and tests of CSS Color 4 and 5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#fff | #ffffff",
        "#09F8 | #0099ff88",
        "rebeccapurple | #663399",
        "RGB(255, 0, 51) | #ff0033",
        "rgb(100% 0% 20% / 50%) | #ff003380",
        "rgba(0, 0, 0, 0.5) | #00000080",
        "rgb(300 -5 0) | #ff0000",
        "hsl(120 100% 25%) | #008000",
        "hsl(120deg, 100%, 25%) | #008000",
        "hsl(-240 100% 25%) | #008000",
        "hsl(0.5turn 100% 50%) | #00ffff",
        "hwb(194 0% 0%) | #00c3ff",
        "hwb(0 60% 60%) | #808080",
        "lab(29.2345% 39.3825 20.0664) | #7d2329",
        "lch(52.2345% 72.2 56.2) | #c65d06",
        "oklab(59.69% 0.1007 0.1191) | #c65d07",
        "oklch(59.69% 0.156 49.77) | #c65d07",
        "oklch(1 0 none) | #ffffff",
        "color(srgb 1 0 0) | #ff0000",
        "color(srgb-linear 0.5 0.5 0.5) | #bcbcbc",
        "color-mix(in srgb, red, blue) | #800080",
        "color-mix(in srgb, red 25%, blue) | #4000bf",
        "color-mix(in srgb, white 20%, transparent) | #ffffff33",
        "light-dark(white, black) | #ffffff",
        "rgb(calc(100 + 155) 0 0) | #ff0000",
        "transparent | #00000000",
        "currentcolor | #000000",
      })
  void color_asCssWritesIt(String css, String hex) {
    assertThat(reader.read(css))
        .hasValueSatisfying(color -> assertThat(color.hex()).isEqualTo(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#ff",
        "#ggg",
        "#12345",
        "rgb(1 2)",
        "rgb(1, 2, x)",
        "reddish",
        "url(a.png)",
        "rgb(from red r g b)",
        "color(rec2020 1 0 0)",
        "hsl(1 2 3 4)",
        "rgb(",
        "color-mix(red, blue)"
      })
  void noColor_isEmpty(String css) {
    assertThat(reader.read(css)).isEmpty();
  }

  @Test
  void lightDark_inTheDark() {
    assertThat(new ColorReader(Color.BLACK, true).read("light-dark(white, black)"))
        .contains(Color.BLACK);
  }

  /** Known ratios, worked out by hand from the definition of WCAG 2.2. */
  @Test
  void ratio_ofKnownPairs() {
    assertThat(ratio("#000", "#fff")).isCloseTo(21, within(0.0001));
    assertThat(ratio("#fff", "#fff")).isEqualTo(1);
    assertThat(ratio("#767676", "#fff")).isCloseTo(4.5422, within(0.0001));
    assertThat(ratio("#777", "#fff")).isCloseTo(4.4781, within(0.0001));
    assertThat(ratio("#f00", "#fff")).isCloseTo(3.9985, within(0.0001));
    assertThat(ratio("#0b7285", "#daeaed")).isCloseTo(4.5143, within(0.0001));
  }

  @Test
  void nearest_passesAndKeepsTheHue() {
    Color faint = reader.read("#9aa5b1").orElseThrow();
    Color better = Contrast.nearest(faint, Color.WHITE, 4.5);

    assertThat(Contrast.ratio(better, Color.WHITE)).isBetween(4.5, 4.7);
    assertThat(better.blue()).isGreaterThan(better.red());
    assertThat(Contrast.nearest(faint, Color.WHITE, 21)).isEqualTo(Color.BLACK);
  }

  private double ratio(String one, String other) {
    return Contrast.ratio(reader.read(one).orElseThrow(), reader.read(other).orElseThrow());
  }
}
