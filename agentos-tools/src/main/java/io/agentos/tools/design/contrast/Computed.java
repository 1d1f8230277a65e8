package io.agentos.tools.design.contrast;

import io.agentos.tools.design.color.Color;
import java.util.List;
import java.util.Map;

/**
 * What the cascade makes of one element.
 *
 * @param variables its custom properties
 * @param shown false with {@code display: none}, also of an ancestor
 * @param visible false with {@code visibility: hidden} and for texts for screen readers only
 * @param positioned whether it is taken out of the flow and may lie over anything
 */
record Computed(
    Map<String, String> variables,
    Text text,
    Box box,
    boolean shown,
    boolean visible,
    boolean positioned) {

  /** How its text looks. */
  record Text(Color color, Origin origin, double sizePx, int weight, boolean underlined) {

    /** Large text of WCAG 2.2: 18 points, or 14 points and bold. */
    boolean isLarge() {
      return sizePx >= 24 || (sizePx >= 14 * 4 / 3.0 - 0.01 && weight >= 700);
    }
  }

  /**
   * What is painted behind it.
   *
   * @param gradient the colours of a gradient on the background; empty for none
   * @param image whether a picture lies on the background
   * @param clipped whether the background is painted in the shape of the text
   */
  record Box(
      Color background,
      Origin origin,
      List<Color> gradient,
      boolean image,
      boolean clipped,
      Edge border,
      Edge outline,
      String shadow,
      double opacity) {}

  /** A border or an outline; a width of 0 is none. */
  record Edge(double widthPx, Color color, Origin origin) {
    static final Edge NONE = new Edge(0, Color.TRANSPARENT, Origin.BROWSER);

    boolean isDrawn() {
      return widthPx > 0 && color.alpha() > 0;
    }
  }
}
