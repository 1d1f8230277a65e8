package io.agentos.tools.design.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A number as CSS writes it, with {@code calc}, {@code min}, {@code max} and {@code clamp}. Owned
 * by one thread.
 */
public final class Arithmetic {
  private static final int LENGTH_MAX = 1_000;
  private static final int DEPTH_MAX = 32;

  /** What a number with a unit comes to; empty when the unit means nothing here. */
  @FunctionalInterface
  public interface Units {
    /** The value of a number with this unit, in lower case; {@code ""} for none. */
    OptionalDouble value(double number, String unit);
  }

  private final String text;
  private final Units units;
  private int at;
  private boolean failed;

  private Arithmetic(String text, Units units) {
    this.text = text;
    this.units = units;
  }

  /** The value of a text; empty when it is none. */
  public static OptionalDouble value(String text, Units units) {
    if (text.length() > LENGTH_MAX) {
      return OptionalDouble.empty();
    }
    Arithmetic arithmetic = new Arithmetic(text.strip().toLowerCase(Locale.ROOT), units);
    double value = arithmetic.factor(0);
    boolean whole = arithmetic.at == arithmetic.text.length();
    return arithmetic.failed || !whole || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  private double sum(int depth) {
    double sum = product(depth);
    while (!failed) {
      blanks();
      if (take('+')) {
        sum += product(depth);
      } else if (take('-')) {
        sum -= product(depth);
      } else {
        return sum;
      }
    }
    return fail();
  }

  private double product(int depth) {
    double product = factor(depth);
    while (!failed) {
      blanks();
      if (take('*')) {
        product *= factor(depth);
      } else if (take('/')) {
        product /= factor(depth);
      } else {
        return product;
      }
    }
    return fail();
  }

  private double factor(int depth) {
    blanks();
    if (depth > DEPTH_MAX || at >= text.length()) {
      return fail();
    }
    char one = text.charAt(at);
    if (one == '(') {
      return bracket(depth, "calc");
    }
    if (Character.isLetter(one)) {
      int from = at;
      while (at < text.length() && CssText.isName(text.charAt(at))) {
        at++;
      }
      String name = text.substring(from, at);
      return at < text.length() && text.charAt(at) == '(' ? bracket(depth, name) : fail();
    }
    return number();
  }

  private double bracket(int depth, String function) {
    at++;
    List<Double> values = new ArrayList<>();
    do {
      values.add(sum(depth + 1));
      blanks();
    } while (!failed && take(','));
    if (failed || !take(')')) {
      return fail();
    }
    return switch (function) {
      case "calc" -> values.size() == 1 ? values.getFirst() : fail();
      case "min" -> values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      case "max" -> values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      case "clamp" ->
          values.size() == 3
              ? Math.max(values.get(0), Math.min(values.get(1), values.get(2)))
              : fail();
      default -> fail();
    };
  }

  private double number() {
    int from = at;
    if (text.charAt(at) == '+' || text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (at + 1 < text.length()
        && text.charAt(at) == 'e'
        && (isDigit(text.charAt(at + 1)) || text.charAt(at + 1) == '-')) {
      at += 2;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    double number;
    try {
      number = Double.parseDouble(text.substring(from, at));
    } catch (NumberFormatException e) {
      return fail();
    }
    int unitFrom = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '%')) {
      at++;
    }
    OptionalDouble value = units.value(number, text.substring(unitFrom, at));
    return value.isPresent() ? value.getAsDouble() : fail();
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private double fail() {
    failed = true;
    return 0;
  }
}
