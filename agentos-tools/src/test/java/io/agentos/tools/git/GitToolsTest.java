package io.agentos.tools.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitToolsTest {
  @TempDir Path temporary;
  private Path folder;
  private List<Tool> tools = List.of();
  private GitFixture git;

  @BeforeEach
  void repository() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("project"));
    tools = GitTools.tools(FileRoots.of(List.of(temporary)));
    git = GitFixture.in(folder);
    git.write("a.txt", "one\ntwo\n").commit("Begin", "Ada", "2026-01-10");
    git.write("a.txt", "one\nTWO\n").write("b.txt", "b\n").commit("Shout", "Bob", "2026-02-20");
  }

  @Test
  void specs_areReadOnlyAndGreen() {
    assertThat(tools.stream().map(tool -> tool.spec().name()))
        .containsExactly("git.log", "git.diff", "git.show", "git.blame");
    for (Tool tool : tools) {
      assertThat(tool.spec().effect()).isEqualTo(ToolSpec.Effect.READ_ONLY);
      assertThat(tool.spec().zone()).isEqualTo(Zone.GREEN);
    }
  }

  @Test
  void log_newestFirst_withWhatChanged() {
    String first = git.run("rev-parse", "--short", "HEAD~1").strip();
    String second = git.run("rev-parse", "--short", "HEAD").strip();
    ToolResult result = call("git.log");
    assertThat(result.text())
        .isEqualTo(
            second
                + "  2026-02-20  Bob: Shout  (2 files changed, 2 insertions(+), 1 deletion(-))\n"
                + first
                + "  2026-01-10  Ada: Begin  (1 file changed, 2 insertions(+))\n");
    assertThat(result.fields()).containsEntry("cut", false);
  }

  @Test
  void log_pathsMaxAndRevision_narrow() {
    assertThat(call("git.log", "paths", List.of("b.txt")).text())
        .contains("Shout")
        .doesNotContain("Begin");
    assertThat(call("git.log", "max", 1L).text()).doesNotContain("Begin");
    assertThat(call("git.log", "revision", "main~1").text()).doesNotContain("Shout");
    assertThat(call("git.log", "paths", List.of("none.txt")).text()).isEqualTo("No commits fit.\n");
  }

  @Test
  void log_packedAndDetached_isTheSame() {
    String before = call("git.log").text();
    git.run("gc", "--quiet");
    git.run("pack-refs", "--all");
    git.run("checkout", "--quiet", "--detach");
    assertThat(call("git.log").text()).isEqualTo(before);
  }

  @Test
  void log_withoutCommits_saysWhy() throws IOException {
    Path empty = Files.createDirectories(temporary.resolve("empty"));
    GitFixture.in(empty);
    ToolResult result = Call.tool(tools, "git.log", "folder", empty.toString());
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).startsWith("git cannot answer: fatal: bad revision 'HEAD'");
  }

  @Test
  void log_repositoryWithSha256_isRead() throws IOException {
    Path other = Files.createDirectories(temporary.resolve("other"));
    GitFixture longer = GitFixture.withSha256(other).write("x", "x").commit("Hash more");
    assertThat(longer.run("rev-parse", "HEAD").strip()).hasSize(64);
    assertThat(Call.tool(tools, "git.log", "folder", other.toString()).text())
        .contains("Ada: Hash more  (1 file changed, 1 insertion(+))");
  }

  @Test
  void diff_betweenCommits_hasATableAndTheLines() {
    ToolResult result = call("git.diff", "from", "main~1", "to", "main");
    assertThat(result.text())
        .contains(" a.txt | 2 +-", " b.txt | 1 +", "-two\n+TWO\n")
        .doesNotContain("does not track");
  }

  @Test
  void diff_uncommitted_showsFilesAndNamesNewOnes() {
    git.write("a.txt", "one\nthree\n").write("new.txt", "n\n").write("staged.txt", "s\n");
    git.run("add", "staged.txt");
    assertThat(call("git.diff").text())
        .contains("-TWO\n+three\n", "+++ b/staged.txt")
        .endsWith("New files that git does not track yet, not shown above:\n  new.txt\n");
    assertThat(call("git.diff", "path", "staged.txt").text()).doesNotContain("three", "new.txt");
  }

  @Test
  void diff_nothingChanged_saysSo() {
    assertThat(call("git.diff").text()).isEqualTo("No differences.\n");
  }

  @Test
  void diff_huge_isCutAndSaysSo() {
    git.write("big.txt", "line\n".repeat(100_000)).commit("Grow");
    ToolResult result = call("git.diff", "from", "HEAD~1", "to", "HEAD");
    assertThat(result.text())
        .hasSizeLessThan(90_000)
        .startsWith(" big.txt | 100000 +")
        .endsWith("Cut here: there is more. Ask for one path at a time.\n");
    assertThat(result.fields()).containsEntry("cut", true);
  }

  @Test
  void diff_controlCharacters_areShownAsSuch() {
    git.write("a.txt", "one\u001B[31mred\n");
    assertThat(call("git.diff").text()).contains("+one?[31mred");
  }

  @Test
  void show_commit_hasMessageAndChanges() {
    assertThat(call("git.show", "commit", "HEAD").text())
        .contains("Author: Bob", "Shout", " b.txt | 1 +", "+TWO");
  }

  @Test
  void blame_lines_nameTheirCommits() {
    String text = call("git.blame", "path", "a.txt", "from_line", 2L).text();
    assertThat(text).contains("(Bob 2026-02-20 2) TWO").doesNotContain("one");
    ToolResult behind = call("git.blame", "path", "a.txt", "from_line", 9L);
    assertThat(behind.failed()).isTrue();
    assertThat(behind.text()).isEqualTo("git cannot answer: fatal: file a.txt has only 2 lines");
  }

  @Test
  void anyTool_strangeNames_areFound() {
    git.write("Zoë 数据.txt", "x\n").write("-rf", "y\n").write(":(top)", "z\n").commit("Odd names");
    assertThat(call("git.log", "paths", List.of("Zoë 数据.txt")).text()).contains("Odd names");
    assertThat(call("git.show", "commit", "HEAD", "path", ":(top)").text())
        .contains("+z")
        .doesNotContain("+x", "+y");
    assertThat(call("git.blame", "path", "-rf").text()).contains(") y");
  }

  @Test
  void commit_whatNamesNone_isRefused() throws IOException {
    List<String> revisions =
        List.of(
            "none",
            "--output=pwned",
            "-p",
            "HEAD --output=pwned",
            "a..b",
            "HEAD:a.txt",
            "^HEAD",
            ":/Begin",
            "",
            "x\u0000y",
            "$(touch pwned)",
            "HEAD^{tree}",
            "@{-1}\n--all");
    try (GitRepository repository =
        GitRepository.open(FileRoots.of(List.of(folder)).workspace("."))) {
      for (String revision : revisions) {
        assertThatThrownBy(() -> repository.commit(revision))
            .as(revision)
            .hasMessageEndingWith(
                "names no commit here. Take a hash from git.log, a branch or a tag, such as "
                    + "main~1.");
      }
    }
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void anyTool_whatNamesNoCommit_isAFailure() {
    Map<String, String> names =
        Map.of(
            "git.log", "revision", "git.diff", "to", "git.show", "commit", "git.blame", "revision");
    for (Tool tool : tools) {
      String name = tool.spec().name();
      ToolResult result =
          call(name, names.getOrDefault(name, ""), "--output=pwned", "path", "a.txt");
      assertThat(result.failed()).isTrue();
      assertThat(result.text()).startsWith("'--output=pwned' names no commit here.");
    }
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void anyTool_pathOutside_isAFailure() {
    for (String path : List.of("../x", "/etc/passwd", "a/../../x", "x\u0000y")) {
      for (Tool tool : tools) {
        ToolResult result =
            call(tool.spec().name(), "path", path, "paths", List.of(path), "commit", "HEAD");
        assertThat(result.failed()).isTrue();
        assertThat(result.text())
            .endsWith("is no path inside the folder. Name one relative to it.");
      }
    }
  }

  @Test
  void anyTool_folderWithoutRepository_saysSo() throws IOException {
    Path plain = Files.createDirectories(folder.resolve("sub"));
    for (Tool tool : tools) {
      ToolResult result =
          Call.tool(
              tools, tool.spec().name(), "folder", plain.toString(), "path", "a", "commit", "a");
      assertThat(result.failed()).isTrue();
      assertThat(result.text())
          .isEqualTo(
              "The folder has no git repository at its top. Name the folder that holds .git, "
                  + "or work without the history.");
    }
  }

  @Test
  void anyTool_afterwards_leavesNothingBehind() throws IOException {
    List<String> before = git.run("status", "--porcelain").lines().toList();
    call("git.diff");
    call("git.show", "commit", "HEAD");
    assertThat(git.run("status", "--porcelain").lines().toList()).isEqualTo(before);
    assertThat(folder.resolve(".git/index.lock")).doesNotExist();
  }

  private ToolResult call(String tool, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(tools, tool, arguments);
  }
}
