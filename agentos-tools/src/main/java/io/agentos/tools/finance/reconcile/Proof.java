package io.agentos.tools.finance.reconcile;

import io.agentos.tools.report.Markdown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** For each currency both totals, and their difference taken apart until nothing is left. */
record Proof(List<Line> lines) {
  private static final int COLUMNS_MAX = 5;

  /**
   * One currency.
   *
   * @param otherAmounts what the ledger has more where one reference has two amounts
   */
  record Line(
      String currency,
      BigDecimal ledger,
      BigDecimal statement,
      BigDecimal otherAmounts,
      BigDecimal onlyLedger,
      BigDecimal onlyStatement) {

    BigDecimal difference() {
      return ledger.subtract(statement);
    }

    /** What is left of the difference; 0 unless there is a defect. */
    BigDecimal unexplained() {
      return difference().subtract(otherAmounts).subtract(onlyLedger).add(onlyStatement);
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("currency", currency);
      fields.put("ledger_total", Entry.money(ledger));
      fields.put("statement_total", Entry.money(statement));
      fields.put("difference", Entry.money(difference()));
      fields.put("other_amounts", Entry.money(otherAmounts));
      fields.put("only_in_ledger", Entry.money(onlyLedger));
      fields.put("only_in_statement", Entry.money(onlyStatement));
      fields.put("unexplained", Entry.money(unexplained()));
      return fields;
    }
  }

  static Proof of(List<Entry> ledger, List<Entry> statement, Matching matching) {
    TreeSet<String> currencies = new TreeSet<>();
    ledger.forEach(entry -> currencies.add(entry.currency()));
    statement.forEach(entry -> currencies.add(entry.currency()));
    List<Line> lines = new ArrayList<>();
    for (String currency : currencies) {
      BigDecimal differing =
          matching.matches().stream()
              .filter(match -> match.kind() == Match.Kind.DIFFERS)
              .filter(match -> match.ledger().getFirst().currency().equals(currency))
              .map(Match::difference)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      lines.add(
          new Line(
              currency,
              sum(ledger, currency),
              sum(statement, currency),
              differing,
              sum(matching.ledgerLeft(), currency),
              sum(matching.statementLeft(), currency)));
    }
    return new Proof(lines);
  }

  private static BigDecimal sum(List<Entry> entries, String currency) {
    return Match.sum(entries.stream().filter(entry -> entry.currency().equals(currency)).toList());
  }

  /** A column for each currency; below one another what the difference is made of. */
  String table() {
    StringBuilder tables = new StringBuilder();
    for (int from = 0; from < lines.size(); from += COLUMNS_MAX) {
      tables.append(table(lines.subList(from, Math.min(lines.size(), from + COLUMNS_MAX))));
      tables.append('\n');
    }
    return tables + Markdown.paragraph("What is unexplained must be 0.00 in each currency.");
  }

  private static String table(List<Line> columns) {
    List<String> titles = new ArrayList<>(List.of("Amount"));
    columns.forEach(line ->
        titles.add(line.currency().isEmpty() ? "No currency" : Markdown.cell(line.currency())));
    return Markdown.table(
        titles,
        List.of(
            row("Total of the ledger", columns, Line::ledger),
            row("Total of the statement", columns, Line::statement),
            row("Difference", columns, Line::difference),
            row("of it: other amounts", columns, Line::otherAmounts),
            row("of it: only in the ledger", columns, Line::onlyLedger),
            row("of it: only in the statement", columns, line -> line.onlyStatement().negate()),
            row("Unexplained", columns, Line::unexplained)));
  }

  private static List<String> row(
      String title, List<Line> columns, Function<Line, BigDecimal> amount) {
    List<String> cells = new ArrayList<>(List.of(title));
    columns.forEach(line -> cells.add(Entry.money(amount.apply(line))));
    return cells;
  }

  List<Map<String, Object>> fields() {
    return lines.stream().map(Line::fields).toList();
  }
}
