package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.code;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a value is what its type asks for, after the Design Tokens Format Module 2025.10. */
final class ValueCheck {
  static final Set<String> TYPES =
      Set.of(
          "color",
          "dimension",
          "fontFamily",
          "fontWeight",
          "duration",
          "cubicBezier",
          "number",
          "strokeStyle",
          "border",
          "transition",
          "shadow",
          "gradient",
          "typography");

  private static final Pattern HEX = Pattern.compile("#(?:[0-9a-fA-F]{3,4}){1,2}");
  private static final Pattern HEX_SIX = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern SIZE = Pattern.compile("-?[0-9]*\\.?[0-9]+(px|rem|em|pt|%)?");
  private static final Pattern TIME = Pattern.compile("[0-9]*\\.?[0-9]+m?s");
  private static final Set<String> SPACES =
      Set.of(
          "srgb",
          "srgb-linear",
          "hsl",
          "hwb",
          "lab",
          "lch",
          "oklab",
          "oklch",
          "display-p3",
          "a98-rgb",
          "prophoto-rgb",
          "rec2020",
          "xyz-d65",
          "xyz-d50");
  private static final Set<String> WEIGHTS =
      Set.of(
          "thin",
          "hairline",
          "extra-light",
          "ultra-light",
          "light",
          "normal",
          "regular",
          "book",
          "medium",
          "semi-bold",
          "demi-bold",
          "bold",
          "extra-bold",
          "ultra-bold",
          "black",
          "heavy",
          "extra-black",
          "ultra-black");
  private static final Set<String> STROKES =
      Set.of("solid", "dashed", "dotted", "double", "groove", "ridge", "outset", "inset");
  private static final Map<String, Map<String, String>> PARTS =
      Map.of(
          "border", Map.of("color", "color", "width", "dimension", "style", "strokeStyle"),
          "transition",
              Map.of("duration", "duration", "delay", "duration", "timingFunction", "cubicBezier"),
          "shadow",
              Map.of(
                  "color",
                  "color",
                  "offsetX",
                  "dimension",
                  "offsetY",
                  "dimension",
                  "blur",
                  "dimension",
                  "spread",
                  "dimension"),
          "gradient", Map.of("color", "color", "position", "number"),
          "typography",
              Map.of(
                  "fontFamily",
                  "fontFamily",
                  "fontSize",
                  "dimension",
                  "fontWeight",
                  "fontWeight",
                  "letterSpacing",
                  "dimension",
                  "lineHeight",
                  "number"));

  private ValueCheck() {}

  /** Whether a value is a string where an object has been wanted since 2025.10. */
  static boolean isOldFormat(String type, Json value) {
    return value instanceof Json.Text text
        && switch (type) {
          case "color" -> HEX.matcher(text.value()).matches();
          case "dimension" -> SIZE.matcher(text.value()).matches();
          case "duration" -> TIME.matcher(text.value()).matches();
          default -> false;
        };
  }

  /** What is wrong with a value, as what was wanted and what came; empty when nothing is. */
  static Optional<String> problem(String type, Json value) {
    if (Token.alias(value).isPresent() || isOldFormat(type, value)) {
      return Optional.empty();
    }
    return switch (type) {
      case "color" -> color(value);
      case "dimension" ->
          measure(value, Set.of("px", "rem"), "{ \"value\": 16, \"unit\": \"px\" }");
      case "duration" -> measure(value, Set.of("ms", "s"), "{ \"value\": 200, \"unit\": \"ms\" }");
      case "number" -> value instanceof Json.Figure ? Optional.empty() : wanted("a number", value);
      case "fontFamily" -> fontFamily(value);
      case "fontWeight" -> fontWeight(value);
      case "cubicBezier" -> cubicBezier(value);
      case "strokeStyle" -> strokeStyle(value);
      case "border", "transition", "typography" -> composite(type, value);
      case "shadow" -> each(type, value, true);
      case "gradient" -> each(type, value, false);
      default -> Optional.empty();
    };
  }

  private static Optional<String> wanted(String wanted, Json value) {
    String came =
        switch (value) {
          case Json.Text text -> code(text.value());
          case Json.Figure number -> code(plain(number.value()));
          default -> value.kind();
        };
    return Optional.of("wanted %s, and came %s".formatted(wanted, came));
  }

