package io.agentos.tools.changes;

import io.agentos.api.ToolResult;
import io.agentos.tools.changes.ChangeRisk.FileRisk;
import io.agentos.tools.changes.Patch.Changed;
import io.agentos.tools.changes.Patch.Fate;
import io.agentos.tools.code.History;
import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page about a change. */
final class RiskReport {
  private static final int LARGE_FILE_LINES = 400;
  private static final int REPAIRED_OFTEN = 3;
  private static final int FILES_IN_FIELDS_MAX = 500;

  private RiskReport() {}

  /**
   * The report.
   *
   * @param noHistory why there is none, where there is none
   */
  static ToolResult of(String title, Patch patch, Optional<History> history, String noHistory) {
    ChangeRisk risk = ChangeRisk.of(patch, history);
    Report report = new Report(title);
    report.summary(
        "**Risk %d of 100: %s.** %s, %s added and %s deleted."
            .formatted(
                risk.score(),
                risk.level(),
                Words.count(risk.totals().files(), "file"),
                Words.count(risk.totals().added(), "line"),
                Printable.number(risk.totals().deleted())));
    List<Finding> lines = LineRules.findings(patch);
    boolean ready = lines.stream().noneMatch(one -> one.severity() == Severity.HIGH);
    report.summary(
        (ready ? "" : "Not ready: mend what is marked high in its lines first. ") + advice(risk));
    tables(report, risk, history.isPresent());
    report.findings(lines);
    report.findings(findings(risk));
    report.field("ready", ready);
    fields(report, risk);
    notes(report, patch, history.isEmpty() ? noHistory : "");
    return report.result();
  }

  private static void tables(Report report, ChangeRisk risk, boolean history) {
    if (!risk.factors().isEmpty()) {
      report.section(
          "What makes the score",
          risk.factors().stream()
              .map(one ->
                  Report.item(
                      "**%s**, %d of %d points: %s."
                          .formatted(one.name(), one.points(), one.pointsMax(), one.why())))
              .collect(Collectors.joining()));
    }
    report.table(
        "Where to look first",
        history
            ? List.of("File", "Added", "Deleted", "Repairs", "Touches")
            : List.of("File", "Added", "Deleted", "Touches"),
        risk.files().stream().map(one -> row(one, history)).toList());
  }

  private static void notes(Report report, Patch patch, String noHistory) {
    if (!noHistory.isEmpty()) {
      report.note(noHistory);
    }
    if (patch.cut()) {
      report.note("Only the first %d files were weighed.".formatted(Patch.FILES_MAX));
    }
    if (noHistory.isEmpty()) {
      report.note("Repairs are commits of the last year whose title speaks of a fix.");
    }
    report.note(
        "The score says how closely to look, not whether the change is right. Factors after Kamei"
            + " et al., IEEE TSE 2013.");
  }

  private static String advice(ChangeRisk risk) {
    return switch (risk.level()) {
      case "high" ->
          "Split it if it can be split; two reviewers, one of whom knows the risky places; a way"
              + " back before it goes out.";
      case "medium" -> "One careful reviewer, file by file in the order below; watch it go out.";
      default -> "A usual review is enough.";
    };
  }

  private static List<String> row(FileRisk one, boolean history) {
    List<String> row = new ArrayList<>();
    row.add(Words.code(one.file().path()));
    row.add(Printable.number(one.file().added()));
    row.add(Printable.number(one.file().deleted()));
    if (history) {
      row.add(Printable.number(one.before().fixes()));
    }
    row.add(touches(one));
    return row;
  }

  private static String touches(FileRisk one) {
    if (one.test()) {
      return "test";
    }
    return String.join(", ", one.places().stream().map(RiskyPlace::title).toList());
  }

