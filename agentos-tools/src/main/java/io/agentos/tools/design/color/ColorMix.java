package io.agentos.tools.design.color;

import io.agentos.tools.design.css.CssText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code color-mix()} in srgb, srgb-linear, oklab and oklch with the shorter hue. */
final class ColorMix {
  private final Function<String, Optional<Color>> reader;

  ColorMix(Function<String, Optional<Color>> reader) {
    this.reader = reader;
  }

  private record Share(Color color, double percent) {}

  Optional<Color> read(String inside) {
    List<String> parts = CssText.split(inside, ',');
    if (parts.size() != 3 || !parts.getFirst().startsWith("in ")) {
      return Optional.empty();
    }
    Optional<Share> first = share(parts.get(1));
    Optional<Share> second = share(parts.get(2));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    double one = first.get().percent();
    double two = second.get().percent();
    if (one < 0 && two < 0) {
      one = 50;
      two = 50;
    } else if (one < 0) {
      one = 100 - two;
    } else if (two < 0) {
      two = 100 - one;
    }
    double sum = one + two;
    if (sum <= 0) {
      return Optional.empty();
    }
    String space = parts.getFirst().substring("in ".length()).strip();
    return mixed(space, first.get().color(), second.get().color(), one / sum)
        .map(color -> color.faded(Math.min(1, sum / 100)));
  }

  /** A colour with its percentage; -1 where none is written. */
  private Optional<Share> share(String part) {
    List<String> color = new ArrayList<>();
    double percent = -1;
    for (String word : CssText.words(part)) {
      if (word.endsWith("%") && word.indexOf('(') < 0) {
        try {
          percent = Double.parseDouble(word.substring(0, word.length() - 1));
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      } else {
        color.add(word);
      }
    }
    double share = percent;
    return reader.apply(String.join(" ", color)).map(read -> new Share(read, share));
  }

  private static Optional<Color> mixed(String space, Color one, Color two, double share) {
    double alpha = one.alpha() * share + two.alpha() * (1 - share);
    if (alpha == 0) {
      return Optional.of(Color.TRANSPARENT);
    }
    double weight = share * one.alpha() / alpha;
    Optional<Color> mixed =
        switch (space) {
          case "srgb" ->
              Optional.of(
                  new Color(
                      between(one.red(), two.red(), weight),
                      between(one.green(), two.green(), weight),
                      between(one.blue(), two.blue(), weight),
                      1));
          case "srgb-linear" ->
              Optional.of(
                  ColorSpaces.fromLinear(
                      between(linear(one.red()), linear(two.red()), weight),
                      between(linear(one.green()), linear(two.green()), weight),
                      between(linear(one.blue()), linear(two.blue()), weight)));
          case "oklab" -> {
            double[] a = ColorSpaces.oklab(one);
            double[] b = ColorSpaces.oklab(two);
            yield Optional.of(
                ColorSpaces.fromOklab(
                    between(a[0], b[0], weight),
                    between(a[1], b[1], weight),
                    between(a[2], b[2], weight)));
          }
          case "oklch" -> Optional.of(byHue(one, two, weight));
          default -> Optional.empty();
        };
    return mixed.map(color -> color.faded(alpha));
  }

  /** In oklch, the shorter way round the circle of hues. */
  private static Color byHue(Color one, Color two, double share) {
    double[] a = ColorSpaces.oklch(one);
    double[] b = ColorSpaces.oklch(two);
    double turn = ((b[2] - a[2] + 540) % 360) - 180;
    return ColorSpaces.fromOklch(
        between(a[0], b[0], share), between(a[1], b[1], share), a[2] + turn * (1 - share));
  }

  private static double between(double one, double two, double share) {
    return one * share + two * (1 - share);
  }

  private static double linear(double channel) {
    return ColorSpaces.linear(channel);
  }
}
