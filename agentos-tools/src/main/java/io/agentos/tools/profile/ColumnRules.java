package io.agentos.tools.profile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a column before anyone counts on it. */
final class ColumnRules {
  private static final double FAR = 3.0;
  private static final int CATEGORIES_MAX = 200;
  private static final int NUMBERS_MIN = 20;

  private final ColumnProfile column;
  private final int rows;
  private final List<Finding> found = new ArrayList<>();

  private ColumnRules(ColumnProfile column, int rows) {
    this.column = column;
    this.rows = rows;
  }

  static List<Finding> findings(ColumnProfile column, int rows) {
    ColumnRules rules = new ColumnRules(column, rows);
    rules.all();
    return rules.found;
  }

  private void add(
      String rule, Severity severity, Place place, String what, String why, String fix) {
    found.add(new Finding(rule, severity, place, what, why, fix));
  }

  private Place place() {
    return Place.named("column " + column.name());
  }

  private void all() {
    if (rows == 0 || column.name().isEmpty()) {
      return;
    }
    missing();
    forms();
    keys();
    spellings();
    outliers();
    column.oddities().forEach((kind, lines) -> OddRules.add(column, kind, lines, found));
    contents();
  }

  private void contents() {
    List<Integer> strangers = column.strangers();
    if (!strangers.isEmpty()) {
      add(
          "types-mixed",
          Severity.MEDIUM,
          place(),
          "Most values are of type %s; others are not: %s."
              .formatted(column.type().id(), TableRules.lines(strangers)),
          "They are left out of sums, or make the whole column text.",
          "Correct them, or move remarks into a column of their own.");
    }
    if (column.distinct().size() == 1 && column.empty() == 0 && rows > 1) {
      add(
          "always-the-same",
          Severity.LOW,
          place(),
          "All rows hold the same value.",
          "It tells nothing; or a filter was left on when the table was written.",
          "Find out whether that is meant.");
    }
    if (column.personal()) {
      add(
          "personal-data",
          Severity.MEDIUM,
          place(),
          "It holds mail addresses, telephone numbers or account numbers.",
          "Who gets the table gets them (GDPR Art. 5(1)(c): no more than needed). They are not"
              + " repeated here.",
          "Take the column out, or put a number in its place that only you can resolve.");
    }
  }

  private void missing() {
    int words = column.count(Value.Type.MISSING);
    if (words > 0) {
      add(
          "missing-in-words",
          Severity.MEDIUM,
          place(),
          "%s such as N/A or - instead of nothing: %s."
              .formatted(
                  Words.count(words, "cell holds a word", "cells hold words"),
                  TableRules.lines(column.lines(Value.Type.MISSING))),
          "They count as values, and make numbers text.",
          "Leave the cell empty.");
    }
    if (column.empty() == rows) {
      add(
          "empty-column",
          Severity.LOW,
          place(),
          "It is empty in all rows.",
          "It tells nothing, or was lost on the way.",
          "Take it out, or find out where it was lost.");
    } else if (column.empty() * 5 >= rows) {
      add(
          "often-missing",
          column.empty() * 2 >= rows ? Severity.MEDIUM : Severity.LOW,
          place(),
          "It is empty in %d of %d rows.".formatted(column.empty(), rows),
          "A mean over the others is one over a selection, and nobody knows which.",
          "Find out why it is missing before you count with it.");
    }
  }

  private void forms() {
    List<String> written =
        column.forms().keySet().stream().filter(form -> form.matches("1[.,]5|.*20.*")).toList();
    boolean numbers = written.contains("1.5") && written.contains("1,5");
    List<String> dates = written.stream().filter(form -> form.contains("20")).toList();
    boolean unclear = dates.size() == 1 && dates.getFirst().equals("1/2/2026");
    if (numbers || (dates.size() > 1 && !(dates.size() == 2 && dates.contains("1/2/2026")))) {
      List<String> shown = numbers ? List.of("1.5", "1,5") : dates;
      String rarest =
          shown.stream()
              .min(Comparator.comparingInt(form -> column.forms().getOrDefault(form, 0)))
              .orElse("");
      add(
          "written-differently",
          Severity.HIGH,
          place(),
          "Values are written in different ways (like %s); the rarest begins in line %d."
              .formatted(
                  Words.list(shown.stream().map(Words::code).toList(), 5),
                  column.lineOfForm(rarest)),
          "One of them is read wrong: 1.500 becomes 1,5, and 1 February becomes 2 January.",
          "Write all of them in one way, dates as 2026-12-31.");
    } else if (unclear) {
      add(
          "date-unclear",
          Severity.MEDIUM,
          place(),
          "Dates like 1/2/2026 may be 1 February or 2 January; none of them tells.",
          "Half of the world reads them the other way.",
          "Write 2026-02-01.");
    }
  }

  private void keys() {
    boolean named =
        column.name().toLowerCase(Locale.ROOT).matches("id|.*[_ -]?(?:uuid|guid|key)|nr|no|number");
    long repeated = column.distinct().values().stream().filter(count -> count > 1).count();
    if (named && !column.distinctCut() && repeated > 0) {
      add(
          "key-repeated",
          Severity.HIGH,
          place(),
          "It looks like a key, and %s there more than once."
              .formatted(Words.count(repeated, "value is", "values are")),
          "A join over it multiplies rows.",
          "Find out which of the rows holds, or which column makes them different.");
    }
    if (column.forms().containsKey("0…")) {
      add(
          "leading-zeros",
          Severity.LOW,
          place(),
          "Values begin with zeros, such as in line %d.".formatted(column.lineOfForm("0…")),
          "Spreadsheets take them for numbers and drop the zeros.",
          "Import the column as text.");
    }
  }

  private void spellings() {
    if (column.type() != Value.Type.TEXT
        || column.distinct().size() > CATEGORIES_MAX
        || column.personal()) {
      return;
    }
    Map<String, List<String>> spellings = column.spellings();
    if (!spellings.isEmpty()) {
      List<String> first = spellings.values().iterator().next();
      add(
          "spelled-differently",
          Severity.MEDIUM,
          place(),
          "%s in different spellings, such as %s."
              .formatted(
                  Words.count(spellings.size(), "value is", "values are"),
                  Words.list(first.stream().map(one -> Words.code("'" + one + "'")).toList(), 4)),
          "Each spelling becomes a group of its own.",
          "Take blanks off, agree on one spelling.");
    }
  }

  private void outliers() {
    double[] sorted = column.sorted();
    if (!column.type().isNumber() || sorted.length < NUMBERS_MIN) {
      return;
    }
    double low = ColumnProfile.quantile(sorted, 0.25);
    double high = ColumnProfile.quantile(sorted, 0.75);
    double range = high - low;
    List<Integer> outside = column.linesOutside(low - FAR * range, high + FAR * range);
    if (range > 0 && !outside.isEmpty()) {
      add(
          "far-out",
          Severity.LOW,
          place(),
          "Values lie more than three quartile ranges outside the middle half (%s to %s): %s."
              .formatted(Numbers.text(low), Numbers.text(high), TableRules.lines(outside)),
          "A slipped decimal point or another unit moves every mean; or these are the rows that matter.",
          "Look at these lines first.");
    }
  }
}
