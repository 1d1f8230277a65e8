package io.agentos.tools.files;

import static io.agentos.tools.files.ProjectFixture.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileReadTest {
  @TempDir Path temporary;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(temporary);
  }

  @Test
  void read_file_hasNumberedLines() {
    ToolResult result =
        project.call("files.read", "path", "src/main/App.java", "from_line", 2L, "lines", 2L);
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
        project.call("files.read", "path", "README.md", "from_line", 9L),
        "'README.md' has 3 lines; from_line 9 is behind the end.");
  }

  @Test
  void read_emptyFile_saysSo() throws IOException {
    project.write("empty", "");
    assertThat(project.call("files.read", "path", "empty").text()).isEqualTo("'empty' is empty.\n");
  }

  @Test
  void read_binaryFile_isRefused() throws IOException {
    Files.write(project.folder().resolve("a.bin"), new byte[] {1, 0, 2});
    assertFailure(
        project.call("files.read", "path", "a.bin"),
        "'a.bin' is a binary file; only text can be read.");
  }

  @Test
  void read_byteOrderMarks_areUnderstood() throws IOException {
    byte[] little = "\uFEFFgrüß\n".getBytes(StandardCharsets.UTF_16LE);
    Files.write(project.folder().resolve("little.txt"), little);
    Files.write(
        project.folder().resolve("big.txt"), "\uFEFFgrüß\n".getBytes(StandardCharsets.UTF_16BE));
    Files.write(
        project.folder().resolve("eight.txt"), "\uFEFFgrüß\r\n".getBytes(StandardCharsets.UTF_8));
    for (String name : List.of("little.txt", "big.txt", "eight.txt")) {
      assertThat(project.call("files.read", "path", name).fields()).containsEntry("text", "grüß\n");
    }
  }

  @Test
  void read_bytesThatAreNoText_becomeReplacements() throws IOException {
    Files.write(
        project.folder().resolve("latin.txt"),
        "gr\u00FC\u00DF\u001B[1m".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(project.call("files.read", "path", "latin.txt").fields())
        .containsEntry("text", "gr\uFFFD\uFFFD?[1m\n");
  }

  @Test
  void read_endlessLine_isCut() throws IOException {
    project.write("long.txt", "x".repeat(5_000_000) + "\nsecond\n");
    ToolResult result = project.call("files.read", "path", "long.txt");
    assertThat(result.text()).hasSizeLessThan(3_000).contains("x… (line cut)\n     2  second\n");
  }

  @Test
  void read_largeFile_showsAPageThatFits() throws IOException {
    project.write("large.txt", ("y".repeat(999) + "\n").repeat(3_000));
    ToolResult result = project.call("files.read", "path", "large.txt", "lines", 2_000L);
    assertThat(result.text())
        .startsWith("large.txt, lines 1 to 100 of 3000\n")
        .endsWith("More follows: go on with from_line 101.\n");
  }

  @Test
  void read_outOfTheFolder_isAFailureTheAgentCanActOn() throws IOException {
    Files.writeString(project.folder().resolve("../beside.txt"), "secret");
    Files.createSymbolicLink(
        project.folder().resolve("link.txt"), project.folder().resolve("../beside.txt"));
    for (String path : List.of("../beside.txt", "link.txt", "/etc/passwd")) {
      assertFailure(
          project.call("files.read", "path", path),
          "'%s' leads out of the folder, or cannot be followed to a place inside it. "
                  .formatted(path)
              + "Name a path inside, relative to the folder.");
    }
  }
}
