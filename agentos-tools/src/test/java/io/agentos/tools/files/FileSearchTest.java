package io.agentos.tools.files;

import static io.agentos.tools.files.ProjectFixture.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSearchTest {
  @TempDir Path temporary;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(temporary);
  }

  @Test
  void search_pattern_findsLinesBySourceFile() {
    ToolResult result = project.call("files.search", "pattern", "\\btodo\\b", "ignore_case", true);
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
    assertThat(project.call("files.search", "pattern", "answer", "context", 1L).text())
        .contains(
            "src/main/App.java\n     2-   // TODO one\n     3  int answer = 42;\n     4- }\n");
  }

  @Test
  void search_oneFile_isSearchedEvenWhenIgnored() {
    assertThat(project.call("files.search", "pattern", "TODO", "path", "secret.log").text())
        .startsWith("1 matching lines in 1 files; 1 files searched\nsecret.log\n");
  }

  @Test
  void search_manyMatches_areBoundedPerFileAndInAll() throws IOException {
    project.write("many.txt", "hit\n".repeat(60));
    project.write("more.txt", "hit\n".repeat(60));
    assertThat(project.call("files.search", "pattern", "hit").text())
        .contains("50 matching lines in 2 files")
        .contains("        35 more in this file\n");
    ToolResult few = project.call("files.search", "pattern", "hit", "matches", 3L);
    assertThat(few.text()).contains("Stopped at 3 matches: narrow by pattern, path or glob.");
    assertThat(few.fields()).containsEntry("complete", false);
  }

  @Test
  void search_brokenPattern_saysWhy() {
    assertFailure(
        project.call("files.search", "pattern", "(open"),
        "The pattern cannot be used: Unclosed group.");
  }

  @Test
  void search_longLine_isSearchedInPartAndSaysSo() throws IOException {
    project.write("min.txt", "x".repeat(10_000) + "needle\n");
    ToolResult result = project.call("files.search", "pattern", "needle", "path", "min.txt");
    assertThat(result.text())
        .contains("0 matching lines")
        .contains("1 files were searched in part: too large, or too long lines.");
    assertThat(result.fields()).containsEntry("complete", false);
  }
}