  static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e12
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static Optional<String> color(Json value) {
    String form = "{ \"colorSpace\": \"srgb\", \"components\": [0, 0.5, 1] }";
    if (!(value instanceof Json.Members members)) {
      return wanted("a colour such as " + code(form), value);
    }
    if (!(members.get("colorSpace").orElse(value) instanceof Json.Text space)
        || !SPACES.contains(space.value())) {
      return Optional.of(
          "`colorSpace` is missing or none of those of CSS Color 4; wanted " + code(form));
    }
    if (!(members.get("components").orElse(value) instanceof Json.Items items)
        || items.values().size() != 3
        || !items.values().stream().allMatch(ValueCheck::isComponent)) {
      return Optional.of("`components` must be three numbers or \"none\"");
    }
    if (members.get("alpha").isPresent() && !isBetween(members.get("alpha").get(), 0, 1)) {
      return Optional.of("`alpha` must be a number from 0 to 1");
    }
    if (space.value().equals("srgb")
        && !items.values().stream()
            .allMatch(one -> one instanceof Json.Text || isBetween(one, 0, 1))) {
      return Optional.of("`components` of srgb go from 0 to 1, not to 255");
    }
    boolean hex =
        members.get("hex").isEmpty()
            || (members.get("hex").get() instanceof Json.Text text
                && HEX_SIX.matcher(text.value()).matches());
    return hex ? Optional.empty() : Optional.of("`hex` must be six digits behind a #");
  }

  private static boolean isComponent(Json one) {
    return one instanceof Json.Figure
        || (one instanceof Json.Text text && text.value().equals("none"));
  }

  private static boolean isBetween(Json value, double low, double high) {
    return value instanceof Json.Figure number && number.value() >= low && number.value() <= high;
  }

  private static Optional<String> measure(Json value, Set<String> units, String form) {
    if (value instanceof Json.Members members
        && members.get("value").orElse(value) instanceof Json.Figure
        && members.get("unit").orElse(value) instanceof Json.Text unit) {
      return units.contains(unit.value())
          ? Optional.empty()
          : Optional.of(
              "the unit is %s; allowed: %s"
                  .formatted(
                      code(unit.value()), String.join(", ", units.stream().sorted().toList())));
    }
    return wanted(code(form), value);
  }

  private static Optional<String> fontFamily(Json value) {
    boolean names =
        value instanceof Json.Text
            || (value instanceof Json.Items items
                && !items.values().isEmpty()
                && items.values().stream().allMatch(Json.Text.class::isInstance));
    return names ? Optional.empty() : wanted("a name, or an array of names", value);
  }

  private static Optional<String> fontWeight(Json value) {
    boolean fits =
        isBetween(value, 1, 1_000)
            || (value instanceof Json.Text text && WEIGHTS.contains(text.value()));
    return fits
        ? Optional.empty()
        : wanted("a number from 1 to 1000, or a word such as `bold`", value);
  }

  private static Optional<String> cubicBezier(Json value) {
    boolean fits =
        value instanceof Json.Items items
            && items.values().size() == 4
            && items.values().stream().allMatch(Json.Figure.class::isInstance)
            && isBetween(items.values().get(0), 0, 1)
            && isBetween(items.values().get(2), 0, 1);
    return fits ? Optional.empty() : wanted("four numbers, the first and third from 0 to 1", value);
  }

  private static Optional<String> strokeStyle(Json value) {
    boolean fits =
        (value instanceof Json.Text text && STROKES.contains(text.value()))
            || (value instanceof Json.Members members
                && members.get("dashArray").isPresent()
                && members.get("lineCap").isPresent());
    return fits
        ? Optional.empty()
        : wanted("a word such as `solid`, or dashArray and lineCap", value);
  }

  private static Optional<String> each(String type, Json value, boolean oneIsEnough) {
    if (value instanceof Json.Items items) {
      return items.values().stream()
          .map(
              one -> Token.alias(one).isPresent() ? Optional.<String>empty() : composite(type, one))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return oneIsEnough ? composite(type, value) : wanted("an array of stops", value);
  }

  private static Optional<String> composite(String type, Json value) {
    Map<String, String> parts = PARTS.getOrDefault(type, Map.of());
    if (!(value instanceof Json.Members members)) {
      return wanted("an object with " + String.join(", ", sorted(parts)), value);
    }
    for (String part : sorted(parts)) {
      Optional<Json> one = members.get(part);
      if (one.isEmpty()) {
        return Optional.of("%s is missing".formatted(code(part)));
      }
      Optional<String> problem = problem(parts.getOrDefault(part, ""), one.get());
      if (problem.isPresent()) {
        return Optional.of("in %s: %s".formatted(code(part), problem.get()));
      }
    }
    return Optional.empty();
  }

  private static List<String> sorted(Map<String, String> parts) {
    return parts.keySet().stream().sorted().toList();
  }
}
