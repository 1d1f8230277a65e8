package io.agentos.tools.sql.rls;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an audit found. Immutable. */
public final class RlsReport {
  /** The most findings that are written out; all are counted. */
  static final int FINDINGS_MAX = 300;

  /** How many characters explanations and repairs may have together to be written out. */
  static final int WRITTEN_LENGTH_MAX = 250_000;

  /** The longest repair that is written out. */
  static final int FIX_LENGTH_MAX = 20_000;

  private final Catalog catalog;
  private final List<Finding> open;
  private final List<Finding> written;
  private final List<Finding> accepted;

  RlsReport(Catalog catalog, List<Finding> findings) {
    this.catalog = catalog;
    this.open =
        findings.stream().filter(finding -> !finding.accepted()).map(RlsReport::bounded).toList();
    this.written = written(open);
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
    return new Markdown(this, allNotes(notes)).text();
  }

  /** The same as JSON values: total, by_severity, findings, accepted, tables and notes. */
  public Map<String, @Nullable Object> fields(List<String> notes) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("total", open.size());
    Map<String, Object> bySeverity = new LinkedHashMap<>();
    bySeverity().forEach((severity, found) -> bySeverity.put(severity.id(), found.size()));
    fields.put("by_severity", bySeverity);
    fields.put("findings", written.stream().map(RlsReport::field).toList());
    fields.put("accepted", accepted.stream().limit(FINDINGS_MAX).map(RlsReport::field).toList());
    fields.put("tables", tables().stream().map(TableLine::fields).toList());
    fields.put("notes", allNotes(notes));
    return fields;
  }

  /** The statements of all repairs, in the order in which they must run. */
  public String fixSql() {
    return Repair.script(written);
  }

  Catalog catalog() {
    return catalog;
  }

  List<Finding> open() {
    return open;
  }

  /** The findings that are written out, worst first. */
  List<Finding> written() {
    return written;
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
    if (open.size() > written.size()) {
      all.add(
          "%d findings are counted; the worst %d are written out. Repair them and run the audit"
                  .formatted(open.size(), written.size())
              + " again.");
    }
    return List.copyOf(all);
  }

  private static List<Finding> written(List<Finding> open) {
    List<Finding> written = new ArrayList<>();
    int length = 0;
    for (Finding finding : open) {
      length += finding.explanation().length() + finding.fixSql().length();
      if (written.size() == FINDINGS_MAX || length > WRITTEN_LENGTH_MAX) {
        break;
      }
      written.add(finding);
    }
    return List.copyOf(written);
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
