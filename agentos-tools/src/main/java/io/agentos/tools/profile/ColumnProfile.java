package io.agentos.tools.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is known of one column while rows come in. Owned by one thread. */
final class ColumnProfile {
  static final int DISTINCT_MAX = 20_000;
  static final int NUMBERS_MAX = 250_000;
  private static final int LINES_MAX = 6;
  private static final int KEPT_LENGTH_MAX = 200;
  private static final double MOST = 0.8;
  private static final Pattern MAIL =
      Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}");
  private static final Pattern PHONE = Pattern.compile("(?:\\+|00)\\d[\\d ()/-]{7,18}\\d");
  private static final Pattern IBAN =
      Pattern.compile("[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?");

  private final String name;
  private final Map<Value.Type, Integer> types = new EnumMap<>(Value.Type.class);
  private final Map<Value.Type, List<Integer>> lines = new EnumMap<>(Value.Type.class);
  private final Map<String, Integer> forms = new TreeMap<>();
  private final Map<String, Integer> formLines = new TreeMap<>();
  private final Map<String, Integer> distinct = new LinkedHashMap<>();
  private final Map<String, List<Integer>> oddities = new TreeMap<>();
  private double[] numbers = new double[64];
  private int[] numberLines = new int[64];
  private int numberCount;
  private boolean distinctCut;
  private int personal;
  private int lengthMax;
  private double mean;
  private double squares;
  private int summed;

  ColumnProfile(String name) {
    this.name = name;
  }

  /** Takes a cell; {@code room} says whether more different values may be kept. */
  void add(int line, String cell, boolean room) {
    Value value = Value.of(cell);
    types.merge(value.type(), 1, Integer::sum);
    List<Integer> of = lines.computeIfAbsent(value.type(), key -> new ArrayList<>());
    if (of.size() < LINES_MAX) {
      of.add(line);
    }
    if (!value.form().isEmpty()) {
      forms.merge(value.form(), 1, Integer::sum);
      formLines.putIfAbsent(value.form(), line);
    }
    if (value.type().isNumber() || value.type() == Value.Type.DATE) {
      number(line, value.number());
    }
    lengthMax = Math.max(lengthMax, cell.length());
    if (value.type() != Value.Type.EMPTY && value.type() != Value.Type.MISSING) {
      distinct(cell, room);
    }
    if (value.type() != Value.Type.EMPTY) {
      oddities(line, cell, value);
    }
  }

  private void number(int line, double number) {
    summed++;
    double delta = number - mean;
    mean += delta / summed;
    squares += delta * (number - mean);
    if (numberCount == NUMBERS_MAX) {
      return;
    }
    if (numberCount == numbers.length) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
      numberLines = Arrays.copyOf(numberLines, numberLines.length * 2);
    }
    numbers[numberCount] = number;
    numberLines[numberCount++] = line;
  }

  private void distinct(String cell, boolean room) {
    String kept = cell.length() > KEPT_LENGTH_MAX ? cell.substring(0, KEPT_LENGTH_MAX) : cell;
    if (distinct.containsKey(kept) || (room && distinct.size() < DISTINCT_MAX)) {
      distinct.merge(kept, 1, Integer::sum);
    } else {
      distinctCut = true;
    }
  }

  private void oddities(int line, String cell, Value value) {
    if (cell.length() < 80
        && (MAIL.matcher(cell.strip()).matches()
            || PHONE.matcher(cell.strip()).matches()
            || IBAN.matcher(cell.strip()).matches())) {
      personal++;
    }
    if (!cell.equals(cell.strip())) {
      odd("spaces", line);
    }
    if (cell.indexOf('\uFFFD') >= 0
        || cell.contains("Ã¤")
        || cell.contains("Ã¼")
        || cell.contains("Ã¶")
        || cell.contains("Ã©")
        || cell.contains("â€")) {
      odd("mojibake", line);
    }
    if (cell.matches("#(?:REF!|VALUE!|DIV/0!|NAME\\?|NUM!|NULL!|N/A)|#{4,}")) {
      odd("spreadsheet-error", line);
    }
    if (cell.matches("\\d(?:[.,]\\d{1,12})?[eE]\\+1[0-9]")) {
      odd("shortened-number", line);
    }
    boolean formula =
        value.type() == Value.Type.TEXT
            && cell.matches("[=@].{0,200}\\(.*|[=@+-][A-Za-z]{2,20}\\(.*|=.+");
    if (formula) {
      odd("formula", line);
    }
    if (value.form().equals("no date")) {
      odd("impossible-date", line);
    }
    boolean farDate =
        value.type() == Value.Type.DATE && (value.number() < -25_567 || value.number() >= 47_482);
    if (farDate) {
      odd("far-date", line);
    }
  }

  private void odd(String kind, int line) {
    List<Integer> of = oddities.computeIfAbsent(kind, key -> new ArrayList<>());
    if (of.size() < LINES_MAX) {
      of.add(line);
    }
  }

  String name() {
    return name;
  }

  int count(Value.Type type) {
    return types.getOrDefault(type, 0);
  }

  /** Cells that hold something. */
  int filled() {
    return types.entrySet().stream()
        .filter(entry -> entry.getKey() != Value.Type.EMPTY && entry.getKey() != Value.Type.MISSING)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int empty() {
    return count(Value.Type.EMPTY) + count(Value.Type.MISSING);
  }

  List<Integer> lines(Value.Type type) {
    return lines.getOrDefault(type, List.of());
  }

  /** The type of at least four of five filled cells; else text. */
  Value.Type type() {
    int filled = filled();
    if (filled == 0) {
      return Value.Type.EMPTY;
    }
    int numbersCount = count(Value.Type.INTEGER) + count(Value.Type.DECIMAL);
    if (numbersCount >= MOST * filled) {
      return count(Value.Type.DECIMAL) > 0 ? Value.Type.DECIMAL : Value.Type.INTEGER;
    }
    for (Value.Type type : List.of(Value.Type.DATE, Value.Type.BOOLEAN)) {
      if (count(type) >= MOST * filled) {
        return type;
      }
    }
    return Value.Type.TEXT;
  }

  /** Cells that are of another type than the column, by lines. */
  List<Integer> strangers() {
    Value.Type type = type();
    List<Integer> strange = new ArrayList<>();
    for (Value.Type other :
        List.of(
            Value.Type.TEXT,
            Value.Type.DATE,
            Value.Type.BOOLEAN,
            Value.Type.INTEGER,
            Value.Type.DECIMAL)) {
      boolean alike = other == type || (other.isNumber() && type.isNumber());
      if (type != Value.Type.TEXT && type != Value.Type.EMPTY && !alike) {
        strange.addAll(lines(other));
      }
    }
    return strange.stream().sorted().limit(LINES_MAX).toList();
  }

  Map<String, Integer> forms() {
    return forms;
  }

  int lineOfForm(String form) {
    return formLines.getOrDefault(form, 1);
  }

  Map<String, List<Integer>> oddities() {
    return oddities;
  }

  Map<String, Integer> distinct() {
    return distinct;
  }

  boolean distinctCut() {
    return distinctCut;
  }

  boolean personal() {
    return filled() > 0 && personal * 2 >= filled();
  }

  int lengthMax() {
    return lengthMax;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return summed < 2 ? 0 : Math.sqrt(squares / (summed - 1));
  }

  boolean numbersCut() {
    return summed > numberCount;
  }

  /** Numbers in order, for quantiles. */
  double[] sorted() {
    double[] sorted = Arrays.copyOf(numbers, numberCount);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Lines of numbers outside of two bounds. */
  List<Integer> linesOutside(double low, double high) {
    List<Integer> outside = new ArrayList<>();
    for (int i = 0; i < numberCount && outside.size() < LINES_MAX; i++) {
      if (numbers[i] < low || numbers[i] > high) {
        outside.add(numberLines[i]);
      }
    }
    return outside;
  }

  /**
   * The value of which a share of the sorted numbers is below, by linear interpolation (R type 7).
   */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double at = share * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  /** Values that differ in case and blanks only, as the first of each such group. */
  Map<String, List<String>> spellings() {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String value : distinct.keySet()) {
      String plain = value.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
      alike.computeIfAbsent(plain, key -> new ArrayList<>()).add(value);
    }
    alike.values().removeIf(group -> group.size() < 2);
    return alike;
  }
}
