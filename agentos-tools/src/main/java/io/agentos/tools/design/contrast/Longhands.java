package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The declarations of one element, shorthands taken apart, the last one winning. */
final class Longhands {
  private static final Set<String> LINE_STYLES =
      Set.of(
          "none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset",
          "outset", "auto");
  private static final Set<String> KEYWORDS =
      Set.of("inherit", "initial", "unset", "revert", "revert-layer");
  private static final Set<String> WIDTHS = Set.of("thin", "medium", "thick");
  private static final Set<String> SIZES =
      Set.of(
          "xx-small",
          "x-small",
          "small",
          "medium",
          "large",
          "x-large",
          "xx-large",
          "smaller",
          "larger");

  /** A value without variables, in lower case, and where it was declared. */
  record Value(String text, Origin origin) {}

  private final Map<String, Value> values = new HashMap<>();

  Optional<Value> get(String property) {
    return Optional.ofNullable(values.get(property));
  }

  String text(String property, String otherwise) {
    Value value = values.get(property);
    return value == null ? otherwise : value.text();
  }

  void put(String property, String written, Origin origin) {
    Value value = new Value(written.strip().toLowerCase(Locale.ROOT), origin);
    switch (property) {
      case "background" -> background(value);
      case "font" -> font(value);
      case "border", "border-bottom" -> edge("border", value);
      case "outline" -> edge("outline", value);
      case "border-bottom-color", "border-color" -> values.put("border-color", first(value));
      case "border-style" -> values.put("border-style", first(value));
      case "border-width" -> values.put("border-width", first(value));
      case "text-decoration" -> values.put("text-decoration-line", value);
      case "-webkit-background-clip" -> values.put("background-clip", value);
      case "all" -> values.clear();
      default -> values.put(property, value);
    }
  }

  private static Value first(Value value) {
    List<String> words = CssText.words(value.text());
    return words.isEmpty() ? value : new Value(words.getFirst(), value.origin());
  }

  private void background(Value value) {
    String color = "transparent";
    StringBuilder images = new StringBuilder();
    String clip = "border-box";
    for (String layer : CssText.split(value.text(), ',')) {
      for (String word : CssText.words(layer)) {
        if (word.startsWith("url(") || word.contains("gradient(") || word.startsWith("image")) {
          images.append(images.isEmpty() ? "" : ", ").append(word);
        } else if (word.equals("text")) {
          clip = word;
        } else if (isKeyword(word) || isColor(word)) {
          color = word;
        }
      }
    }
    values.put("background-color", new Value(color, value.origin()));
    values.put(
        "background-image",
        new Value(images.isEmpty() ? "none" : images.toString(), value.origin()));
    values.put("background-clip", new Value(clip, value.origin()));
  }

  /** Whether a value is one of those that say where to take the value from. */
  static boolean isKeyword(String value) {
    return KEYWORDS.contains(value);
  }

  /** Positions, sizes and words of a background are no colours; all else is tried as one. */
  private static boolean isColor(String word) {
    char first = word.charAt(0);
    return first == '#'
        || (Character.isLetter(first)
            && !Set.of(
                    "none",
                    "center",
                    "left",
                    "right",
                    "top",
                    "bottom",
                    "cover",
                    "contain",
                    "fixed",
                    "scroll",
                    "local",
                    "repeat",
                    "no-repeat",
                    "repeat-x",
                    "repeat-y",
                    "round",
                    "space",
                    "border-box",
                    "padding-box",
                    "content-box",
                    "auto")
                .contains(word));
  }

  private void edge(String name, Value value) {
    String style = "none";
    String width = "medium";
    String color = "currentcolor";
    for (String word : CssText.words(value.text())) {
      if (LINE_STYLES.contains(word)) {
        style = word;
      } else if (WIDTHS.contains(word)
          || Character.isDigit(word.charAt(0))
          || word.charAt(0) == '.'
          || word.startsWith("calc(")) {
        width = word;
      } else {
        color = word;
      }
    }
    values.put(name + "-style", new Value(style, value.origin()));
    values.put(name + "-width", new Value(width, value.origin()));
    values.put(name + "-color", new Value(color, value.origin()));
  }

  private void font(Value value) {
    String weight = "normal";
    for (String word : CssText.words(value.text())) {
      int slash = word.indexOf('/');
      String size = slash > 0 ? word.substring(0, slash) : word;
      boolean isWeight = word.matches("[1-9]00|bold|bolder|lighter");
      if (isWeight) {
        weight = word;
      } else if (SIZES.contains(size)
          || Character.isDigit(size.charAt(0))
          || size.startsWith("calc(")
          || size.startsWith("clamp(")) {
        values.put("font-size", new Value(size, value.origin()));
        break;
      }
    }
    values.put("font-weight", new Value(weight, value.origin()));
  }
}
