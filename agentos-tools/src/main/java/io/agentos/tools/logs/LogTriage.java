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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tool {@code logs.triage}. */
final class LogTriage implements TextTool.Work {
  private static final GivenText.Kind LOG =
      new GivenText.Kind(
          "the log",
          List.of(".log", ".txt", ".out", ".err", ".json", ".jsonl", ".ndjson"),
          32 * 1024 * 1024);
  private static final int GROUPS_SHOWN = 40;
  private static final Pattern ORIGIN =
      Pattern.compile("(?:\\[[^\\]]{1,60}\\] )?(?:[\\w$]{1,60}\\.){1,20}(?=[A-Z][\\w$]{0,60} )");
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
        List.of("Level", "Count", "First", "Last", "Peak", "Pattern"),
        groups.stream().limit(GROUPS_SHOWN).map(group -> row(group, isOneDay(triage))).toList());
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
    report.note("Peak is the most within a minute. Times without a zone count as UTC.");
    return report.result();
  }

  private static String summary(Triage triage, int lines) {
    String span =
        triage.first().isEmpty() || triage.last().isEmpty()
            ? "without times"
            : "from %s to %s"
                .formatted(
                    triage.first().orElseThrow().brief(), triage.last().orElseThrow().brief());
    return "%s in %s %s: %s fatal, %s errors, %s warnings."
        .formatted(
            Words.count(triage.entries(), "entry", "entries"),
            Words.count(lines, "line"),
            span,
            Printable.number(triage.count(Level.FATAL)),
            Printable.number(triage.count(Level.ERROR)),
            Printable.number(triage.count(Level.WARN)));
  }

  private static boolean isOneDay(Triage triage) {
    return triage.first().map(LogTriage::day).equals(triage.last().map(LogTriage::day));
  }

  private static LocalDate day(Moment moment) {
    return LocalDate.ofInstant(moment.at(), ZoneOffset.UTC);
  }

  private static String seen(Optional<Moment> moment, int line, boolean oneDay) {
    return moment.map(one -> oneDay ? one.clock() : one.brief()).orElse("line " + line);
  }

  /** Without the thread and the package of the logger, for the width's sake. */
  private static String brief(String template) {
    Matcher matcher = ORIGIN.matcher(template);
    return matcher.lookingAt() ? template.substring(matcher.end()) : template;
  }

  private static List<String> row(LogGroup group, boolean oneDay) {
    String cause = group.stack().cause().isEmpty() ? "" : " " + Words.code(group.stack().cause());
    return List.of(
        group.level().name(),
        Printable.number(group.count()),
        seen(group.first(), group.firstLine(), oneDay),
        seen(group.last(), group.lastLine(), oneDay),
        group.burst().map(burst -> Printable.number(burst.count())).orElse(""),
        Words.code(brief(group.template())) + cause);
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
    fields.put("first_seen", group.first().map(Moment::text).orElse(""));
    fields.put("last_seen", group.last().map(Moment::text).orElse(""));
    fields.put("most_in_a_minute", group.burst().map(LogGroup.Burst::count).orElse(0));
    return fields;
  }
}
