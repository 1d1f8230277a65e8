package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.Arithmetic;
import io.agentos.tools.design.css.CssText;
import io.agentos.tools.design.css.StyleRule.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the at-rules around a rule apply under a circumstance. */
final class MediaQuery {
  private static final double REM_PX = 16;
  private static final Pattern RANGE =
      Pattern.compile("(?:([^<>=]+?)\\s*(<=?)\\s*)?width\\s*(?:([<>]=?|=)\\s*([^<>=]+))?");

  private MediaQuery() {}

  static boolean applies(List<Condition> conditions, Circumstance circumstance) {
    return conditions.stream().allMatch(condition -> applies(condition, circumstance));
  }

  /** Conditions whose answer depends on what a static look cannot know. */
  static boolean isUnknown(Condition condition) {
    return List.of("container", "scope", "starting-style").contains(condition.name());
  }

  private static boolean applies(Condition condition, Circumstance circumstance) {
    String query = condition.query().toLowerCase(Locale.ROOT);
    return switch (condition.name()) {
      case "media" ->
          CssText.split(query, ',').stream().anyMatch(part -> matches(part, circumstance));
      case "supports" -> !query.startsWith("not");
      default -> false;
    };
  }

  private static boolean matches(String query, Circumstance circumstance) {
    boolean negated = query.startsWith("not ");
    String rest = negated || query.startsWith("only ") ? query.substring(4).strip() : query;
    boolean all = true;
    for (String word : CssText.words(rest)) {
      all &=
          switch (word) {
            case "and", "all", "screen", "only", "" -> true;
            case "print", "speech", "tty", "tv", "or", "not" -> false;
            default -> word.startsWith("(") && feature(inside(word), circumstance);
          };
    }
    return all != negated;
  }

  private static String inside(String bracket) {
    return bracket.substring(1, Math.max(1, bracket.length() - 1)).strip();
  }

  private static boolean feature(String feature, Circumstance circumstance) {
    int colon = feature.indexOf(':');
    if (colon < 0) {
      return switch (feature) {
        case "hover", "pointer", "color", "width" -> true;
        default -> feature.contains("width") && range(feature, circumstance.widthPx());
      };
    }
    String name = feature.substring(0, colon).strip();
    String value = feature.substring(colon + 1).strip();
    double width = circumstance.widthPx();
    return switch (name) {
      case "prefers-color-scheme" -> value.equals(circumstance.dark() ? "dark" : "light");
      case "min-width", "min-device-width" -> pixels(value).stream().allMatch(px -> width >= px);
      case "max-width", "max-device-width" -> pixels(value).stream().allMatch(px -> width <= px);
      case "width" -> pixels(value).stream().allMatch(px -> width == px);
      case "orientation" ->
          value.equals(width >= Circumstance.HEIGHT_PX ? "landscape" : "portrait");
      case "hover", "any-hover" -> value.equals("hover");
      case "pointer", "any-pointer" -> value.equals("fine");
      case "prefers-reduced-motion", "prefers-contrast", "prefers-reduced-transparency" ->
          value.equals("no-preference");
      case "forced-colors", "inverted-colors" -> value.equals("none");
      case "scripting" -> value.equals("enabled");
      default -> false;
    };
  }

  private static boolean range(String feature, double width) {
    Matcher range = RANGE.matcher(feature);
    if (feature.length() > 100 || !range.matches()) {
      return false;
    }
    boolean within = true;
    if (range.group(1) != null) {
      OptionalDouble low = pixels(range.group(1));
      within =
          low.isPresent()
              && (range.group(2).equals("<")
                  ? low.getAsDouble() < width
                  : low.getAsDouble() <= width);
    }
    String comparison = Optional.ofNullable(range.group(3)).orElse("");
    if (!comparison.isEmpty()) {
      OptionalDouble limit = pixels(range.group(4));
      within &= limit.isPresent() && compares(width, comparison, limit.getAsDouble());
    }
    return within;
  }

  private static boolean compares(double width, String comparison, double limit) {
    return switch (comparison) {
      case "<" -> width < limit;
      case "<=" -> width <= limit;
      case ">" -> width > limit;
      case ">=" -> width >= limit;
      default -> width == limit;
    };
  }

  private static OptionalDouble pixels(String text) {
    return Arithmetic.value(
        text,
        (number, unit) ->
            switch (unit) {
              case "px" -> OptionalDouble.of(number);
              case "em", "rem" -> OptionalDouble.of(number * REM_PX);
              case "" -> number == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
              default -> OptionalDouble.empty();
            });
  }
}
