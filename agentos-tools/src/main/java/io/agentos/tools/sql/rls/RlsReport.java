package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an audit found. Immutable. */
public final class RlsReport {
  /** The most findings that are written out; all are counted. */
  static final int FINDINGS_MAX = 300;

  /** The longest Markdown text. */
  static final int TEXT_LENGTH_MAX = 400_000;

  /** The longest repair that is written out. */
  static final int FIX_LENGTH_MAX = 20_000;

  private final Catalog catalog;
  private final List<Finding> open;
  private final List<Finding> accepted;

  RlsReport(Catalog catalog, List<Finding> findings) {
    this.catalog = catalog;
    this.open =
        findings.stream().filter(finding -> !finding.accepted()).map(RlsReport::bounded).toList();
    this.accepted = findings.stream().filter(Finding::accepted).toList();
  }

  /** How many findings are open. */
  public int total() {
    return open.size();
  }

  /**
   * For a person in a terminal.
   *
   * @param notes what else to say, such as what was left out on the way
   */
  public String markdown(List<String> notes) {
    for (int shown = Math.min(open.size(), FINDINGS_MAX); ; shown /= 2) {
      String text = new Markdown(this, allNotes(notes), shown).text();
      if (text.length() <= TEXT_LENGTH_MAX || shown == 0) {
        return text.substring(0, Math.min(text.length(), TEXT_LENGTH_MAX));
      }
    }
  }

  /** The same as JSON values: total, by_severity, findings, accepted, tables and notes. */
  public Map<String, Object> fields(List<String> notes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("total", open.size());
    Map<String, Object> bySeverity = new LinkedHashMap<>();
    bySeverity().forEach((severity, found) -> bySeverity.put(severity.id(), found.size()));
    fields.put("by_severity", bySeverity);
    fields.put("findings", open.stream().limit(FINDINGS_MAX).map(RlsReport::field).toList());
    fields.put("accepted", accepted.stream().limit(FINDINGS_MAX).map(RlsReport::field).toList());
    fields.put("tables", tables().stream().map(TableLine::fields).toList());
    fields.put("notes", allNotes(notes));
    return fields;
  }

  /** The statements of all repairs, in the order in which they must run. */
  public String fixSql() {
    return Repair.script(open.stream().limit(FINDINGS_MAX).toList());
  }

  Catalog catalog() {
    return catalog;
  }

  List<Finding> open() {
    return open;
  }

  List<Finding> accepted() {
    return accepted;
  }

  /** All severities, worst first. */
  Map<Severity, List<Finding>> bySeverity() {
    Map<Severity, List<Finding>> found = new EnumMap<>(Severity.class);
    Arrays.stream(Severity.values()).forEach(severity -> found.put(severity, List.of()));
    found.putAll(open.stream().collect(groupingBy(Finding::severity)));
    return found;
  }

  /** The tables of the user, by name. */
  List<TableLine> tables() {
    return TableLine.of(catalog);
  }

  private List<String> allNotes(List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(Notes.of(catalog));
    if (open.size() > FINDINGS_MAX) {
      all.add(
          "%d findings are counted; the worst %d are written out. Repair them and run the audit"
                  .formatted(open.size(), FINDINGS_MAX)
              + " again.");
    }
    return List.copyOf(all);
  }

  private static Finding bounded(Finding finding) {
    if (finding.fixSql().length() <= FIX_LENGTH_MAX) {
      return finding;
    }
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.target(),
        finding.explanation(),
        "-- The repair is longer than %d characters; rewrite the policy in smaller parts."
            .formatted(FIX_LENGTH_MAX));
  }

  private static Map<String, Object> field(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", finding.rule().id());
    fields.put("severity", finding.severity().id());
    fields.put("object", finding.target().name());
    fields.put("title", finding.rule().title());
    fields.put("explanation", finding.explanation());
    fields.put("fix_sql", finding.fixSql());
    return fields;
  }
}
