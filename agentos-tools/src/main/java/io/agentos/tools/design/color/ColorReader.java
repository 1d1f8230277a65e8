package io.agentos.tools.design.color;

import io.agentos.tools.design.css.Arithmetic;
import io.agentos.tools.design.css.CssText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads a colour as CSS writes it: names, hex, rgb, hsl, hwb, lab, lch, oklab, oklch, color,
 * color-mix, light-dark and currentcolor. Relative colours are not read. Immutable.
 */
public final class ColorReader {
  private static final int DEPTH_MAX = 8;

  private final Color current;
  private final boolean dark;

  /**
   * @param current what {@code currentcolor} is
   * @param dark whether {@code light-dark} takes its second colour
   */
  public ColorReader(Color current, boolean dark) {
    this.current = current;
    this.dark = dark;
  }

  /** The colour of a value in which no variable is left; empty when it is none, or not read. */
  public Optional<Color> read(String value) {
    return read(value.strip().toLowerCase(Locale.ROOT), 0);
  }

  private Optional<Color> read(String value, int depth) {
    if (value.startsWith("#")) {
      return hex(value.substring(1));
    }
    int bracket = value.indexOf('(');
    if (bracket > 0 && value.endsWith(")") && depth < DEPTH_MAX) {
      String inside = value.substring(bracket + 1, value.length() - 1);
      return function(value.substring(0, bracket), inside, depth);
    }
    return switch (value) {
      case "transparent" -> Optional.of(Color.TRANSPARENT);
      case "currentcolor" -> Optional.of(current);
      default -> NamedColors.of(value, dark).flatMap(this::hex);
    };
  }

  private Optional<Color> hex(String digits) {
    boolean isShort = digits.length() == 3 || digits.length() == 4;
    boolean isLong = digits.length() == 6 || digits.length() == 8;
    if ((!isShort && !isLong)
        || !digits.chars().allMatch(one -> Character.digit(one, 16) >= 0 && one < 128)) {
      return Optional.empty();
    }
    double[] channels = {0, 0, 0, 1};
    int size = isShort ? 1 : 2;
    for (int i = 0; i < digits.length() / size; i++) {
      int number = Integer.parseInt(digits.substring(i * size, (i + 1) * size), 16);
      channels[i] = (isShort ? number * 17 : number) / 255.0;
    }
    return Optional.of(new Color(channels[0], channels[1], channels[2], channels[3]));
  }

  private Optional<Color> function(String name, String inside, int depth) {
    if (name.equals("color-mix")) {
      return new ColorMix(part -> read(part, depth + 1)).read(inside);
    }
    if (name.equals("light-dark")) {
      List<String> both = CssText.split(inside, ',');
      return both.size() == 2 ? read(both.get(dark ? 1 : 0), depth + 1) : Optional.empty();
    }
    List<String> slash = CssText.split(inside, '/');
    List<String> parts =
        inside.indexOf(',') >= 0 ? CssText.split(inside, ',') : CssText.words(slash.getFirst());
    boolean legacyAlpha = inside.indexOf(',') >= 0 && parts.size() == 4;
    double alpha = 1;
    if (slash.size() == 2 || legacyAlpha) {
      OptionalDouble read = number(legacyAlpha ? parts.get(3) : slash.get(1), 1);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      alpha = Math.clamp(read.getAsDouble(), 0.0, 1.0);
    }
    double opacity = alpha;
    return opaque(name, legacyAlpha ? parts.subList(0, 3) : parts)
        .map(color -> color.faded(opacity));
  }

  private static Optional<Color> opaque(String name, List<String> parts) {
    if (name.equals("color")) {
      return parts.size() == 4
          ? predefined(parts.getFirst(), parts.subList(1, 4))
          : Optional.empty();
    }
    if (parts.size() != 3) {
      return Optional.empty();
    }
    return switch (name) {
      case "rgb", "rgba" ->
          channels(parts, 255, 255, 255)
              .map(rgb -> new Color(byteOf(rgb[0]), byteOf(rgb[1]), byteOf(rgb[2]), 1));
      case "hsl", "hsla" ->
          channels(parts, 0, 100, 100)
              .map(hsl -> ColorSpaces.fromHsl(hsl[0], share(hsl[1]), share(hsl[2])));
      case "hwb" ->
          channels(parts, 0, 100, 100)
              .map(hwb -> ColorSpaces.fromHwb(hwb[0], share(hwb[1]), share(hwb[2])));
      case "lab" ->
          channels(parts, 100, 125, 125)
              .map(lab -> ColorSpaces.fromLab(Math.clamp(lab[0], 0.0, 100.0), lab[1], lab[2]));
      case "lch" ->
          channels(parts, 100, 150, 0)
              .map(lch -> {
                double angle = Math.toRadians(lch[2]);
                return ColorSpaces.fromLab(
                    Math.clamp(lch[0], 0.0, 100.0),
                    lch[1] * Math.cos(angle),
                    lch[1] * Math.sin(angle));
              });
      case "oklab" ->
          channels(parts, 1, 0.4, 0.4)
              .map(lab -> ColorSpaces.fromOklab(Math.clamp(lab[0], 0.0, 1.0), lab[1], lab[2]));
      case "oklch" ->
          channels(parts, 1, 0.4, 0)
              .map(lch -> ColorSpaces.fromOklch(Math.clamp(lch[0], 0.0, 1.0), lch[1], lch[2]));
      default -> Optional.empty();
    };
  }

  private static Optional<Color> predefined(String space, List<String> parts) {
    return channels(parts, 1, 1, 1)
        .flatMap(rgb ->
            switch (space) {
              case "srgb" -> Optional.of(new Color(rgb[0], rgb[1], rgb[2], 1));
              case "srgb-linear" -> Optional.of(ColorSpaces.fromLinear(rgb[0], rgb[1], rgb[2]));
              case "display-p3" -> Optional.of(ColorSpaces.fromDisplayP3(rgb[0], rgb[1], rgb[2]));
              case "xyz", "xyz-d65" -> Optional.of(ColorSpaces.fromXyz(rgb[0], rgb[1], rgb[2]));
              default -> Optional.empty();
            });
  }

  /** Three channels; 100 % of each is this much, and a 0 says that it is an angle. */
  private static Optional<double[]> channels(
      List<String> parts, double first, double second, double third) {
    double[] whole = {first, second, third};
    double[] values = new double[3];
    for (int i = 0; i < 3; i++) {
      OptionalDouble value = number(parts.get(i), whole[i]);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values[i] = value.getAsDouble();
    }
    return Optional.of(values);
  }

  private static OptionalDouble number(String text, double whole) {
    if (text.equals("none")) {
      return OptionalDouble.of(0);
    }
    return Arithmetic.value(
        text,
        (number, unit) ->
            switch (unit) {
              case "", "deg" -> OptionalDouble.of(number);
              case "%" -> OptionalDouble.of(number * whole / 100);
              case "rad" -> OptionalDouble.of(Math.toDegrees(number));
              case "grad" -> OptionalDouble.of(number * 0.9);
              case "turn" -> OptionalDouble.of(number * 360);
              default -> OptionalDouble.empty();
            });
  }

  private static double byteOf(double channel) {
    return Math.clamp(channel, 0.0, 255.0) / 255;
  }

  private static double share(double percent) {
    return Math.clamp(percent, 0.0, 100.0) / 100;
  }
}
