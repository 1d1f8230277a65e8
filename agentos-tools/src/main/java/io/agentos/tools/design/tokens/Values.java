package io.agentos.tools.design.tokens;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of tokens as colours and pixels. */
final class Values {
  private static final double REM_PX = 16;
  private static final Pattern LENGTH = Pattern.compile("(-?[0-9]*\\.?[0-9]+)(px|rem|em)?");
  private static final ColorReader COLORS = new ColorReader(Color.BLACK, false);

  private Values() {}

  /** The colour of a value that refers to nothing; empty when it is none that is read. */
  static Optional<Color> color(Json value) {
    if (value instanceof Json.Text text) {
      return COLORS.read(text.value()).map(Color::rounded);
    }
    if (!(value instanceof Json.Members members)
        || !(members.get("colorSpace").orElse(value) instanceof Json.Text space)
        || !(members.get("components").orElse(value) instanceof Json.Items items)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (Json item : items.values()) {
      parts.add(item instanceof Json.Figure number ? Double.toString(number.value()) : "none");
    }
    double alpha =
        members.get("alpha").orElse(value) instanceof Json.Figure number ? number.value() : 1;
    String channels = String.join(" ", parts);
    String css =
        switch (space.value()) {
          case "hsl", "hwb", "lab", "lch", "oklab", "oklch" ->
              "%s(%s)".formatted(space.value(), channels);
          default -> "color(%s %s)".formatted(space.value(), channels);
        };
    return COLORS.read(css).map(color -> color.faded(alpha).rounded());
  }

  /** A colour as a style sheet writes it. */
  static Optional<Color> color(String css) {
    return COLORS.read(css).map(Color::rounded);
  }

  /** The length of a value in pixels, one rem being 16; empty when it is none. */
  static OptionalDouble pixels(Json value) {
    return switch (value) {
      case Json.Text text -> pixels(text.value());
      case Json.Members members
          when members.get("value").orElse(value) instanceof Json.Figure number
              && members.get("unit").orElse(value) instanceof Json.Text unit ->
          pixels(number.value() + unit.value());
      default -> OptionalDouble.empty();
    };
  }

  /** A length as a style sheet writes it. */
  static OptionalDouble pixels(String css) {
    Matcher length = LENGTH.matcher(css.strip());
    if (css.length() > 40 || !length.matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(length.group(1));
    boolean relative = length.group(2) != null && !length.group(2).equals("px");
    return OptionalDouble.of(relative ? number * REM_PX : number);
  }

  /** Such as {@code 12 px}. */
  static String shown(double pixels) {
    return ValueCheck.plain(Math.round(pixels * 1_000) / 1_000.0) + " px";
  }
}
