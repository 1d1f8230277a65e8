package io.agentos.tools.finance.reconcile;

import io.agentos.tools.report.Markdown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** For each currency both totals, and their difference taken apart until nothing is left. */
record Proof(List<Line> lines) {

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

  String table() {
    StringBuilder table =
        new StringBuilder(
            Markdown.tableHead(
                "Currency",
                "Ledger",
                "Statement",
                "Difference",
                "Other amounts",
                "Only in ledger",
                "Only in statement",
                "Unexplained"));
    for (Line line : lines) {
      List<String> cells = new ArrayList<>();
      line.fields().values().forEach(value -> cells.add(Markdown.cell(String.valueOf(value))));
      cells.set(0, line.currency().isEmpty() ? "–" : cells.getFirst());
      table.append(Markdown.row(cells.toArray(String[]::new)));
    }
    return table
        + "\nDifference = other amounts + only in ledger − only in statement + unexplained, which must"
        + " be 0.00.\n";
  }

  List<Map<String, Object>> fields() {
    return lines.stream().map(Line::fields).toList();
  }
}
