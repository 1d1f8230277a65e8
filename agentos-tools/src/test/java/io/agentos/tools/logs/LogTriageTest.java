package io.agentos.tools.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTriageTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "devops");

  @TempDir Path folder;

  private static ToolResult triage(String log) {
    return triage(EXAMPLES, log);
  }

  private static ToolResult triage(Path root, String log) {
    return Call.tool(LogTools.tools(FileRoots.of(List.of(root))), "logs.triage", "log", log);
  }

  @Test
  void example_everythingThatHappens_namedAndNothingElse() {
    ToolResult result = triage("shop.log");

    assertThat(Found.in(result))
        .containsExactly(
            "high burst-of-errors 2026-11-19T02:10:00Z",
            "high connections-exhausted line 83",
            "high disk-full line 565",
            "high out-of-memory line 563",
            "medium restarts line 1",
            "medium silence line 564",
            "medium timeout line 12",
            "low warn line 8",
            "low warn line 82");
    assertThat(result.fields())
        .containsEntry("lines", 569)
        .containsEntry("entries", 125)
        .containsEntry(
            "by_level", Map.of("fatal", 3, "error", 52, "warn", 6, "info", 64, "debug", 0))
        .containsEntry("first_at", "2026-11-19T01:50:00Z")
        .containsEntry("last_at", "2026-11-19T02:41:20Z");
    assertThat(Found.field(result, "connections-exhausted", "line 83", "what"))
        .isEqualTo(
            "`[http-<number>] shop.orders.Orders - Order <number> not stored` 48 times, from"
                + " 2026-11-19 02:10:06 to 2026-11-19 02:10:53; the innermost cause is"
                + " `java.sql.SQLTransientConnectionException`; first own frame"
                + " `shop.store.Connections.open (Connections.java:31)`.");
    assertThat(Found.page(result))
        .contains(
            "| ERROR | 48 | 02:10:06 | 02:10:53 | 48 | `Orders - Order <number> not stored` `java.sql.");
    assertThat(result.text()).doesNotContain("@example.com").doesNotContain("Blue mug");
  }

  @Test
  void pythonTrace_endsInItsException() {
    ToolResult result =
        triage(
            """
            2026-01-02T03:04:05Z ERROR worker: job 17 failed
            Traceback (most recent call last):
              File "/srv/app/jobs.py", line 12, in run
                step()
              File "/srv/app/steps.py", line 40, in step
                json.loads(text)
              File "/usr/lib/python3.12/json/__init__.py", line 346, in loads
                raise
            json.decoder.JSONDecodeError: Expecting value: line 1 column 1
            2026-01-02T03:04:06Z INFO worker: next
            """);

    assertThat(result.fields()).containsEntry("entries", 2);
    assertThat(Found.field(result, "error", "line 1", "what"))
        .contains("`json.decoder.JSONDecodeError`", "first own frame `/srv/app/steps.py:40`");
  }

  @Test
  void jsonLines_areEntries() {
    ToolResult result =
        triage(
            """
            {"time":"2026-01-02T03:04:05.120Z","level":"error","msg":"pay 17 failed","stack":"Error: x\\n    at pay (/srv/pay.js:3:9)"}
            {"ts":1767323046.5,"level":50,"message":"pay 18 failed"}
            {"level":"info","msg":"ok"}
            {"broken":
            """);

    assertThat(result.fields())
        .containsEntry("entries", 4)
        .containsEntry(
            "by_level", Map.of("fatal", 0, "error", 2, "warn", 0, "info", 2, "debug", 0));
    assertThat(Found.in(result)).containsExactly("medium error line 1", "medium error line 2");
  }

  @Test
  void accessLogs_areReadByStatus() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      log.append(
          "10.0.0.%d - - [19/Nov/2026:10:00:%02d +0100] \"GET /cart/%d HTTP/1.1\" %d 512 \"-\" \"x\"\n"
              .formatted(i, i, i, i < 12 ? 500 : i < 15 ? 404 : 200));
    }

    ToolResult result = triage(log.toString());

    assertThat(result.fields())
        .containsEntry(
            "by_level", Map.of("fatal", 0, "error", 12, "warn", 3, "info", 5, "debug", 0))
        .containsEntry("first_at", "2026-11-19T09:00:00Z");
    assertThat(Found.in(result)).contains("high burst-of-errors 2026-11-19T09:00:00Z");
  }

  @Test
  void syslogAndKlog_haveTimes() {
    ToolResult result =
        triage(
            """
            Nov  9 10:00:00 host sshd[17]: error: maximum authentication attempts exceeded
            E1109 10:00:05.123456       1 reflector.go:147] watch failed
            """);

    assertThat(result.fields()).containsEntry("first_at", "2000-11-09T10:00:00Z");
    assertThat(result.fields()).containsEntry("last_at", "2000-11-09T10:00:05Z");
  }

  @Test
  void impossibleTimes_areNone() {
    ToolResult result = triage("2026-13-45 99:99:99 ERROR a\n2026-02-30 10:00:00 ERROR b\n");

    assertThat(result.fields()).containsEntry("first_at", "");
    assertThat(result.text()).contains("0 of 2 entries have a time that can be read");
  }

  @Test
  void wrongEncoding_saysByteAndLine() throws IOException {
    Files.write(folder.resolve("a.log"), "ok\nM\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1));

    Found.assertFailure(
        triage(folder, "a.log"),
        "Found the byte 0xFC in line 2 of the log, which is not UTF-8. Save it as UTF-8.");
  }

  @Test
  void utf16_withMark_isRead() throws IOException {
    Files.write(folder.resolve("a.log"), "\uFEFFERROR one\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(Found.in(triage(folder, "a.log"))).containsExactly("medium error line 1");
  }

  @Test
  void hostileLog_staysBounded() {
    StringBuilder log = new StringBuilder("a".repeat(2_000_000)).append('\n');
    for (int i = 0; i < 12_000; i++) {
      log.append("ERROR ").append(word(i)).append(" '\"(".repeat(20)).append('\n');
    }

    ToolResult result = triage(log.toString());

    assertThat(result.text()).contains("The log has more than 5000 patterns");
    assertThat(result.text().length()).isLessThan(ToolResult.TEXT_LENGTH_MAX);
  }

  /** A word of letters only, for digits would be masked. */
  private static String word(int number) {
    return Integer.toString(number, 10)
        .chars()
        .mapToObj(digit -> String.valueOf((char) ('g' + digit - '0')))
        .reduce("w", String::concat);
  }

  @Test
  void templates_maskWhatVaries() {
    assertThat(Template.of("user 17 (a@b.de) took 3.5ms from 10.0.0.1:80 via https://x.de/?q=1"))
        .isEqualTo("user <number> (<mail>) took <number>ms from <address> via <url>");
    assertThat(
            Template.of("order 7f3c2a1b-0000-4000-8000-000000000001 'x y' \"z\" 0xFF deadbeef01"))
        .isEqualTo("order <uuid> <text> <text> <hex> <hex>");
    assertThat(Template.of("don't stop")).isEqualTo("don't stop");
  }
}
