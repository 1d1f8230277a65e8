package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a report as Markdown that also reads well in a terminal. One use, one thread. */
final class Markdown {
  private static final int TABLES_MAX = 60;
  private static final int FINDINGS_TO_SEARCH_MAX = 1_000;
  private static final int NOTE_LENGTH_MAX = 500;

  private final RlsReport report;
  private final List<String> notes;
  private final StringBuilder text = new StringBuilder();

  Markdown(RlsReport report, List<String> notes) {
    this.report = report;
    this.notes = notes;
  }

  String text() {
    line("# Row-level security audit");
    line("");
    summary();
    tables();
    findings();
    accepted();
    fine();
    bullets("Notes", notes);
    script();
    return text.toString();
  }

  private void summary() {
    Catalog catalog = report.catalog();
    int tables = (int) catalog.ownTables().count();
    if (tables == 0) {
      prose("There is no table here. Is it the right database, or the right file?", "");
      line("");
    }
    String found =
        report.total() == 0
            ? "nothing to repair"
            : Words.count(report.total(), "finding", "findings");
    prose(
        "%s in %s, %s."
            .formatted(
                Words.sentence(found),
                Words.count(tables, "table", "tables"),
                Words.count((int) catalog.allPolicies().count(), "policy", "policies")),
        "");
    line("");
    if (report.total() > 0) {
      line("| Severity | Findings |");
      line("|----------|---------:|");
      report
          .bySeverity()
          .forEach((severity, found2) ->
              line("| %-8s | %8d |".formatted(severity.title(), found2.size())));
      line("");
    }
  }

  private void tables() {
    List<TableLine> tables = report.tables();
    if (tables.isEmpty()) {
      return;
    }
    line("## Tables");
    line("");
    int width =
        Math.min(40, tables.stream().mapToInt(table -> table.name().length()).max().orElse(5));
    String row = "| %-" + width + "s | %-3s | %-6s | %8s | %s |";
    line(row.formatted("Table", "RLS", "Forced", "Policies", "Reached by"));
    line("|%s|-----|--------|---------:|------------|".formatted("-".repeat(width + 2)));
    for (TableLine table : tables.stream().limit(TABLES_MAX).toList()) {
      line(
          row.formatted(
              MarkdownText.cell(table.name()),
              table.rls() ? "on" : "off",
              table.forced() ? "yes" : "no",
              table.policies(),
              table.reachedBy().isEmpty()
                  ? "owner only"
                  : MarkdownText.cell(String.join(", ", table.reachedBy()))));
    }
    line("");
    if (tables.size() > TABLES_MAX) {
      line("… and %d more.".formatted(tables.size() - TABLES_MAX));
      line("");
    }
  }

  private void findings() {
    Map<Severity, List<Finding>> bySeverity =
        report.written().stream()
            .collect(groupingBy(Finding::severity, LinkedHashMap::new, Collectors.toList()));
    bySeverity.forEach((severity, found) -> {
      line("## %s".formatted(severity.title()));
      line("");
      found.stream()
          .collect(groupingBy(Finding::rule, LinkedHashMap::new, Collectors.toList()))
          .forEach(this::rule);
    });
    int more = report.total() - report.written().size();
    if (more > 0) {
      line("… and %d more findings.".formatted(more));
      line("");
    }
  }

  /** What it means is said once, however many objects have it. */
  private void rule(Rule rule, List<Finding> found) {
    line("### %s (`%s`)".formatted(rule.title(), rule.id()));
    line("");
    prose(rule.meaning(), "");
    line("");
    for (Finding finding : found) {
      line("- " + MarkdownText.code(finding.target().name()));
      prose(finding.explanation(), "  ");
    }
    line("");
    sql(found.stream().map(Finding::fixSql).collect(Collectors.joining("\n")));
  }

  private void accepted() {
    bullets(
        "Accepted on purpose",
        report.accepted().stream()
            .limit(RlsReport.FINDINGS_MAX)
            .map(finding -> "%s: %s".formatted(finding.target().name(), finding.rule().title()))
            .toList());
  }

  private void fine() {
    if (report.tables().isEmpty()) {
      return;
    }
    Set<Rule> found = EnumSet.noneOf(Rule.class);
    report.open().forEach(finding -> found.add(finding.rule()));
    report.accepted().forEach(finding -> found.add(finding.rule()));
    if (!report.catalog().supabase()) {
      found.addAll(EnumSet.of(Rule.POLICY_TO_PUBLIC, Rule.POLICY_USER_METADATA));
    }
    List<String> fine = new ArrayList<>(tablesWithoutFinding());
    Arrays.stream(Rule.values())
        .filter(rule -> !found.contains(rule))
        .map(Rule::fine)
        .forEach(fine::add);
    bullets("What is fine", fine);
  }

  private List<String> tablesWithoutFinding() {
    if (report.total() > FINDINGS_TO_SEARCH_MAX) {
      return List.of();
    }
    List<String> names =
        report.tables().stream()
            .map(TableLine::name)
            .filter(name ->
                report.open().stream().noneMatch(finding -> finding.target().name().contains(name)))
            .limit(TABLES_MAX)
            .toList();
    return names.isEmpty()
        ? List.of()
        : List.of("Tables without a finding: " + Words.list(names) + ".");
  }

  private void script() {
    if (report.written().isEmpty()) {
      return;
    }
    line("## All repairs");
    line("");
    prose(
        "Read them, try them on a copy of your database, then run them in one piece. What is on"
            + " purpose can stay: write rls-ok and the name of the rule into the comment of the"
            + " object, and the audit lists it as accepted.",
        "");
    line("");
    sql("BEGIN;\n\n" + report.fixSql() + "\n\nCOMMIT;");
  }

  private void bullets(String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    line("## " + title);
    line("");
    for (String item : items) {
      String bounded =
          item.length() > NOTE_LENGTH_MAX ? item.substring(0, NOTE_LENGTH_MAX) + "…" : item;
      text.append(MarkdownText.wrapped("- " + bounded, "  ").substring(2)).append('\n');
    }
    line("");
  }

  private void prose(String words, String indent) {
    line(MarkdownText.wrapped(words, indent));
  }

  private void sql(String sql) {
    String fence = MarkdownText.fence(sql);
    line(fence + "sql");
    line(MarkdownText.printable(sql));
    line(fence);
    line("");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
