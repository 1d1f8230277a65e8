package io.agentos.tools.design.color;

/** Contrast as WCAG 2.2 defines it: relative luminance in sRGB, with 0.04045 as the threshold. */
public final class Contrast {
  private static final double FLARE = 0.05;
  private static final int STEPS = 400;

  private Contrast() {}

  /** The ratio of two opaque colours, from 1 to 21, not rounded. */
  public static double ratio(Color one, Color other) {
    double first = luminance(one.rounded());
    double second = luminance(other.rounded());
    return (Math.max(first, second) + FLARE) / (Math.min(first, second) + FLARE);
  }

  /** From 0 for black to 1 for white. */
  public static double luminance(Color color) {
    return 0.2126 * ColorSpaces.linear(color.red())
        + 0.7152 * ColorSpaces.linear(color.green())
        + 0.0722 * ColorSpaces.linear(color.blue());
  }

  /**
   * The colour nearest in lightness to this one, of the same hue, that reaches a ratio on this
   * background; black or white where the hue cannot.
   */
  public static Color nearest(Color color, Color background, double ratio) {
    double[] lch = ColorSpaces.oklch(color);
    for (int step = 1; step <= STEPS; step++) {
      for (int sign : new int[] {-1, 1}) {
        double lightness = lch[0] + sign * step / (double) STEPS;
        if (lightness >= 0 && lightness <= 1) {
          Color candidate = ColorSpaces.fromOklch(lightness, lch[1], lch[2]).rounded();
          if (ratio(candidate, background) >= ratio) {
            return candidate;
          }
        }
      }
    }
    return ratio(Color.BLACK, background) > ratio(Color.WHITE, background)
        ? Color.BLACK
        : Color.WHITE;
  }
}
