package io.agentos.tools.finance.reconcile;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be said about entries that differ or are left. Owned by one thread. */
final class Leftovers {
  private static final int SEARCHED_MAX = 300;
  private static final String NEXT = "Look for it in the next table.";

  private final Matching matching;
  private final int days;
  private final LocalDate ledgerEnds;
  private final LocalDate statementEnds;
  private final Map<String, Entry> matchedLedger = new HashMap<>();
  private final Map<String, Entry> matchedStatement = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  Leftovers(Matching matching, int days, LocalDate ledgerEnds, LocalDate statementEnds) {
    this.matching = matching;
    this.days = days;
    this.ledgerEnds = ledgerEnds;
    this.statementEnds = statementEnds;
    for (Match match : matching.matches()) {
      match.ledger().forEach(entry -> matchedLedger.putIfAbsent(like(entry), entry));
      match.statement().forEach(entry -> matchedStatement.putIfAbsent(like(entry), entry));
    }
  }

  private static String like(Entry entry) {
    return "%s %s %s"
        .formatted(
            entry.reference(),
            entry.amountKey(),
            entry.reference().isEmpty() ? entry.text() + entry.date() : "");
  }

  List<Finding> findings() {
    for (Match match : matching.matches()) {
      if (match.kind() == Match.Kind.DIFFERS) {
        differs(match.ledger().getFirst(), match.statement().getFirst());
      }
    }
    for (Entry entry : matching.statementLeft()) {
      boolean late =
          !entry.date().isBefore(ledgerEnds.minusDays(days)) && entry.date().isAfter(ledgerEnds);
      left(
          entry,
          matchedStatement,
          ReconcileRules.NOT_IN_LEDGER,
          Severity.HIGH,
          late,
          "Book it, or ask what it is for.");
    }
    for (Entry entry : matching.ledgerLeft()) {
      boolean late = entry.date().isAfter(statementEnds.minusDays(days));
      left(
          entry,
          matchedLedger,
          ReconcileRules.NOT_IN_STATEMENT,
          Severity.MEDIUM,
          late,
          "Ask whether it was paid; reverse the entry if not.");
    }
    splits();
    return findings;
  }

  private void differs(Entry ledger, Entry statement) {
    add(
        ReconcileRules.DIFFERS,
        Severity.HIGH,
        ledger,
        "%s in the ledger, %s in %s: %s. %s"
            .formatted(
                ledger.shown(),
                statement.shown(),
                code(statement.source() + ":" + statement.line()),
                apart(ledger.amount(), statement.amount()),
                Explanations.ofDifference(ledger.amount(), statement.amount())),
        "Look at the document of %s and correct the side that is wrong."
            .formatted(code(ledger.reference())));
  }

  private static String apart(BigDecimal ledger, BigDecimal statement) {
    String apart = Entry.money(ledger.subtract(statement).abs());
    if (ledger.signum() * statement.signum() < 0) {
      return apart + " apart";
    }
    return apart + (statement.abs().compareTo(ledger.abs()) < 0 ? " less" : " more");
  }

  private void left(
      Entry entry,
      Map<String, Entry> matched,
      Rule rule,
      Severity severity,
      boolean late,
      String fix) {
    Optional<Entry> twin = Optional.ofNullable(matched.get(like(entry)));
    if (twin.isPresent()) {
      add(
          ReconcileRules.TWICE,
          Severity.HIGH,
          entry,
          "%s of %s stands in line %d too, and that one is matched."
              .formatted(entry.shown(), entry.date(), twin.get().line()),
          "Take one of the two back, or have the money returned.");
    } else if (late) {
      add(
          ReconcileRules.IN_TRANSIT,
          Severity.LOW,
          entry,
          "%s of %s.".formatted(entry.shown(), entry.date()),
          NEXT);
    } else {
      add(
          rule,
          severity,
          entry,
          "%s of %s%s."
              .formatted(
                  entry.shown(),
                  entry.date(),
                  entry.text().isEmpty() ? "" : ", " + code(entry.text())),
          fix);
    }
  }

  private void splits() {
    splits(matching.statementLeft(), matching.ledgerLeft());
    splits(matching.ledgerLeft(), matching.statementLeft());
  }

  private void splits(List<Entry> wholes, List<Entry> parts) {
    for (Entry whole : wholes.subList(0, Math.min(SEARCHED_MAX, wholes.size()))) {
      Optional<List<Entry>> sum = Explanations.sum(whole, parts, days);
      sum.ifPresent(found ->
          add(
              ReconcileRules.SPLIT,
              Severity.LOW,
              whole,
              "%s is %s."
                  .formatted(
                      whole.shown(),
                      String.join(
                          " + ",
                          found.stream()
                              .map(one ->
                                  "%s (%s)"
                                      .formatted(
                                          Entry.money(one.amount()),
                                          code(one.source() + ":" + one.line())))
                              .toList())),
              "If it is so, give them one reference and run it again."));
    }
  }

  private void add(Rule rule, Severity severity, Entry entry, String what, String fix) {
    Place place = new Place(entry.source(), entry.line(), entry.reference());
    findings.add(new Finding(rule, severity, place, what, fix));
  }

  /** The last date of a side. */
  static LocalDate end(List<Entry> entries) {
    return entries.stream().map(Entry::date).max(LocalDate::compareTo).orElseThrow();
  }

  /** Such as {@code 2 days}. */
  static String daysWords(int days) {
    return Markdown.count(days, "day");
  }
}
