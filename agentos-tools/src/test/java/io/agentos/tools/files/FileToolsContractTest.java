package io.agentos.tools.files;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.git.GitFixture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Holds each tool to what every tool must keep. */
final class FileToolsContractTest {
  @TempDir Path folder;

  @BeforeEach
  void repository() {
    GitFixture.in(folder).write("a.txt", "one\n").commit("Begin").write("a.txt", "one more\n");
  }

  /** One tool on one repository. */
  abstract class Contract extends ToolContract {
    private final String name;
    private final Map<String, String> more;

    Contract(String name, Map<String, String> more) {
      this.name = name;
      this.more = more;
    }

    @Override
    protected Tool tool() {
      return Call.tool(FileTools.tools(FileRoots.of(List.of(folder))), name);
    }

    @Override
    protected ToolArguments arguments() {
      Map<String, @Nullable Object> arguments = new HashMap<>(more);
      arguments.put("folder", folder.toString());
      return new ToolArguments(arguments);
    }

    @Override
    protected Object world() {
      return World.of(folder);
    }
  }

  @Nested
  final class Listed extends Contract {
    Listed() {
      super("files.list", Map.of());
    }
  }

  @Nested
  final class Read extends Contract {
    Read() {
      super("files.read", Map.of("path", "a.txt"));
    }
  }

  @Nested
  final class Search extends Contract {
    Search() {
      super("files.search", Map.of("pattern", "one"));
    }
  }
}
