package io.agentos.tools.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static Finding finding(String rule, Severity severity, Place place, String what) {
    return new Finding(rule, severity, place, what, "Because.", "Do it.");
  }

  @Test
  void result_noFindings_saysSo() {
    ToolResult result = new Report("Check").summary("3 files.").note("Only looked at.").result();

    assertThat(result.text())
        .isEqualTo("# Check\n\nNo findings.\n3 files.\n\n## Notes\n\n- Only looked at.\n");
    assertThat(result.fields())
        .containsEntry("total", 0)
        .containsEntry("by_severity", Map.of("high", 0, "medium", 0, "low", 0))
        .containsEntry("notes", List.of("Only looked at."));
  }

  @Test
  void result_findings_heaviestFirstAndAdviceOnce() {
    ToolResult result =
        new Report("Check")
            .findings(
                List.of(
                    finding("small", Severity.LOW, Place.ofLine(1), "Small."),
                    finding("big", Severity.HIGH, new Place("b.txt", 9), "Nine."),
                    finding("big", Severity.HIGH, new Place("b.txt", 2), "Two."),
                    finding("big", Severity.HIGH, new Place("b.txt", 2), "Two.")))
            .result();

    assertThat(result.text())
        .isEqualTo(
            """
            # Check

            3 findings: 2 high, 1 low.

            ## High

            ### big

            - `b.txt:2`: Two.
            - `b.txt:9`: Nine.

            **Why:** Because.

            **Fix:** Do it.

            ## Low

            ### small

            - `line 1`: Small.

            **Why:** Because.

            **Fix:** Do it.
            """);
    assertThat(Found.in(result))
        .containsExactly("high big b.txt:2", "high big b.txt:9", "low small line 1");
  }

  @Test
  void result_codeInFix_isFenced() {
    Finding one = new Finding("r", Severity.LOW, Place.named("t"), "W.", "Y.", "DROP INDEX a;");

    assertThat(new Report("Check").findings(List.of(one)).result().text())
        .contains("**Fix:**\n\n```\nDROP INDEX a;\n```\n");
  }

  @Test
  void result_tooManyFindings_countsAllAndWritesTheHeaviest() {
    List<Finding> many = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      many.add(finding("many", Severity.LOW, Place.ofLine(i), "x".repeat(5_000)));
    }
    many.add(finding("one", Severity.HIGH, Place.ofLine(5_000), "The one."));

    ToolResult result = new Report("Check").findings(many).result();

    assertThat(result.fields()).containsEntry("total", 1_001);
    assertThat(Found.in(result)).hasSize(300).startsWith("high one line 5000");
    assertThat(result.text())
        .contains("- 1,001 findings are counted, and the heaviest 300 written");
    assertThat(result.text().length()).isLessThan(ToolResult.TEXT_LENGTH_MAX);
  }

  @Test
  void table_columnsStandBelowEachOther_numbersToTheRight() {
    List<List<String>> rows =
        List.of(List.of("`a`", "1,204", "one"), List.of("`bcd`", "7", ""), List.of("", "", "x"));

    assertThat(Report.markdownTable(List.of("Name", "Lines", "Note"), rows))
        .isEqualTo(
            """
            | Name  | Lines | Note |
            |-------|------:|------|
            | `a`   | 1,204 | one  |
            | `bcd` |     7 |      |
            |       |       | x    |
            """);
  }

  @Test
  void table_tooWide_losesTheMiddleOfPathsAndTheEndOfWords() {
    String path = "`" + "folder/".repeat(12) + "Last.java`";
    List<List<String>> rows =
        List.of(
            List.of(path, "5", "word ".repeat(12)),
            List.of("`x`", "6", "`some code that is long` `and more code that is long|er`"));

    List<String> titles = List.of("File", "Lines", "Why");
    String table = new Report("Check").table("T", titles, rows).result().text();

    assertThat(table.lines().filter(line -> line.startsWith("|")))
        .hasSize(4)
        .allMatch(line -> line.length() == 100);
    assertThat(table)
        .contains("| `folder/fold")
        .containsPattern("[a-z/]…[a-z/]+/Last\\.java` \\|")
        .containsPattern("word [a-z]*… +\\|\n")
        .containsPattern("`some code that is long` `and more [a-z ]+…` +\\|\n");
    assertThat(Report.markdownTable(titles, rows)).contains(path).contains("that is long\\|er`");
  }

  @Test
  void sentences_areBrokenIntoLines_codeIsNot() {
    String words =
        "eleven long words and a hyphen - stand before the code that follows here and now: ";
    Finding one =
        new Finding(
            "r",
            Severity.LOW,
            Place.named("t"),
            words + "`agentos run --agent a.b`.",
            words,
            words);

    String text = new Report("Check").summary(words + words).findings(List.of(one)).result().text();

    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text)
        .contains(
            """
            - `t`: eleven long words and a hyphen - stand before the code that follows here and now:
              `agentos run --agent a.b`.
            """)
        .contains(
            """
            eleven long words and a hyphen - stand before the code that follows here and now: eleven long words
            and a hyphen - stand before the code that follows here and now:
            """);
  }

  @Test
  void sentences_neverBreakBeforeAMark() {
    String text = Report.paragraph("x".repeat(98) + " - y 1. z # " + "`".repeat(3_000));

    assertThat(text.lines()).noneMatch(line -> line.matches("(?:[-#]|1\\.) .*"));
  }

  @Test
  void table_hostileCells_stayInTheirCells() {
    ToolResult result =
        new Report("Check")
            .table("T", List.of("A", "B"), List.of(List.of("a|b\n| c |", "\u001b[31mred")))
            .result();

    assertThat(result.text()).contains("| a\\|b?\\| c \\| | ?[31mred |\n");
  }
}
