package io.agentos.tools.logs;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool {@code logs.triage}. */
final class LogTriage implements TextTool.Work {
  private static final GivenText.Kind LOG =
      new GivenText.Kind(
          "the log",
          List.of(".log", ".txt", ".out", ".err", ".json", ".jsonl", ".ndjson"),
          32 * 1024 * 1024);
  private static final int GROUPS_SHOWN = 40;
  private static final int GROUPS_IN_FIELDS_MAX = 300;

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "logs.triage",
        "Sorts a log into what happens in it: groups entries by pattern and stack trace, with count,"
            + " first and last time and bursts, finds silences and restarts, and says what the worst"
            + " groups mean. Reads logs of most programs, access logs and JSON lines. Values such as"
            + " names and numbers are masked.",
        InputSchema.empty()
            .text(
                "log", "The log, or a file that ends in .log, .txt, .out or .jsonl", LOG.bytesMax())
            .required("log"),
        Duration.ofMinutes(3));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText given = texts.read(arguments.text("log"), LOG);
    Triage triage = new Triage();
    int lines = LogReader.read(given.text(), triage::add);
    Report report = new Report("Log triage" + (given.name().isEmpty() ? "" : ": " + given.name()));
    report.summary(summary(triage, lines));
    List<LogGroup> groups = triage.groups();
    report.table(
        "What happens, the worst first",
        List.of("Level", "Count", "Pattern", "First", "Last", "Most in a minute"),
        groups.stream().limit(GROUPS_SHOWN).map(LogTriage::row).toList());
    report.findings(LogFindings.of(triage));
    fields(report, triage, lines, groups);
    if (groups.size() > GROUPS_SHOWN) {
      report.note(
          "%s in all; the table has the first %d."
              .formatted(Words.count(groups.size(), "pattern"), GROUPS_SHOWN));
    }
    if (triage.isCut()) {
      report.note(
          "The log has more than %d patterns; entries of further ones are counted by level only."
              .formatted(Triage.GROUPS_MAX));
    }
    if (triage.timed() * 2 < triage.entries()) {
      report.note(
          "%s of %s have a time that can be read; bursts and silences are told from those alone."
              .formatted(
                  Printable.number(triage.timed()),
                  Words.count(triage.entries(), "entry", "entries")));
    }
    report.note("Times without a zone count as UTC.");
    return report.result();
  }

  private static String summary(Triage triage, int lines) {
    String span =
        triage.first().isEmpty() || triage.last().isEmpty()
            ? "without times"
            : "from %s to %s"
                .formatted(triage.first().orElseThrow().text(), triage.last().orElseThrow().text());
    return "%s in %s %s: %s fatal, %s errors, %s warnings."
        .formatted(
            Words.count(triage.entries(), "entry", "entries"),
            Words.count(lines, "line"),
            span,
            Printable.number(triage.count(Level.FATAL)),
            Printable.number(triage.count(Level.ERROR)),
            Printable.number(triage.count(Level.WARN)));
  }

  private static List<String> row(LogGroup group) {
    String cause = group.stack().cause().isEmpty() ? "" : " " + Words.code(group.stack().cause());
    return List.of(
        group.level().name(),
        Printable.number(group.count()),
        Words.code(group.template()) + cause,
        group.firstSeen().isEmpty() ? "line " + group.firstLine() : group.firstSeen(),
        group.lastSeen().isEmpty() ? "line " + group.lastLine() : group.lastSeen(),
        group.burst().map(burst -> Printable.number(burst.count())).orElse(""));
  }

  private static void fields(Report report, Triage triage, int lines, List<LogGroup> groups) {
    report.field("lines", lines);
    report.field("entries", triage.entries());
    Map<String, @Nullable Object> levels = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      levels.put(level.name().toLowerCase(Locale.ROOT), triage.count(level));
    }
    report.field("by_level", levels);
    report.field("first_at", triage.first().map(one -> one.at().toString()).orElse(""));
    report.field("last_at", triage.last().map(one -> one.at().toString()).orElse(""));
    report.field(
        "groups", groups.stream().limit(GROUPS_IN_FIELDS_MAX).map(LogTriage::fields).toList());
  }

  private static Map<String, @Nullable Object> fields(LogGroup group) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("level", group.level().name().toLowerCase(Locale.ROOT));
    fields.put("count", group.count());
    fields.put("pattern", group.template());
    fields.put("cause", group.stack().cause());
    fields.put("frame", group.stack().frame());
    fields.put("first_line", group.firstLine());
    fields.put("last_line", group.lastLine());
    fields.put("first_seen", group.firstSeen());
    fields.put("last_seen", group.lastSeen());
    fields.put("most_in_a_minute", group.burst().map(LogGroup.Burst::count).orElse(0));
    return fields;
  }
}
