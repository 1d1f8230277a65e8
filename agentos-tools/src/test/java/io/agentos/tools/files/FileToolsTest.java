package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileToolsTest {
  @TempDir Path temporary;
  private Path folder;
  private List<Tool> tools = List.of();

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("work/project"));
    tools = FileTools.tools(FileRoots.of(List.of(folder.resolve(".."))));
    write("README.md", "# Project\n\nSays what it is.\n");
    write("src/main/App.java", "class App {\n  // TODO one\n  int answer = 42;\n}\n");
    write("src/main/Tool.java", "class Tool {\n  // todo two\n}\n");
    write("node_modules/left/index.js", "// TODO not ours\n");
    write("secret.log", "TODO ignored\n");
    write(".gitignore", "*.log\n");
  }

  @Test
  void specs_areReadOnlyGreenAndClosed() {
    for (Tool tool : tools) {
      ToolSpec spec = tool.spec();
      assertThat(spec.effect()).isEqualTo(ToolSpec.Effect.READ_ONLY);
      assertThat(spec.zone()).isEqualTo(Zone.GREEN);
      assertThat(spec.inputSchema()).containsEntry("additionalProperties", false);
      Map<?, ?> properties =
          (Map<?, ?>) Objects.requireNonNull(spec.inputSchema().get("properties"));
      assertThat(properties.keySet().iterator().next()).isEqualTo("folder");
      for (Object property : properties.values()) {
        assertThat(((Map<?, ?>) property).keySet().stream().map(String::valueOf))
            .contains("type", "description");
      }
    }
  }

  @Test
  void list_folder_showsWhatIsSourceAndSaysWhatIsLeftOut() {
    ToolResult result = call("files.list");
    assertThat(result.failed()).isFalse();
    assertThat(result.text())
        .isEqualTo(
            """
            4 files and 2 folders in the folder
            .gitignore  6 B
            README.md  28 B
            src/
            src/main/
            src/main/App.java  47 B
            src/main/Tool.java  29 B
            Left out, ignored by .gitignore: secret.log
            Left out, version control, downloads or build output: node_modules/
            """);
    assertThat(result.fields()).containsEntry("files", 4).containsEntry("more", false);
  }

  @Test
  void list_depth_showsWhatFoldersHold() {
    assertThat(call("files.list", "depth", 1L).text())
        .contains("src/\n")
        .contains("Left out, below the depth that was asked for: src/")
        .doesNotContain("App.java");
  }

  @Test
  void list_globAndPath_narrow() {
    assertThat(call("files.list", "glob", "*.java", "path", "src").text())
        .isEqualTo("2 files fit in src\nsrc/main/App.java  47 B\nsrc/main/Tool.java  29 B\n");
  }

  @Test
  void list_ignoredFolderByName_isShown() {
    assertThat(call("files.list", "path", "node_modules").text())
        .contains("node_modules/left/index.js  17 B");
  }

  @Test
  void list_moreThanAPage_showsTheLevelsThatFit() throws IOException {
    for (int i = 0; i < 500; i++) {
      write("src/many/File" + i + ".java", "");
    }
    ToolResult result = call("files.list");
    assertThat(result.text())
        .contains("src/many/  (500 files, 0 B)")
        .contains("502 deeper entries are not shown: list a folder by path.")
        .doesNotContain("File7.java");
    assertThat(result.fields()).containsEntry("more", true);
    assertThat(call("files.list", "path", "src/many").text())
        .contains("100 more are not shown: narrow by path or glob.");
  }

  @Test
  void list_whatIsNoFolder_saysSo() {
    assertFailure(
        call("files.list", "path", "README.md"),
        "'README.md' is not a folder. Name a folder, or read a file with files.read.");
    assertFailure(
        call("files.list", "path", "none"),
        "'none' is not a folder. Name a folder, or read a file with files.read.");
  }

  @Test
  void list_strangeNames_areShownOnOneLine() throws IOException {
    write("new\nline\u001B[31m.txt", "x");
    write("\u202Egpj.exe", "x");
    assertThat(call("files.list").text())
        .contains("\nnew?line?[31m.txt  1 B\n", "\n?gpj.exe  1 B\n");
  }

  @Test
  void read_file_hasNumberedLines() {
    ToolResult result =
        call("files.read", "path", "src/main/App.java", "from_line", 2L, "lines", 2L);
    assertThat(result.text())
        .isEqualTo(
            """
            src/main/App.java, lines 2 to 3 of 4
                 2    // TODO one
                 3    int answer = 42;
            More follows: go on with from_line 4.
            """);
    assertThat(result.fields())
        .containsEntry("lines_total", 4)
        .containsEntry("text", "  // TODO one\n  int answer = 42;\n");
  }

  @Test
  void read_behindTheEnd_saysHowLongItIs() {
    assertFailure(
        call("files.read", "path", "README.md", "from_line", 9L),
        "'README.md' has 3 lines; from_line 9 is behind the end.");
  }

  @Test
  void read_emptyFile_saysSo() throws IOException {
    write("empty", "");
    assertThat(call("files.read", "path", "empty").text()).isEqualTo("'empty' is empty.\n");
  }

  @Test
  void read_binaryFile_isRefused() throws IOException {
    Files.write(folder.resolve("a.bin"), new byte[] {1, 0, 2});
    assertFailure(
        call("files.read", "path", "a.bin"), "'a.bin' is a binary file; only text can be read.");
  }

  @Test
  void read_byteOrderMarks_areUnderstood() throws IOException {
    byte[] little = "\uFEFFgrüß\n".getBytes(StandardCharsets.UTF_16LE);
    Files.write(folder.resolve("little.txt"), little);
    Files.write(folder.resolve("big.txt"), "\uFEFFgrüß\n".getBytes(StandardCharsets.UTF_16BE));
    Files.write(folder.resolve("eight.txt"), "\uFEFFgrüß\r\n".getBytes(StandardCharsets.UTF_8));
    for (String name : List.of("little.txt", "big.txt", "eight.txt")) {
      assertThat(call("files.read", "path", name).fields()).containsEntry("text", "grüß\n");
    }
  }

  @Test
  void read_bytesThatAreNoText_becomeReplacements() throws IOException {
    Files.write(
        folder.resolve("latin.txt"),
        "gr\u00FC\u00DF\u001B[1m".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(call("files.read", "path", "latin.txt").fields())
        .containsEntry("text", "gr\uFFFD\uFFFD?[1m\n");
  }

  @Test
  void read_endlessLine_isCut() throws IOException {
    write("long.txt", "x".repeat(5_000_000) + "\nsecond\n");
    ToolResult result = call("files.read", "path", "long.txt");
    assertThat(result.text()).hasSizeLessThan(3_000).contains("x… (line cut)\n     2  second\n");
  }

  @Test
  void read_largeFile_showsAPageThatFits() throws IOException {
    write("large.txt", ("y".repeat(999) + "\n").repeat(3_000));
    ToolResult result = call("files.read", "path", "large.txt", "lines", 2_000L);
    assertThat(result.text())
        .startsWith("large.txt, lines 1 to 100 of 3000\n")
        .endsWith("More follows: go on with from_line 101.\n");
  }

  @Test
  void read_outOfTheFolder_isAFailureTheAgentCanActOn() throws IOException {
    Files.writeString(folder.resolve("../beside.txt"), "secret");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("../beside.txt"));
    for (String path : List.of("../beside.txt", "link.txt", "/etc/passwd")) {
      assertFailure(
          call("files.read", "path", path),
          "'%s' leads out of the folder, or cannot be followed to a place inside it. "
                  .formatted(path)
              + "Name a path inside, relative to the folder.");
    }
  }

  @Test
  void anyTool_folderOutsideTheRoots_isThrown() {
    for (String tool : List.of("files.list", "files.read", "files.search")) {
      assertThatThrownBy(
              () -> Call.tool(tools, tool, "folder", "/etc", "path", "passwd", "pattern", "x"))
          .isInstanceOf(AgentOsException.class)
          .extracting("code")
          .isEqualTo(ErrorCode.OUTSIDE_ROOTS);
    }
  }

  @Test
  void anyTool_missingFolder_isAFailure() {
    assertFailure(
        Call.tool(tools, "files.list", "folder", folder + "/none"),
        "There is no folder '%s/none'. Name one that exists.".formatted(folder));
  }

  @Test
  void anyTool_interrupted_endsAndSaysSo() {
    for (String tool : List.of("files.list", "files.read", "files.search")) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(
                () -> call(tool, "path", tool.endsWith("read") ? "README.md" : ".", "pattern", "x"))
            .hasMessage(tool + " was stopped before it ended.")
            .extracting("code")
            .isEqualTo(ErrorCode.TOOL_UNAVAILABLE);
      } finally {
        assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
      }
    }
  }

  @Test
  void search_pattern_findsLinesBySourceFile() {
    ToolResult result = call("files.search", "pattern", "\\btodo\\b", "ignore_case", true);
    assertThat(result.text())
        .isEqualTo(
            """
            2 matching lines in 2 files; 4 files searched
            src/main/App.java
                 2  // TODO one
            src/main/Tool.java
                 2  // todo two
            Left out, ignored by .gitignore: secret.log
            Left out, version control, downloads or build output: node_modules/
            """);
    assertThat(result.fields())
        .containsEntry("complete", true)
        .containsEntry(
            "matches",
            List.of(
                Map.of("path", "src/main/App.java", "line", 2, "text", "// TODO one"),
                Map.of("path", "src/main/Tool.java", "line", 2, "text", "// todo two")));
  }

  @Test
  void search_context_showsLinesAround() {
    assertThat(call("files.search", "pattern", "answer", "context", 1L).text())
        .contains(
            "src/main/App.java\n     2-   // TODO one\n     3  int answer = 42;\n     4- }\n");
  }

  @Test
  void search_oneFile_isSearchedEvenWhenIgnored() {
    assertThat(call("files.search", "pattern", "TODO", "path", "secret.log").text())
        .startsWith("1 matching lines in 1 files; 1 files searched\nsecret.log\n");
  }

  @Test
  void search_manyMatches_areBoundedPerFileAndInAll() throws IOException {
    write("many.txt", "hit\n".repeat(60));
    write("more.txt", "hit\n".repeat(60));
    assertThat(call("files.search", "pattern", "hit").text())
        .contains("50 matching lines in 2 files")
        .contains("        35 more in this file\n");
    ToolResult few = call("files.search", "pattern", "hit", "matches", 3L);
    assertThat(few.text()).contains("Stopped at 3 matches: narrow by pattern, path or glob.");
    assertThat(few.fields()).containsEntry("complete", false);
  }

  @Test
  void search_brokenPattern_saysWhy() {
    assertFailure(
        call("files.search", "pattern", "(open"), "The pattern cannot be used: Unclosed group.");
  }

  @Test
  void search_longLine_isSearchedInPartAndSaysSo() throws IOException {
    write("min.txt", "x".repeat(10_000) + "needle\n");
    ToolResult result = call("files.search", "pattern", "needle", "path", "min.txt");
    assertThat(result.text())
        .contains("0 matching lines")
        .contains("1 files were searched in part: too large, or too long lines.");
    assertThat(result.fields()).containsEntry("complete", false);
  }

  private ToolResult call(String tool, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(tools, tool, arguments);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static void assertFailure(ToolResult result, String text) {
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).isEqualTo(text);
  }
}
