package io.agentos.tools.code;

import static io.agentos.tools.code.Page.code;
import static io.agentos.tools.code.Page.count;
import static io.agentos.tools.files.Printable.number;

import io.agentos.tools.code.Overview.LanguageTotal;
import io.agentos.tools.code.Overview.LongFunction;
import io.agentos.tools.code.SourceFile.Role;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Walk;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An overview as a page of Markdown: what to do first, then the figures behind it. */
final class ScoutReport {
  private static final int MARKS_SHOWN = 15;
  private static final int MANIFESTS_SHOWN = 25;
  private static final int DEPENDENCIES_SHOWN = 12;
  private static final int PLACES_SHOWN = 8;

  private final Overview overview;
  private final Page page = new Page();

  private ScoutReport(Overview overview) {
    this.overview = overview;
  }

  static String of(Overview overview) {
    ScoutReport report = new ScoutReport(overview);
    report.summary();
    report.firstLooks();
    report.languages();
    overview.history().ifPresent(report::hotSpots);
    report.sizes();
    report.marks();
    report.dependencies();
    report.tests();
    report.leftOut();
    return report.page.toString();
  }

  private void summary() {
    page.line("# Code scout: " + overview.name());
    page.line("");
    List<LanguageTotal> languages =
        overview.languages().stream().filter(total -> total.language().isCode()).toList();
    if (languages.isEmpty()) {
      page.line("No source code of a known language was found.");
    } else {
      long lines = overview.codeLines() + overview.testLines();
      page.line(
          "%s of code in %s, %d %% of them %s; %s of that are tests."
              .formatted(
                  count(lines, "line"),
                  count(overview.files(Role.SOURCE) + overview.files(Role.TEST), "file"),
                  Math.round(100.0 * languages.getFirst().lines() / Math.max(1, lines)),
                  languages.getFirst().language().name(),
                  count(overview.testLines(), "line")));
    }
    page.line(
        overview
            .history()
            .map(ScoutReport::words)
            .orElse(
                "No history, so nothing below says what changes often. " + overview.noHistory()));
  }

  private static String words(History history) {
    return "%s by %s from %s to %s%s."
        .formatted(
            count(history.commits(), "commit"),
            history.people() == 1 ? "1 person" : number(history.people()) + " people",
            history.first(),
            history.last(),
            history.whole() ? "" : "; older ones were not read");
  }

  private void firstLooks() {
    page.title("Where to look first");
    if (overview.places().isEmpty()) {
      page.line("Nothing stands out by size, change or marks.");
    }
    int place = 1;
    for (Attention.Place one : overview.places()) {
      page.line("%d. %s: %s".formatted(place, code(one.path()), String.join("; ", one.reasons())));
      place++;
    }
    places("To get to know it, read", overview.found().documents());
    places("Programs begin in", overview.found().entryPoints());
  }

  private void places(String words, List<String> paths) {
    if (!paths.isEmpty()) {
      String names =
          paths.stream().limit(PLACES_SHOWN).map(Page::code).collect(Collectors.joining(", "));
      page.line("");
      page.line(words + ": " + names);
    }
  }

  private void languages() {
    page.title("Languages");
    page.table("Language", "Files", "Lines");
    for (LanguageTotal total : overview.languages()) {
      page.row(
          total.language().name() + (total.language().isCode() ? "" : " (not code)"),
          number(total.files()),
          number(total.lines()));
    }
  }

  private void hotSpots(History history) {
    page.title("Hot spots");
    if (overview.hotSpots().isEmpty()) {
      page.line("No source file was changed by more than one commit.");
      return;
    }
    page.line("Large and changed often: commits of the last year times lines.");
    page.line("");
    page.table("File", "Commits", "Repairs", "People", "Lines");
    for (SourceFile file : overview.hotSpots()) {
      History.Change change = history.of(file);
      page.row(
          code(file.path()),
          number(change.commits()),
          number(change.fixes()),
          number(change.people()),
          number(file.lines()));
    }
  }

