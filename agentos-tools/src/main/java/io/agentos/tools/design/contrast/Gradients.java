package io.agentos.tools.design.contrast;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorReader;
import io.agentos.tools.design.css.CssText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The colours a gradient goes through. */
final class Gradients {
  private static final int COLORS_MAX = 8;

  private Gradients() {}

  /** The stops of the first gradient in a list of images; empty when there is none. */
  static List<Color> colors(String images, ColorReader reader) {
    for (String image : CssText.split(images, ',')) {
      int bracket = image.indexOf('(');
      if (bracket > 0 && image.substring(0, bracket).endsWith("gradient")) {
        return stops(
            image.substring(bracket + 1, Math.max(bracket + 1, image.length() - 1)), reader);
      }
    }
    return List.of();
  }

  private static List<Color> stops(String inside, ColorReader reader) {
    List<Color> colors = new ArrayList<>();
    for (String stop : CssText.split(inside, ',')) {
      for (String word : CssText.words(stop)) {
        Optional<Color> color = reader.read(word);
        if (color.isPresent() && colors.size() < COLORS_MAX && !colors.contains(color.get())) {
          colors.add(color.get());
        }
      }
    }
    return colors;
  }
}
