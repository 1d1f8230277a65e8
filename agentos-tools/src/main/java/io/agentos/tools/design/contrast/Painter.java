package io.agentos.tools.design.contrast;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.Contrast;
import io.agentos.tools.design.contrast.Computed.Box;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jsoup.nodes.Element;

/**
 * Puts the boxes around a text on top of each other, as a browser paints them. Boxes that lie over
 * each other by their position are not looked at.
 */
final class Painter {
  private Painter() {}

  /** A text as it is seen, on what it is seen; both opaque. */
  record Painted(Color text, Color background) {
    double ratio() {
      return Contrast.ratio(text, background);
    }
  }

  /**
   * All that can stand behind a text.
   *
   * @param possible one, or one for each colour of a gradient
   * @param overImage whether a picture lies behind the text
   * @param seen false when an opacity of 0 hides it
   */
  record Scene(List<Painted> possible, Origin background, boolean overImage, boolean seen) {
    /** The one that is hardest to read. */
    Painted worst() {
      Painted worst = possible.getFirst();
      for (Painted one : possible) {
        worst = one.ratio() < worst.ratio() ? one : worst;
      }
      return worst;
    }

    /**
     * Whether a gradient goes from darker to lighter than the text, so that somewhere in between
     * there is no contrast at all.
     */
    boolean crosses() {
      double text = Contrast.luminance(possible.getFirst().text());
      boolean darker = false;
      boolean lighter = false;
      for (Painted one : possible) {
        darker |= Contrast.luminance(one.background()) < text;
        lighter |= Contrast.luminance(one.background()) > text;
      }
      return darker && lighter;
    }
  }

  /** Paints a text of this colour in an element. */
  static Scene paint(StyleComputer styles, Element element, Color text) {
    List<Box> chain = chain(styles, element);
    int deciding = -1;
    boolean overImage = false;
    double opacity = 1;
    for (int i = chain.size() - 1; i >= 0; i--) {
      Box box = chain.get(i);
      opacity *= box.opacity();
      boolean covers = box.background().isOpaque() || !box.gradient().isEmpty() || box.image();
      if (deciding < 0 && covers && !box.clipped()) {
        deciding = i;
        overImage = box.image();
      }
    }
    List<Painted> possible = new ArrayList<>();
    int variants = deciding < 0 ? 1 : Math.max(1, chain.get(deciding).gradient().size());
    for (int variant = 0; variant < variants; variant++) {
      possible.add(painted(styles.canvas(), chain, text, deciding, variant));
    }
    Origin background = deciding < 0 ? Origin.BROWSER : chain.get(deciding).origin();
    return new Scene(possible, background, overImage, opacity > 0);
  }

  private static List<Box> chain(StyleComputer styles, Element element) {
    List<Box> chain = new ArrayList<>();
    for (Element one = element; one != null && one.parent() != null; one = one.parent()) {
      chain.add(styles.of(one).box());
    }
    Collections.reverse(chain);
    return chain;
  }

  private static Painted painted(
      Color canvas, List<Box> chain, Color text, int deciding, int variant) {
    Color[] behind = new Color[chain.size() + 1];
    behind[0] = canvas;
    for (int i = 0; i < chain.size(); i++) {
      Box box = chain.get(i);
      Color below = behind[i];
      if (!box.clipped()) {
        below = box.background().over(below);
        if (!box.gradient().isEmpty()) {
          below = box.gradient().get(i == deciding ? variant : 0).over(below);
        }
      }
      behind[i + 1] = below;
    }
    Color background = behind[chain.size()];
    Color front = text.over(background);
    for (int i = chain.size() - 1; i >= 0; i--) {
      double opacity = Math.clamp(chain.get(i).opacity(), 0.0, 1.0);
      background = background.mixed(behind[i], opacity);
      front = front.mixed(behind[i], opacity);
    }
    return new Painted(front.rounded(), background.rounded());
  }
}
