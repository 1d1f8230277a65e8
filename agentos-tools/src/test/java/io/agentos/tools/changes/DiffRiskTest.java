package io.agentos.tools.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import io.agentos.tools.git.GitFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffRiskTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "engineering");

  @TempDir Path folder;

  private static ToolResult patch(String patch) {
    return Call.tool(tools(EXAMPLES), "code.diff_risk", "patch", patch);
  }

  private static List<Tool> tools(Path root) {
    return ChangeTools.tools(FileRoots.of(List.of(root)));
  }

  private ToolResult range(String... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(tools(folder), "code.diff_risk", arguments);
  }

  @Test
  void example_everyDanger_namedAndNothingElse() {
    ToolResult result = patch("refund.patch");

    assertThat(Found.in(result))
        .containsExactly(
            "high conflict-marker config/deploy.sh:4",
            "high conflict-marker config/deploy.sh:8",
            "high secret-added config/deploy.sh:7",
            "high test-deleted src/test/java/kiosk/payment/RefundsTest.java",
            "medium check-switched-off config/deploy.sh:5",
            "medium error-swallowed src/main/java/kiosk/payment/Refunds.java:17",
            "medium risky-place db/migrations/V031__refunds.sql:1",
            "medium risky-place db/migrations/V031__refunds.sql:1",
            "medium risky-place src/main/java/kiosk/payment/Refunds.java:13",
            "medium test-switched-off src/test/java/kiosk/ui/DrawerTest.java:7",
            "low binary-file assets/refund.png",
            "low debugging-left src/main/java/kiosk/payment/Refunds.java:20",
            "low mode-changed config/deploy.sh:4",
            "low risky-place config/deploy.sh:4");
    // Places 12 money + 12 migrations + 6 delivery, at most 25; seven folders 8; a deleted test 5.
    assertThat(result.fields())
        .containsEntry("score", 38)
        .containsEntry("level", "medium")
        .containsEntry("ready", false)
        .containsEntry("lines_added", 27)
        .containsEntry("lines_deleted", 5);
    assertThat(result.text())
        .contains("**Risk 38 of 100: medium.** 7 files, 27 lines added and 5 deleted.")
        .doesNotContain("sk_live");
  }

  @Test
  void example_withReturns_isTheSame() throws IOException {
    String text = Files.readString(EXAMPLES.resolve("refund.patch"));

    assertThat(patch(text.replace("\n", "\r\n")).fields()).isEqualTo(patch(text).fields());
  }

  @Test
  void plainDiff_ofTwoFiles_isUnderstood() {
    ToolResult result =
        patch(
            """
            --- old/a.py\t2026-01-01 10:00:00
            +++ new/a.py\t2026-01-02 10:00:00
            @@ -1 +1,2 @@
            -x = 1
            +x = 2
            +--- not a header
            --- old/b.md
            +++ new/b.md
            @@ -0,0 +1 @@
            +text
            """);

    assertThat(result.fields())
        .containsEntry("lines_added", 3)
        .containsEntry("lines_deleted", 1)
        .containsEntry("score", 0)
        .containsEntry("level", "low")
        .containsEntry("ready", true);
  }

  @Test
  void brokenHunk_saysWhere() {
    Found.assertFailure(
        patch("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\nwrapped line\n"),
        "Line 5 of the patch should begin with a blank, + or -, and begins with 'wrapped line'. Is"
            + " it cut or wrapped? Make it anew with git diff.");
  }

  @Test
  void noPatch_saysWhatWasWanted() {
    Found.assertFailure(
        patch("Dear all,\nplease merge.\n"),
        "Found no change in the patch. Wanted a unified diff, as git diff or diff -u writes it.");
    Found.assertFailure(
        patch("nowhere.patch"),
        "Found no file 'nowhere.patch' where the patch was wanted. Look at the name and its folder, or"
            + " give the text itself.");
    Found.assertFailure(
        patch("  "), "Found an empty text where the patch was wanted. Give one with content.");
  }

  @Test
  void bothOrNone_isRefused() {
    Found.assertFailure(
        Call.tool(tools(folder), "code.diff_risk", "from", "HEAD"),
        "Give exactly one of folder and patch.");
  }

  @Test
  void range_withHistory_countsRepairs() {
    GitFixture git = GitFixture.in(folder);
    String body = "x = 1\n";
    git.write("src/pay.py", body).commit("Begin");
    for (int i = 0; i < 4; i++) {
      git.write("src/pay.py", body + "y = " + i + "\n").commit("Fix rounding " + i);
    }
    git.write("src/pay.py", "a = 1\n".repeat(60));

    ToolResult result = range();

    assertThat(Found.in(result))
        .containsExactly("medium no-tests the whole change", "medium often-repaired src/pay.py:1");
    // 62 lines 6; no tests 15; 4 repairs 4.
    assertThat(result.fields()).containsEntry("score", 25).containsEntry("level", "low");
  }

  @Test
  void range_nothingChanged_isToldOf() {
    GitFixture.in(folder).write("a.txt", "a\n").commit("Begin");

    Found.assertFailure(
        range(),
        "Nothing differs from 'HEAD'. Name another commit in from, such as main or HEAD~3.");
    Found.assertFailure(
        range("from", "nowhere"),
        "'nowhere' names no commit here. Take a hash from git.log, a branch or a tag, such as"
            + " main~1.");
  }

  @Test
  void hostilePatch_staysBounded() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4_000; i++) {
      text.append(
          "--- a/f%d.js\n+++ b/f%d.js\n@@ -0,0 +1,2 @@\n+console.log(%s)\n+catch {\n"
              .formatted(i, i, "x".repeat(900)));
    }

    ToolResult result = patch(text.toString());

    assertThat(result.text()).contains("Only the first 3000 files were weighed.");
    assertThat(result.text().length()).isLessThan(ToolResult.TEXT_LENGTH_MAX);
  }
}
