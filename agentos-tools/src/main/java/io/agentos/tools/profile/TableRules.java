package io.agentos.tools.profile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a table before anyone counts on it. */
final class TableRules {
  private final Table table;
  private final String file;
  private final List<Finding> found = new ArrayList<>();

  private TableRules(Table table, String file) {
    this.table = table;
    this.file = file;
  }

  static List<Finding> findings(Table table, String file) {
    TableRules rules = new TableRules(table, file);
    rules.shape();
    rules.names();
    table
        .columns()
        .forEach(column -> rules.found.addAll(ColumnRules.findings(column, table.profiled())));
    return rules.found;
  }

  private void add(
      String rule, Severity severity, Place place, String what, String why, String fix) {
    found.add(new Finding(rule, severity, place, what, why, fix));
  }

  private Place line(int line) {
    return new Place(file, line);
  }

  static String lines(List<Integer> lines) {
    return (lines.size() == 1 ? "line " : "lines ")
        + Words.list(lines.stream().map(String::valueOf).toList(), 5);
  }

  private void shape() {
    if (table.raggedCount() > 0) {
      int first = table.ragged().keySet().iterator().next();
      add(
          "cells-differ",
          Severity.HIGH,
          line(first),
          "%s with another number of cells than the %d of the first line: %s; line %d has %d."
              .formatted(
                  Words.count(table.raggedCount(), "row"),
                  table.columns().size(),
                  lines(List.copyOf(table.ragged().keySet())),
                  first,
                  table.ragged().getOrDefault(first, 0)),
          "Values stand in the wrong column, or are lost, and nothing complains.",
          "Put texts that hold the separator into quotes where the table is written.");
    }
    if (!table.badQuotes().isEmpty()) {
      add(
          "quotes-wrong",
          Severity.MEDIUM,
          line(table.badQuotes().getFirst()),
          "Quotes are not as RFC 4180 wants them in %s.".formatted(lines(table.badQuotes())),
          "Programs read these rows differently.",
          "Put the whole cell into quotes, and double each quote in it.");
    }
    rows();
  }

  private void rows() {
    if (table.repeatedCount() > 0) {
      Map.Entry<Integer, Integer> first = table.repeated().entrySet().iterator().next();
      add(
          "row-repeated",
          Severity.MEDIUM,
          line(first.getKey()),
          "%s there already, such as line %d, which is line %d again."
              .formatted(
                  Words.count(table.repeatedCount(), "row is", "rows are"),
                  first.getKey(),
                  first.getValue()),
          "Sums and counts come out too high.",
          "Find out whether the export ran twice or something is missing that tells the rows apart.");
    }
    if (table.rows() == 0) {
      add(
          "no-rows",
          Severity.HIGH,
          line(1),
          "There is a first line and nothing below it.",
          "There is nothing to count.",
          "Look whether the export was cut off.");
    }
  }

  private void names() {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i).name();
      if (name.isEmpty()) {
        add(
            "name-missing",
            Severity.MEDIUM,
            line(1),
            "Column %d has no name.".formatted(i + 1),
            "It can be called by its place only, which moves.",
            "Give it a name.");
      } else if (seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i) != null) {
        add(
            "name-twice",
            Severity.HIGH,
            line(1),
            "The name %s is there twice.".formatted(Words.code(name)),
            "Most programs take the last of them, silently.",
            "Give each column a name of its own.");
      }
    }
    boolean data =
        table.columns().size() > 1
            && table.columns().stream()
                        .filter(one -> Value.of(one.name()).type().isNumber())
                        .count()
                    * 2
                >= table.columns().size();
    if (data) {
      add(
          "first-line-no-names",
          Severity.HIGH,
          line(1),
          "The first line holds numbers, not names.",
          "The first row is taken for names, and is missing in every sum.",
          "Add a line with names.");
    }
  }
}