  private void sizes() {
    page.title("Biggest files");
    page.table("File", "Lines");
    overview.biggestFiles().forEach(file -> page.row(code(file.path()), number(file.lines())));
    List<LongFunction> functions = overview.longFunctions();
    page.title("Long functions");
    if (functions.isEmpty()) {
      page.line("None of %d lines or more was found.".formatted(Survey.LONG_FUNCTION_LINES));
      return;
    }
    page.table("Function", "Lines", "Where");
    for (LongFunction one : functions) {
      page.row(
          code(one.function().name()),
          number(one.function().lines()),
          code(one.path() + ":" + one.function().line()));
    }
  }

  private void marks() {
    page.title("Marks left in comments");
    if (overview.marks() == 0) {
      page.line("No TODO, FIXME, HACK or XXX.");
      return;
    }
    page.line(
        overview.marksByKind().entrySet().stream()
            .map(kind -> "%s %s".formatted(number(kind.getValue()), kind.getKey()))
            .collect(Collectors.joining(", ", "", ".")));
    page.line("");
    overview.found().marks().stream()
        .limit(MARKS_SHOWN)
        .forEach(mark ->
            page.line(
                "- %s %s".formatted(code(mark.path() + ":" + mark.line()), code(mark.text()))));
    int more = overview.marks() - MARKS_SHOWN;
    if (more > 0) {
      page.line("- and %s more".formatted(number(more)));
    }
  }

  private void dependencies() {
    page.title("Dependencies");
    List<Manifest> manifests = overview.found().manifests();
    if (manifests.isEmpty()) {
      page.line("No build file that lists dependencies was found.");
    }
    manifests.stream().limit(MANIFESTS_SHOWN).forEach(one -> page.line("- " + words(one)));
    int more = manifests.size() - MANIFESTS_SHOWN;
    if (more > 0) {
      page.line("- and " + count(more, "more build file"));
    }
  }

  private static String words(Manifest manifest) {
    String file = "%s (%s)".formatted(code(Printable.name(manifest.path())), manifest.tool());
    if (!manifest.readable()) {
      return file + ": could not be read";
    }
    if (manifest.dependencies().isEmpty()) {
      return file + ": none";
    }
    int more = manifest.dependencies().size() - DEPENDENCIES_SHOWN;
    return manifest.dependencies().stream()
        .limit(DEPENDENCIES_SHOWN)
        .map(ScoutReport::words)
        .collect(
            Collectors.joining(", ", file + ": ", more > 0 ? " and %d more".formatted(more) : ""));
  }

  private static String words(Dependency dependency) {
    String version = dependency.version().isEmpty() ? "" : " " + dependency.version();
    String scope = dependency.scope().isEmpty() ? "" : " (" + dependency.scope() + ")";
    return code(Printable.line(dependency.name() + version, 120)) + Printable.line(scope, 40);
  }

  private void tests() {
    page.title("Tests");
    if (overview.testLines() == 0) {
      page.line("No test files were found.");
      return;
    }
    page.line(
        "%s in %s, against %s in %s of source%s."
            .formatted(
                count(overview.testLines(), "line"),
                count(overview.files(Role.TEST), "test file"),
                count(overview.codeLines(), "line"),
                count(overview.files(Role.SOURCE), "file"),
                overview.codeLines() == 0 ? "" : ratio()));
  }

  private String ratio() {
    double ratio = overview.testLines() / (double) overview.codeLines();
    return ratio < 0.01
        ? ": less than 1 line of test for 100"
        : String.format(Locale.ROOT, ": %.2f lines of test for each", ratio);
  }

  private void leftOut() {
    page.title("Not looked at");
    Walk.Outcome outcome = overview.found().outcome();
    outcome
        .cut()
        .ifPresent(why ->
            page.line("- The rest of a folder larger than one look, ended %s".formatted(why)));
    page.line("- %s of no known language".formatted(count(overview.found().otherFiles(), "file")));
    page.line(
        "- %s that a program wrote or that was copied in"
            .formatted(count(overview.files(Role.GENERATED), "file")));
    outcome.skippedText().lines().forEach(one -> page.line("- " + one));
  }
}
