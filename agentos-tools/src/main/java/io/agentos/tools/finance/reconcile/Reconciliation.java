package io.agentos.tools.finance.reconcile;

import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import io.agentos.tools.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds a ledger against a statement, to the cent. */
public final class Reconciliation {
  private static final int FIELDS_MAX = 2_000;

  private final List<Entry> ledger;
  private final List<Entry> statement;
  private final Matching matching;
  private final boolean turned;
  private final Report report;

  private Reconciliation(
      List<Entry> ledger, List<Entry> statement, Matching matching, boolean turned, Report report) {
    this.ledger = ledger;
    this.statement = statement;
    this.matching = matching;
    this.turned = turned;
    this.report = report;
  }

  /**
   * Reconciles two tables.
   *
   * @param days how far apart two dates of one payment may be
   * @param dateFormat {@code dmy}, {@code mdy}, or empty to find out
   */
  public static ToolResult run(GivenText ours, GivenText theirs, int days, String dateFormat) {
    EntryReader left = new EntryReader(Table.of(named(ours, "ledger")), dateFormat);
    EntryReader right = new EntryReader(Table.of(named(theirs, "statement")), dateFormat);
    boolean turned = isTurned(left.entries(), right.entries());
    List<Entry> statement =
        turned ? right.entries().stream().map(Entry::turned).toList() : right.entries();
    Matching matching = Matching.of(left.entries(), statement, days);
    List<Finding> findings = new ArrayList<>(left.findings());
    findings.addAll(right.findings());
    findings.addAll(
        new Leftovers(matching, days, Leftovers.end(left.entries()), Leftovers.end(statement))
            .findings());
    Report report =
        new Report("Reconciliation: %s and %s".formatted(ours.name(), theirs.name()))
            .whenNone("**Everything matches**, to the cent.")
            .findings(findings);
    return new Reconciliation(left.entries(), statement, matching, turned, report).told(days);
  }

  /** The tables are told apart by name, also when both files have the same. */
  private static GivenText named(GivenText given, String side) {
    return new GivenText(side, given.text());
  }

  /** Whether more amounts fit with the signs of one side turned. */
  private static boolean isTurned(List<Entry> ledger, List<Entry> statement) {
    Map<String, Integer> amounts = new HashMap<>();
    ledger.forEach(entry -> amounts.merge(entry.amountKey(), 1, Integer::sum));
    long straight =
        statement.stream().filter(entry -> amounts.containsKey(entry.amountKey())).count();
    long turned =
        statement.stream().filter(entry -> amounts.containsKey(entry.turned().amountKey())).count();
    return turned > straight;
  }

  private ToolResult told(int days) {
    Map<Match.Kind, Integer> kinds = kinds();
    int differing = kinds.getOrDefault(Match.Kind.DIFFERS, 0);
    int matched = matching.matches().size() - differing;
    report.summary(
        "%s and %s: %s, %d with another amount, %d only in the ledger, %d only in the statement."
            .formatted(
                count(ledger.size(), "entry").replace("entrys", "entries") + " of the ledger",
                statement.size() + " of the statement",
                count(matched, "match").replace("matchs", "matches"),
                differing,
                matching.ledgerLeft().size(),
                matching.statementLeft().size()));
    Proof proof = Proof.of(ledger, statement, matching);
    report.first("Proof", proof.table()).field("totals", proof.fields());
    List<List<String>> rows = new ArrayList<>();
    Map<String, Integer> byKind = new LinkedHashMap<>();
    kinds.forEach((kind, number) -> {
      rows.add(List.of(kind.words(), Integer.toString(number)));
      byKind.put(kind.id(), number);
    });
    report
        .last("How it was matched", Markdown.table(List.of("Matched by", "Matches"), rows))
        .field("matches_by_kind", byKind);
    report.field(
        "matches",
        matching.matches().stream().limit(FIELDS_MAX).map(Reconciliation::fields).toList());
    if (turned) {
      report.note("The statement has the opposite signs; its amounts were turned before matching.");
    }
    report.note(
        "Dates of one payment may be %s apart; amounts must be the same to the cent."
            .formatted(Leftovers.daysWords(days)));
    return report
        .note(
            "Where several entries have the same amount and no reference, which belongs to which is chosen by date.")
        .note("Reasons for a difference are guesses from the figures; the documents decide.")
        .result();
  }

  private Map<Match.Kind, Integer> kinds() {
    Map<Match.Kind, Integer> kinds = new LinkedHashMap<>();
    for (Match.Kind kind : Match.Kind.values()) {
      kinds.put(
          kind, (int) matching.matches().stream().filter(match -> match.kind() == kind).count());
    }
    return kinds;
  }

  private static Map<String, Object> fields(Match match) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", match.kind().id());
    fields.put("ledger_lines", match.ledger().stream().map(Entry::line).toList());
    fields.put("statement_lines", match.statement().stream().map(Entry::line).toList());
    fields.put("difference", Entry.money(match.difference()));
    return fields;
  }
}
