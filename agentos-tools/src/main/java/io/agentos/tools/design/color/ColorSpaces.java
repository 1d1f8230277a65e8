package io.agentos.tools.design.color;

/**
 * The colour spaces of CSS, to and from sRGB. Matrices from CSS Color 4, section 18, and Björn
 * Ottosson's Oklab.
 */
public final class ColorSpaces {
  private ColorSpaces() {}

  /** A channel of sRGB as light. */
  static double linear(double channel) {
    double size = Math.abs(channel);
    double value = size <= 0.04045 ? size / 12.92 : Math.pow((size + 0.055) / 1.055, 2.4);
    return Math.copySign(value, channel);
  }

  private static double encoded(double light) {
    double size = Math.abs(light);
    double value = size <= 0.0031308 ? size * 12.92 : 1.055 * Math.pow(size, 1 / 2.4) - 0.055;
    return Math.copySign(value, light);
  }

  static Color fromLinear(double red, double green, double blue) {
    return new Color(encoded(red), encoded(green), encoded(blue), 1);
  }

  /** Hue in degrees, the others from 0 to 1. */
  static Color fromHsl(double hue, double saturation, double lightness) {
    double strength = saturation * Math.min(lightness, 1 - lightness);
    return new Color(
        hslChannel(hue, strength, lightness, 0),
        hslChannel(hue, strength, lightness, 8),
        hslChannel(hue, strength, lightness, 4),
        1);
  }

  private static double hslChannel(double hue, double strength, double lightness, int offset) {
    double place = positive(offset + hue / 30, 12);
    return lightness - strength * Math.max(-1, Math.min(Math.min(place - 3, 9 - place), 1));
  }

  static Color fromHwb(double hue, double white, double black) {
    if (white + black >= 1) {
      double grey = white / (white + black);
      return new Color(grey, grey, grey, 1);
    }
    Color pure = fromHsl(hue, 1, 0.5);
    double share = 1 - white - black;
    return new Color(
        pure.red() * share + white, pure.green() * share + white, pure.blue() * share + white, 1);
  }

  static Color fromOklab(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return fromLinear(
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  /** Hue in degrees. */
  static Color fromOklch(double lightness, double chroma, double hue) {
    double angle = Math.toRadians(hue);
    return fromOklab(lightness, chroma * Math.cos(angle), chroma * Math.sin(angle));
  }

  /** Lightness, a and b. */
  static double[] oklab(Color color) {
    double red = linear(color.red());
    double green = linear(color.green());
    double blue = linear(color.blue());
    double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  /** Lightness, chroma and hue in degrees. */
  static double[] oklch(Color color) {
    double[] lab = oklab(color);
    double hue = Math.toDegrees(Math.atan2(lab[2], lab[1]));
    return new double[] {lab[0], Math.hypot(lab[1], lab[2]), positive(hue, 360)};
  }

  /** How far two colours look apart: the distance in Oklab; 0.02 is just noticeable. */
  public static double distance(Color one, Color other) {
    double[] first = oklab(one);
    double[] second = oklab(other);
    return Math.sqrt(
        square(first[0] - second[0])
            + square(first[1] - second[1])
            + square(first[2] - second[2])
            + square(one.alpha() - other.alpha()));
  }

  /** CIE Lab under D50, lightness from 0 to 100. */
  static Color fromLab(double lightness, double a, double b) {
    double y = (lightness + 16) / 116;
    double x = 0.3457 / 0.3585 * labLight(y + a / 500);
    double z = (1 - 0.3457 - 0.3585) / 0.3585 * labLight(y - b / 200);
    double light = labLight(y);
    return fromXyz(
        0.955473421488075 * x - 0.02309845494876471 * light + 0.06325924320057072 * z,
        -0.0283697093338637 * x + 1.0099953980813041 * light + 0.021041441191917323 * z,
        0.012314014864481998 * x - 0.020507649298898964 * light + 1.330365926242124 * z);
  }

  private static double labLight(double value) {
    double cube = cube(value);
    return cube > 216.0 / 24_389 ? cube : (116 * value - 16) * 27 / 24_389;
  }

  /** XYZ under D65. */
  static Color fromXyz(double x, double y, double z) {
    return fromLinear(
        3.2409699419045226 * x - 1.537383177570094 * y - 0.4986107602930034 * z,
        -0.9692436362808796 * x + 1.8759675015077202 * y + 0.04155505740717559 * z,
        0.05563007969699366 * x - 0.20397695888897652 * y + 1.0569715142428786 * z);
  }

  static Color fromDisplayP3(double red, double green, double blue) {
    double r = linear(red);
    double g = linear(green);
    double b = linear(blue);
    return fromXyz(
        0.4865709486482162 * r + 0.26566769316909306 * g + 0.1982172852343625 * b,
        0.2289745640697488 * r + 0.6917385218365064 * g + 0.079286914093745 * b,
        0.04511338185890264 * g + 1.043944368900976 * b);
  }

  private static double positive(double value, double modulus) {
    return ((value % modulus) + modulus) % modulus;
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static double square(double value) {
    return value * value;
  }
}
