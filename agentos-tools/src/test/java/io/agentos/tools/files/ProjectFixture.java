package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A small project in a folder below an allowed root, and the file tools to look at it. */
final class ProjectFixture {
  private final Path folder;
  private final List<Tool> tools;

  ProjectFixture(Path temporary) throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("work/project"));
    tools = FileTools.tools(FileRoots.of(List.of(folder.resolve(".."))));
    write("README.md", "# Project\n\nSays what it is.\n");
    write("src/main/App.java", "class App {\n  // TODO one\n  int answer = 42;\n}\n");
    write("src/main/Tool.java", "class Tool {\n  // todo two\n}\n");
    write("node_modules/left/index.js", "// TODO not ours\n");
    write("secret.log", "TODO ignored\n");
    write(".gitignore", "*.log\n");
  }

  Path folder() {
    return folder;
  }

  List<Tool> tools() {
    return tools;
  }

  ToolResult call(String tool, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(tools, tool, arguments);
  }

  void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  static void assertFailure(ToolResult result, String text) {
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).isEqualTo(text);
  }
}
