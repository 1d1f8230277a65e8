package io.agentos.tools.qa;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.World;
import io.agentos.tools.report.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlakyFinderTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "qa", "runs");

  @TempDir private Path folder;

  @Test
  void example_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = find(EXAMPLE);

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high flaky:0 fjord.BookingTest.book_lastSeat",
            "high flaky:0 fjord.PaymentTest.pay_byCard",
            "high flaky:0 fjord.TimetableTest.list_ofToday",
            "high flaky:0 fjord.TimetableTest.list_ofSunday",
            "medium flaky-likely:0 fjord.SearchTest.find_pier",
            "high broken:0 fjord.PaymentTest.refund_withinDay",
            "medium always-failing:0 fjord.LegacyTest.old_export",
            "low never-run:0 fjord.MailTest.ticket_isSent",
            "medium bad-run:0 run-10",
            "low time-varies:0 fjord.MapTest.seats_areDrawn");
    assertThat(result.fields())
        .containsEntry("runs", 10)
        .containsEntry("runs_left_out", 1)
        .containsEntry("tests", 10)
        .containsEntry(
            "tests_by_verdict",
            Map.of(
                "proven",
                4,
                "likely",
                1,
                "broken",
                1,
                "always_failed",
                1,
                "never_run",
                1,
                "steady",
                2));
  }

  @Test
  void example_words() {
    ToolResult result = find(EXAMPLE);

    assertThat(Found.in(result).stream().map(Found::message))
        .contains(
            "It failed and passed on `a1f`; failed in 2 of 9 runs: `run-2` and `run-5`. It"
                + " said `java.lang.AssertionError: expected: 1 but was: 2`. A value is another than"
                + " expected, now and then.",
            "It failed and passed within one run; failed in 1 of 9 runs: `run-3`. It said"
                + " `java.net.SocketTimeoutException: Read timed out after 2000 ms`. It waits for"
                + " something and gives up.",
            "It failed in 2 of 9 runs: `run-5` and `run-7`. It said"
                + " `org.opentest4j.AssertionFailedError: expected: [town] but was: []`. A value is"
                + " another than expected, now and then.",
            "It fails since `run-7`. It said `java.lang.NullPointerException: refund is null`.",
            "9 of 9 tests failed.",
            "It takes 0.12 s in the middle, and once took 6.40 s.");
    assertThat(Found.in(result).stream().map(Found::message))
        .anySatisfy(message ->
            assertThat(message)
                .endsWith(
                    "It fails together with `fjord.TimetableTest.list_ofSunday`, so look for one"
                        + " cause."));
    assertThat(Found.words(result))
        .contains("10 tests in 10 runs, from `run-1` to `run-10`: 5 are flaky. 1 run left out")
        .contains("Flaky tests made 5 of 9 runs red (56 %); in 0 of these nothing else failed.")
        .contains("| `fjord.BookingTest.book_lastSeat` | 2 of 9 | 6 % to 55 % | 4 |");
  }

  @Test
  void runs_areOrderedByTheirNumbers() throws IOException {
    for (int run = 1; run <= 12; run++) {
      write("build-%d/a.xml".formatted(run), suite(run < 10 ? pass("t") : fail("t", "x")));
    }

    assertThat(Found.first(find(folder), "broken").message())
        .startsWith("It fails since `build-10`.");
  }

  @Test
  void reportsWithoutFolders_areRuns() throws IOException {
    write("1.xml", suite(pass("t")));
    write("2.xml", suite(fail("t", "x")));
    write("3.xml", suite(pass("t")));

    assertThat(Found.lines(find(folder))).containsExactly("low flaky-likely:0 c.t");
    assertThat(find(folder).text()).contains("No report names the commit it tested");
  }

  @Test
  void brokenReports_areNamed() throws IOException {
    write("1/a.xml", suite(pass("t")));
    write("2/a.xml", suite(pass("t")));
    write("2/b.xml", "<testsuite><testcase");
    write("2/c.xml", "<html/>");
    write("2/notes.txt", "x");

    assertThat(find(folder).text())
        .contains("- Not read: 2/b.xml is not XML in line 1.")
        .contains("- 2 files are no JUnit report and not read.");
  }

  @Test
  void hostileReports_areRefused() throws IOException {
    write("1/a.xml", suite(pass("t")));
    write("2/a.xml", suite(pass("t")));
    write(
        "2/b.xml",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><testsuite name='&b;'>"
            + "<testcase name='&b;'/></testsuite>");
    write("2/c.xml", "<testsuite>" + "<a>".repeat(5_000));
    write("2/d.xml", suite(fail("m", "`\u202E|".repeat(500))));

    ToolResult result = find(folder);
    assertThat(result.failed()).isFalse();
    assertThat(result.text()).doesNotContain("root:").doesNotContain("\u202E");
  }

  @Test
  void tooFewRuns_saysWhatIsWanted() throws IOException {
    assertFailed(
        find(folder),
        "The folder holds 0 JUnit reports in 0 runs; at least 2 runs are needed to see chance. Put the"
            + " reports (.xml) of each run into a folder of its own.");
    write("1/a.xml", "not xml");
    assertFailed(
        find(folder),
        "The folder holds 0 JUnit reports in 0 runs; at least 2 runs are needed to see chance. Put the"
            + " reports (.xml) of each run into a folder of its own. Not readable: 1/a.xml is not XML in"
            + " line 1.");
  }

  @Test
  void find_twice_sameBytes() {
    assertThat(find(EXAMPLE)).isEqualTo(find(EXAMPLE));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String suite(String cases) {
    return "<testsuites><testsuite name=\"s\">" + cases + "</testsuite></testsuites>";
  }

  private static String pass(String name) {
    return "<testcase classname=\"c\" name=\"%s\" time=\"0.1\"/>".formatted(name);
  }

  private static String fail(String name, String message) {
    return "<testcase classname=\"c\" name=\"%s\"><failure message=\"%s\"/></testcase>"
        .formatted(name, message);
  }

  private static ToolResult find(Path runs) {
    return Call.tool(
        QaTools.tools(FileRoots.of(List.of(runs))),
        "qa.find_flaky",
        "folder",
        runs.toAbsolutePath().toString());
  }

  /** Holds the tool to what every tool must keep. */
  @Nested
  final class Contract extends ToolContract {
    @Override
    protected Tool tool() {
      return Call.tool(QaTools.tools(FileRoots.of(List.of(EXAMPLE))), "qa.find_flaky");
    }

    @Override
    protected ToolArguments arguments() {
      return new ToolArguments(Map.of("folder", EXAMPLE.toAbsolutePath().toString()));
    }

    @Override
    protected Object world() {
      return World.of(EXAMPLE);
    }
  }
}
