package io.agentos.tools.profile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell holds.
 *
 * @param number its number, or its date as days since 1970; 0 for others
 * @param form how it is written, where there is more than one way: {@code 1,5} or {@code 1.5}
 */
record Value(Type type, double number, String form) {

  /** What a value is. */
  enum Type {
    EMPTY,
    /** Something that stands for no value, such as {@code N/A}. */
    MISSING,
    INTEGER,
    DECIMAL,
    DATE,
    BOOLEAN,
    TEXT;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
      return this == INTEGER || this == DECIMAL;
    }
  }

  private static final int LENGTH_MAX = 40;
  private static final Set<String> NOTHING =
      Set.of("n/a", "na", "null", "none", "nil", "nan", "-", "--", "?", "unknown", "k.a.", "#n/a");
  private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no", "ja", "nein");
  private static final Pattern PLAIN = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern DOT =
      Pattern.compile(
          "[-+]?(?:\\d{1,18}|\\d{1,3}(?:,\\d{3}){1,5})?\\.\\d{1,15}(?:[eE][-+]?\\d{1,3})?|[-+]?\\d{1,15}[eE][-+]?\\d{1,3}|[-+]?\\d{1,3}(?:,\\d{3}){1,5}");
  private static final Pattern COMMA =
      Pattern.compile("[-+]?(?:\\d{1,18}|\\d{1,3}(?:\\.\\d{3}){1,5}),\\d{1,15}");
  private static final Pattern ISO =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?:[T ]\\d{2}:\\d{2}.{0,24})?");
  private static final Pattern POINTS =
      Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})");
  private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})");

  static Value of(String cell) {
    String text = cell.strip();
    if (text.isEmpty()) {
      return new Value(Type.EMPTY, 0, "");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (NOTHING.contains(lower)) {
      return new Value(Type.MISSING, 0, text);
    }
    if (TRUTHS.contains(lower)) {
      return new Value(Type.BOOLEAN, 0, "");
    }
    if (text.length() > LENGTH_MAX || !text.matches(".*\\d.*")) {
      return new Value(Type.TEXT, 0, "");
    }
    Value date = date(text);
    boolean dated = date.type() == Type.DATE || !date.form().isEmpty();
    return dated ? date : number(text.replaceFirst("^[€$£] ?|(?<=\\d) ?[€$£%]$", ""));
  }

  private static Value number(String text) {
    boolean leadingZero = text.matches("0\\d+");
    if (PLAIN.matcher(text).matches() && !leadingZero) {
      return new Value(Type.INTEGER, Double.parseDouble(text), "");
    }
    if (DOT.matcher(text).matches() && !leadingZero) {
      boolean whole = text.indexOf('.') < 0 && text.toLowerCase(Locale.ROOT).indexOf('e') < 0;
      return new Value(
          whole ? Type.INTEGER : Type.DECIMAL, Double.parseDouble(text.replace(",", "")), "1.5");
    }
    if (COMMA.matcher(text).matches()) {
      return new Value(
          Type.DECIMAL, Double.parseDouble(text.replace(".", "").replace(',', '.')), "1,5");
    }
    return new Value(Type.TEXT, 0, leadingZero ? "0…" : "");
  }

  private static Value date(String text) {
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      return date(iso.group(1), iso.group(2), iso.group(3), "2026-12-31");
    }
    Matcher points = POINTS.matcher(text);
    if (points.matches()) {
      return date(points.group(3), points.group(2), points.group(1), "31.12.2026");
    }
    Matcher slashes = SLASHES.matcher(text);
    if (!slashes.matches()) {
      return new Value(Type.TEXT, 0, "");
    }
    int first = Integer.parseInt(slashes.group(1));
    int second = Integer.parseInt(slashes.group(2));
    String form = first > 12 ? "31/12/2026" : second > 12 ? "12/31/2026" : "1/2/2026";
    return first > 12
        ? date(slashes.group(3), slashes.group(2), slashes.group(1), form)
        : date(slashes.group(3), slashes.group(1), slashes.group(2), form);
  }

  private static Value date(String year, String month, String day, String form) {
    try {
      int full = Integer.parseInt(year) + (year.length() == 2 ? 2000 : 0);
      LocalDate date = LocalDate.of(full, Integer.parseInt(month), Integer.parseInt(day));
      return new Value(Type.DATE, date.toEpochDay(), form);
    } catch (DateTimeException e) {
      return new Value(Type.TEXT, 0, "no date");
    }
  }
}
