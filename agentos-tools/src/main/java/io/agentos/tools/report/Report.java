package io.agentos.tools.report;

import static io.agentos.tools.report.Markdown.count;
import static java.util.stream.Collectors.groupingBy;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found, as a page for people and as fields for programs: the summary on top, then the
 * findings, worst first. A builder for one thread.
 */
public final class Report {
  /** The most findings that are written out; all are counted. */
  public static final int FINDINGS_MAX = 300;

  private static final int SECTION_LENGTH_MAX = 100_000;
  private static final int TITLE_LENGTH_MAX = 98;
  private static final int SENTENCE_LENGTH_MAX = 900;

  private record Section(String title, String text, boolean first) {}

  private final String title;
  private final List<String> summary = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final Set<String> explained = new HashSet<>();
  private String none = "No findings.";

  public Report(String title) {
    this.title = title;
  }

  /** Adds a sentence to the summary. */
  public Report summary(String sentence) {
    summary.add(sentence);
    return this;
  }

  /** What is said in place of the counts when there is no finding. */
  public Report whenNone(String sentence) {
    none = sentence;
    return this;
  }

  /** Adds a section above the findings. */
  public Report first(String sectionTitle, String text) {
    sections.add(new Section(sectionTitle, text, true));
    return this;
  }

  /** Adds a section below the findings. */
  public Report last(String sectionTitle, String text) {
    sections.add(new Section(sectionTitle, text, false));
    return this;
  }

  /** Adds findings; those of one severity keep the order of their rules' first finding. */
  public Report findings(List<Finding> more) {
    findings.addAll(more);
    return this;
  }

  /** Says what was not looked at, or what a figure rests on. */
  public Report note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return this;
  }

  /** Adds a field for programs. */
  public Report field(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** The page and the fields. */
  public ToolResult result() {
    List<Finding> ordered = ordered();
    List<Finding> written = ordered.subList(0, Math.min(FINDINGS_MAX, ordered.size()));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("total", ordered.size());
    Map<String, Object> bySeverity = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity.id(), countOf(severity));
    }
    all.put("by_severity", bySeverity);
    all.putAll(fields);
    all.put("findings", written.stream().map(Report::fields).toList());
    all.put("notes", List.copyOf(notes));
    return new ToolResult(page(written), all, false);
  }

  private long countOf(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private List<Finding> ordered() {
    Map<String, Integer> ruleOrder = new LinkedHashMap<>();
    findings.forEach(finding -> ruleOrder.putIfAbsent(finding.rule().id(), ruleOrder.size()));
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::severity)
                .thenComparingInt(finding -> ruleOrder.getOrDefault(finding.rule().id(), 0))
                .thenComparing(finding -> finding.place().source())
                .thenComparingInt(finding -> finding.place().line()))
        .toList();
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("rule", finding.rule().id());
    one.put("severity", finding.severity().id());
    one.put("title", finding.rule().title());
    one.put("reference", finding.rule().reference());
    one.put("source", Printable.name(finding.place().source()));
    one.put("line", finding.place().line());
    one.put("target", Printable.name(finding.place().target()));
    one.put("message", sentence(finding.what()));
    one.put("fix", sentence(finding.fix()));
    return one;
  }

  private String page(List<Finding> written) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(Printable.line(title, TITLE_LENGTH_MAX)).append("\n\n");
    page.append(counts()).append('\n');
    summary.forEach(sentence -> page.append(Markdown.paragraph(sentence)));
    sections.stream().filter(Section::first).forEach(section -> append(page, section));
    for (Severity severity : Severity.values()) {
      append(page, severity, written);
    }
    if (findings.size() > written.size()) {
      page.append(
          "\n… and %s. Mend the worst and run it again.\n"
              .formatted(count(findings.size() - written.size(), "more finding")));
    }
    sections.stream().filter(section -> !section.first()).forEach(section -> append(page, section));
    if (!notes.isEmpty()) {
      page.append("\n## Not checked, and assumed\n\n");
      notes.forEach(note -> page.append(Markdown.item(sentence(note))));
    }
    return page.length() <= ToolResult.TEXT_LENGTH_MAX
        ? page.toString()
        : page.substring(0, ToolResult.TEXT_LENGTH_MAX - 1) + "…";
  }

  private String counts() {
    if (findings.isEmpty()) {
      return none;
    }
    return "**%s: %d high, %d medium, %d low.**"
        .formatted(
            count(findings.size(), "finding"),
            countOf(Severity.HIGH),
            countOf(Severity.MEDIUM),
            countOf(Severity.LOW));
  }

  private static void append(StringBuilder page, Section section) {
    String text = section.text();
    page.append("\n## ").append(section.title()).append("\n\n");
    page.append(
        text.length() <= SECTION_LENGTH_MAX ? text : text.substring(0, SECTION_LENGTH_MAX) + "…");
    if (!text.endsWith("\n")) {
      page.append('\n');
    }
  }

  private void append(StringBuilder page, Severity severity, List<Finding> written) {
    Map<Rule, List<Finding>> byRule =
        written.stream()
            .filter(finding -> finding.severity() == severity)
            .collect(groupingBy(Finding::rule, LinkedHashMap::new, Collectors.toList()));
    if (!byRule.isEmpty()) {
      page.append("\n## ").append(severity.title()).append('\n');
    }
    byRule.forEach((rule, same) -> {
      page.append("\n### %s (`%s`)\n\n".formatted(rule.title(), rule.id()));
      if (explained.add(rule.id())) {
        page.append(Markdown.paragraph(why(rule))).append('\n');
      }
      append(page, same);
    });
  }

  /** Findings of one rule; a remedy that is the same for all is given once. */
  private static void append(StringBuilder page, List<Finding> same) {
    String fix = same.getFirst().fix();
    boolean once =
        same.size() > 1
            && !fix.isEmpty()
            && same.stream().allMatch(finding -> finding.fix().equals(fix));
    for (int i = 0; i < same.size(); i++) {
      Finding finding = same.get(i);
      String number = "%d. ".formatted(i + 1);
      String indent = " ".repeat(number.length());
      String place = finding.place().markdown() + ": ";
      page.append(WrappedText.of(place + sentence(finding.what()), number, indent)).append('\n');
      if (!once && !finding.fix().isEmpty()) {
        page.append(WrappedText.of("**Fix:** " + sentence(finding.fix()), indent, indent));
        page.append('\n');
      }
    }
    if (once) {
      page.append('\n').append(Markdown.paragraph("**Fix:** " + sentence(fix)));
    }
  }

  private static String why(Rule rule) {
    return rule.reference().isEmpty() ? rule.why() : rule.why() + " (" + rule.reference() + ")";
  }

  private static String sentence(String text) {
    return Printable.line(text, SENTENCE_LENGTH_MAX);
  }
}