  private static List<Finding> findings(ChangeRisk risk) {
    List<Finding> found = new ArrayList<>();
    for (FileRisk one : risk.files()) {
      file(one, found);
      for (RiskyPlace place : one.places()) {
        found.add(
            new Finding(
                "risky-place",
                place.points() >= 12 ? Severity.MEDIUM : Severity.LOW,
                place(one.file()),
                "The file belongs to %s.".formatted(place.title()),
                place.harm(),
                "Have somebody review it who knows this part, and try the ways it can go wrong."));
      }
    }
    ChangeRisk.Totals totals = risk.totals();
    if (totals.sourceChurn() >= 10 && totals.testChurn() == 0) {
      found.add(
          new Finding(
              "no-tests",
              totals.sourceChurn() >= 100 ? Severity.HIGH : Severity.MEDIUM,
              Place.named("the whole change"),
              "%s of code changed and not one of a test."
                  .formatted(Words.count(totals.sourceChurn(), "line")),
              "Nothing fails when the new behaviour is broken later.",
              "Add a test that fails without the change."));
    }
    return found;
  }

  private static void file(FileRisk one, List<Finding> found) {
    Changed file = one.file();
    if (one.test() && file.fate() == Fate.DELETED) {
      found.add(
          new Finding(
              "test-deleted",
              Severity.HIGH,
              place(file),
              "A test file is deleted.",
              "What it held can break unnoticed from now on.",
              "Say in the change what holds it now, or bring the test back."));
    }
    if (!one.test() && ChangeRisk.isCode(file) && file.churn() > LARGE_FILE_LINES) {
      found.add(
          new Finding(
              "large-file-change",
              Severity.MEDIUM,
              place(file),
              "%s of one file changed in %s."
                  .formatted(Words.count(file.churn(), "line"), Words.count(file.hunks(), "place")),
              "Nobody keeps so much in mind at once.",
              "Split the change: first move or rename, then change."));
    }
    unseen(one, found);
  }

  private static void unseen(FileRisk one, List<Finding> found) {
    Changed file = one.file();
    if (one.before().fixes() >= REPAIRED_OFTEN) {
      found.add(
          new Finding(
              "often-repaired",
              Severity.MEDIUM,
              place(file),
              "The file was repaired %d times within a year.".formatted(one.before().fixes()),
              "Faults come back to where faults were.",
              "Look at what those repairs were about, and whether the change keeps them."));
    }
    if (file.binary() || file.modeChanged()) {
      found.add(
          new Finding(
              file.binary() ? "binary-file" : "mode-changed",
              Severity.LOW,
              place(file),
              file.binary() ? "The file is binary." : "The file's mode changed.",
              file.binary()
                  ? "No reviewer sees what is in it."
                  : "It may be run as a program from now on.",
              "Say in the change where it comes from and why."));
    }
  }

  private static Place place(Changed file) {
    return new Place(
        file.path(), file.addedLines().isEmpty() ? 0 : file.addedLines().getFirst().number());
  }

  private static void fields(Report report, ChangeRisk risk) {
    report.field("score", risk.score());
    report.field("level", risk.level());
    report.field(
        "factors",
        risk.factors().stream()
            .map(one -> {
              Map<String, @Nullable Object> fields = new LinkedHashMap<>();
              fields.put("name", one.name());
              fields.put("points", one.points());
              fields.put("points_max", one.pointsMax());
              fields.put("why", one.why());
              return fields;
            })
            .toList());
    report.field("lines_added", risk.totals().added());
    report.field("lines_deleted", risk.totals().deleted());
    report.field("test_lines_changed", risk.totals().testChurn());
    report.field(
        "files", risk.files().stream().limit(FILES_IN_FIELDS_MAX).map(RiskReport::fields).toList());
  }

  private static Map<String, @Nullable Object> fields(FileRisk one) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("path", one.file().path());
    fields.put("change", one.file().fate().name().toLowerCase(Locale.ROOT));
    fields.put("lines_added", one.file().added());
    fields.put("lines_deleted", one.file().deleted());
    fields.put("test", one.test());
    fields.put("places", one.places().stream().map(RiskyPlace::title).toList());
    fields.put("repairs", one.before().fixes());
    return fields;
  }
}
