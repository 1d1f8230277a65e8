package io.agentos.tools.findings;

import static java.util.stream.Collectors.groupingBy;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of findings while it is put together: a title, a summary, tables, the findings with the
 * heaviest first, notes; and the same as fields. All of it is bounded. One use, one thread.
 */
public final class Report {
  /** The most findings that are written out; all are counted. */
  public static final int FINDINGS_MAX = 300;

  /** The most rows of a table that are written out. */
  public static final int ROWS_MAX = 100;

  private static final int TEXT_LENGTH_MAX = 300_000;
  private static final int TITLE_LENGTH_MAX = 100;
  private static final int NOTES_MAX = 50;
  private static final Pattern STATEMENT = Pattern.compile(";(?: +--.*)?$");

  private final String title;
  private final List<String> summary = new ArrayList<>();
  private final StringBuilder sections = new StringBuilder();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  public Report(String title) {
    this.title = Printable.line(title, TITLE_LENGTH_MAX);
  }

  /** Adds a sentence or two to what stands on top. */
  public Report summary(String sentence) {
    summary.add(sentence);
    return this;
  }

  public Report findings(Collection<Finding> more) {
    findings.addAll(more);
    return this;
  }

  /** Adds what else a reader has to know, such as what was not looked at. */
  public Report note(String note) {
    notes.add(note);
    return this;
  }

  /** Adds a value for programs. */
  public Report field(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a section of ready Markdown, before the findings. */
  public Report section(String heading, String markdown) {
    sections.append("\n## ").append(heading).append("\n\n").append(markdown.stripTrailing());
    sections.append('\n');
    return this;
  }

  /**
   * Adds a section with a table, before the findings; nothing when it has no rows. What would make
   * its lines too wide for a terminal is cut from the widest column.
   */
  public Report table(String heading, List<String> titles, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return this;
    }
    List<List<String>> shown = rows.subList(0, Math.min(ROWS_MAX, rows.size()));
    String table = AlignedTable.of(titles, shown, Prose.WIDTH);
    return section(
        heading,
        rows.size() <= ROWS_MAX
            ? table
            : "%s\n… and %s more.\n".formatted(table, Printable.number(rows.size() - ROWS_MAX)));
  }

  /**
   * A table for a section, with its columns below each other, as wide as its cells make it.
   *
   * @param rows each with as many cells as there are titles; as many as the caller bounds them to
   */
  public static String markdownTable(List<String> titles, List<List<String>> rows) {
    return AlignedTable.of(titles, rows, Integer.MAX_VALUE);
  }

  /** A paragraph for a section, broken into lines that fit a terminal. */
  public static String paragraph(String text) {
    return Prose.paragraph(text);
  }

  /** An item of a list for a section, broken into lines that fit a terminal. */
  public static String item(String text) {
    return Prose.item(text);
  }

  /** The page and its fields. */
  public ToolResult result() {
    List<Finding> ordered = findings.stream().distinct().sorted(Finding.ORDER).toList();
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    text.append(countLine(ordered)).append('\n');
    summary.forEach(line -> text.append(Prose.paragraph(line)));
    text.append(sections);
    List<Finding> written = write(text, ordered);
    if (ordered.size() > written.size()) {
      notes.add(
          "%s are counted, and the heaviest %s written out. Mend those and run the check again."
              .formatted(Words.count(ordered.size(), "finding"), Printable.number(written.size())));
    }
    if (!notes.isEmpty()) {
      text.append("\n## Notes\n\n");
      notes.stream().limit(NOTES_MAX).forEach(note -> text.append(Prose.item(note)));
    }
    return new ToolResult(text.toString(), allFields(ordered, written), false);
  }

  private static String countLine(List<Finding> ordered) {
    if (ordered.isEmpty()) {
      return "No findings.";
    }
    Map<Severity, Long> counts =
        ordered.stream().collect(groupingBy(Finding::severity, Collectors.counting()));
    List<String> parts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = counts.getOrDefault(severity, 0L);
      if (count > 0) {
        parts.add(Printable.number(count) + " " + severity.id());
      }
    }
    return "%s: %s.".formatted(Words.count(ordered.size(), "finding"), String.join(", ", parts));
  }

  private static List<Finding> write(StringBuilder text, List<Finding> ordered) {
    List<Finding> written = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      Map<String, List<Finding>> rules =
          ordered.stream()
              .filter(finding -> finding.severity() == severity)
              .collect(groupingBy(Finding::rule, LinkedHashMap::new, Collectors.toList()));
      String heading = "\n## " + severity.title() + "\n";
      for (Map.Entry<String, List<Finding>> rule : rules.entrySet()) {
        int room = FINDINGS_MAX - written.size();
        if (room == 0 || text.length() > TEXT_LENGTH_MAX) {
          return written;
        }
        text.append(heading).append("\n### ").append(rule.getKey()).append('\n');
        heading = "";
        List<Finding> shown = rule.getValue().stream().limit(room).toList();
        shown.stream()
            .collect(groupingBy(Report::advice, LinkedHashMap::new, Collectors.toList()))
            .values()
            .forEach(same -> same(text, same));
        written.addAll(shown);
      }
    }
    return written;
  }

  private static String advice(Finding finding) {
    return finding.why() + "\0" + finding.fix();
  }

  /** Findings of one rule with the same advice: it is given once. */
  private static void same(StringBuilder text, List<Finding> findings) {
    text.append('\n');
    for (Finding finding : findings) {
      text.append(Prose.item(Words.code(finding.place().text()) + ": " + finding.what()));
    }
    Finding first = findings.getFirst();
    text.append('\n').append(Prose.paragraph("**Why:** " + first.why())).append('\n');
    if (first.fix().indexOf('\n') < 0 && !STATEMENT.matcher(first.fix()).find()) {
      text.append(Prose.paragraph("**Fix:** " + first.fix()));
      return;
    }
    String fence = first.fix().contains("```") ? "````" : "```";
    text.append("**Fix:**\n\n").append(fence).append('\n').append(first.fix().stripTrailing());
    text.append('\n').append(fence).append('\n');
  }

  private Map<String, @Nullable Object> allFields(List<Finding> ordered, List<Finding> written) {
    Map<String, Object> bySeverity = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(
          severity.id(), (int) ordered.stream().filter(one -> one.severity() == severity).count());
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("total", ordered.size());
    all.put("by_severity", bySeverity);
    all.put("findings", written.stream().map(Finding::fields).toList());
    all.putAll(fields);
    all.put("notes", notes.stream().limit(NOTES_MAX).toList());
    return all;
  }
}
