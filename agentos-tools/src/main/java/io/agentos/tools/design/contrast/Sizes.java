package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.Arithmetic;
import java.util.OptionalDouble;

/** Sizes, weights and shares of CSS as numbers. */
final class Sizes {
  static final double MEDIUM_PX = 16;

  private static final double STEP = 1.2;
  private static final double THIN_PX = 1;
  private static final double MEDIUM_LINE_PX = 3;
  private static final double THICK_PX = 5;

  private Sizes() {}

  /** The size of text in pixels; the parent's where none is set or it cannot be read. */
  static double fontSize(String value, double parentPx, double rootPx, Circumstance circumstance) {
    return switch (value) {
      case "" -> parentPx;
      case "xx-small" -> 9;
      case "x-small" -> 10;
      case "small" -> 13;
      case "medium", "initial" -> MEDIUM_PX;
      case "large" -> 18;
      case "x-large" -> 24;
      case "xx-large" -> 32;
      case "xxx-large" -> 48;
      case "smaller" -> parentPx / STEP;
      case "larger" -> parentPx * STEP;
      default -> Math.max(0, length(value, parentPx, rootPx, circumstance).orElse(parentPx));
    };
  }

  private static OptionalDouble length(
      String value, double parentPx, double rootPx, Circumstance circumstance) {
    double width = circumstance.widthPx();
    double height = Circumstance.HEIGHT_PX;
    return Arithmetic.value(
        value,
        (number, unit) ->
            switch (unit) {
              case "px" -> OptionalDouble.of(number);
              case "em" -> OptionalDouble.of(number * parentPx);
              case "rem" -> OptionalDouble.of(number * rootPx);
              case "%" -> OptionalDouble.of(number * parentPx / 100);
              case "pt" -> OptionalDouble.of(number * 4 / 3);
              case "pc" -> OptionalDouble.of(number * 16);
              case "in" -> OptionalDouble.of(number * 96);
              case "cm" -> OptionalDouble.of(number * 96 / 2.54);
              case "mm" -> OptionalDouble.of(number * 96 / 25.4);
              case "ex", "ch" -> OptionalDouble.of(number * parentPx / 2);
              case "vw", "svw", "lvw", "dvw", "vi" -> OptionalDouble.of(number * width / 100);
              case "vh", "svh", "lvh", "dvh", "vb" -> OptionalDouble.of(number * height / 100);
              case "vmin" -> OptionalDouble.of(number * Math.min(width, height) / 100);
              case "vmax" -> OptionalDouble.of(number * Math.max(width, height) / 100);
              // A bare number is none in a size, and is one in calc(), such as calc(2 * 1rem).
              case "" -> OptionalDouble.of(number);
              default -> OptionalDouble.empty();
            });
  }

  /** From 1 to 1000. */
  static int weight(String value, int parent) {
    return switch (value) {
      case "", "inherit", "unset" -> parent;
      case "normal", "initial" -> 400;
      case "bold" -> 700;
      case "bolder" -> parent < 350 ? 400 : parent < 550 ? 700 : 900;
      case "lighter" -> parent < 550 ? 100 : parent < 750 ? 400 : 700;
      default -> (int) share(value).orElse(parent);
    };
  }

  /** A number or a percentage. */
  static OptionalDouble share(String value) {
    return Arithmetic.value(
        value,
        (number, unit) ->
            switch (unit) {
              case "" -> OptionalDouble.of(number);
              case "%" -> OptionalDouble.of(number / 100);
              default -> OptionalDouble.empty();
            });
  }

  /** The width of a border or an outline in pixels. */
  static double edgeWidth(String value) {
    return switch (value) {
      case "thin" -> THIN_PX;
      case "medium" -> MEDIUM_LINE_PX;
      case "thick" -> THICK_PX;
      default ->
          Arithmetic.value(
                  value,
                  (number, unit) ->
                      switch (unit) {
                        case "px", "" -> OptionalDouble.of(number);
                        case "em", "rem" -> OptionalDouble.of(number * MEDIUM_PX);
                        default -> OptionalDouble.empty();
                      })
              .orElse(THIN_PX);
    };
  }

  /** Whether a text is clipped away, as is done with those for screen readers only. */
  static boolean isForScreenReaders(Longhands longhands) {
    String clip = longhands.text("clip", "").replace(" ", "");
    String path = longhands.text("clip-path", "").replace(" ", "");
    return clip.startsWith("rect(0")
        || clip.startsWith("rect(1px")
        || path.startsWith("inset(50%)")
        || path.startsWith("inset(100%)");
  }
}
