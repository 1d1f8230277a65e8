package io.agentos.tools.files;

import static io.agentos.tools.files.ProjectFixture.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileToolsTest {
  @TempDir Path temporary;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(temporary);
  }

  @Test
  void specs_areReadOnlyGreenAndClosed() {
    for (Tool tool : project.tools()) {
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
  void anyTool_folderOutsideTheRoots_isThrown() {
    for (String tool : List.of("files.list", "files.read", "files.search")) {
      assertThatThrownBy(() ->
              Call.tool(project.tools(), tool, "folder", "/etc", "path", "passwd", "pattern", "x"))
          .isInstanceOf(AgentOsException.class)
          .extracting("code")
          .isEqualTo(ErrorCode.OUTSIDE_ROOTS);
    }
  }

  @Test
  void anyTool_missingFolder_isAFailure() {
    assertFailure(
        Call.tool(project.tools(), "files.list", "folder", project.folder() + "/none"),
        "There is no folder '%s/none'. Name one that exists.".formatted(project.folder()));
  }

  @Test
  void anyTool_interrupted_endsAndSaysSo() {
    for (String tool : List.of("files.list", "files.read", "files.search")) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() ->
                project.call(
                    tool, "path", tool.endsWith("read") ? "README.md" : ".", "pattern", "x"))
            .hasMessage(tool + " was stopped before it ended.")
            .extracting("code")
            .isEqualTo(ErrorCode.TOOL_UNAVAILABLE);
      } finally {
        assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
      }
    }
  }

  @Test
  void anyTool_gitsOwnFiles_areNotShown() throws IOException {
    project.write(".git/config", "password");
    for (String tool : List.of("files.list", "files.read", "files.search")) {
      assertFailure(
          project.call(tool, "path", ".git/config", "pattern", "x"),
          "'.git/config' is one of git's own files, which the file tools do not show.");
    }
  }
}
