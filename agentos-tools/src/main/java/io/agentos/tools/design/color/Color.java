package io.agentos.tools.design.color;

/**
 * A colour in sRGB, each channel from 0 to 1 where it can be shown; one beyond the gamut lies
 * outside of that.
 */
public record Color(double red, double green, double blue, double alpha) {
  public static final Color WHITE = new Color(1, 1, 1, 1);
  public static final Color BLACK = new Color(0, 0, 0, 1);
  public static final Color TRANSPARENT = new Color(0, 0, 0, 0);

  /** This colour on top of an opaque one. */
  public Color over(Color below) {
    return mixed(below, alpha);
  }

  /** This share of this colour, opaque, and the rest of the other. */
  public Color mixed(Color other, double share) {
    return new Color(
        clip(red) * share + other.red * (1 - share),
        clip(green) * share + other.green * (1 - share),
        clip(blue) * share + other.blue * (1 - share),
        1);
  }

  /** The same colour, this much more transparent. */
  public Color faded(double opacity) {
    return new Color(red, green, blue, alpha * opacity);
  }

  /** As a screen of 8 bits per channel shows it. */
  public Color rounded() {
    return new Color(step(red) / 255.0, step(green) / 255.0, step(blue) / 255.0, alpha);
  }

  public boolean isOpaque() {
    return alpha >= 1;
  }

  /** Such as {@code #1a2b3c}, or {@code #1a2b3c80} when it is not opaque. */
  public String hex() {
    String hex = "#%02x%02x%02x".formatted(step(red), step(green), step(blue));
    return isOpaque() ? hex : hex + "%02x".formatted(step(alpha));
  }

  private static int step(double channel) {
    return (int) Math.round(clip(channel) * 255);
  }

  private static double clip(double channel) {
    return Math.clamp(channel, 0.0, 1.0);
  }
}
