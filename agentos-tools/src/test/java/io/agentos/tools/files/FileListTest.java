package io.agentos.tools.files;

import static io.agentos.tools.files.ProjectFixture.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileListTest {
  @TempDir Path temporary;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(temporary);
  }

  @Test
  void list_folder_showsWhatIsSourceAndSaysWhatIsLeftOut() {
    ToolResult result = project.call("files.list");
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
    assertThat(project.call("files.list", "depth", 1L).text())
        .contains("src/\n")
        .contains("Left out, below the depth that was asked for: src/")
        .doesNotContain("App.java");
  }

  @Test
  void list_globAndPath_narrow() {
    assertThat(project.call("files.list", "glob", "*.java", "path", "src").text())
        .isEqualTo("2 files fit in src\nsrc/main/App.java  47 B\nsrc/main/Tool.java  29 B\n");
  }

  @Test
  void list_ignoredFolderByName_isShown() {
    assertThat(project.call("files.list", "path", "node_modules").text())
        .contains("node_modules/left/index.js  17 B");
  }

  @Test
  void list_moreThanAPage_showsTheLevelsThatFit() throws IOException {
    for (int i = 0; i < 500; i++) {
      project.write("src/many/File" + i + ".java", "");
    }
    ToolResult result = project.call("files.list");
    assertThat(result.text())
        .contains("src/many/  (500 files, 0 B)")
        .contains("502 deeper entries are not shown: list a folder by path.")
        .doesNotContain("File7.java");
    assertThat(result.fields()).containsEntry("more", true);
    assertThat(project.call("files.list", "path", "src/many").text())
        .contains("100 more are not shown: narrow by path or glob.");
  }

  @Test
  void list_whatIsNoFolder_saysSo() {
    assertFailure(
        project.call("files.list", "path", "README.md"),
        "'README.md' is not a folder. Name a folder, or read a file with files.read.");
    assertFailure(
        project.call("files.list", "path", "none"),
        "'none' is not a folder. Name a folder, or read a file with files.read.");
  }

  @Test
  void list_strangeNames_areShownOnOneLine() throws IOException {
    project.write("new\nline\u001B[31m.txt", "x");
    project.write("\u202Egpj.exe", "x");
    assertThat(project.call("files.list").text())
        .contains("\nnew?line?[31m.txt  1 B\n", "\n?gpj.exe  1 B\n");
  }
}
