package io.agentos.tools.code;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.World;
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
final class CodeToolsContractTest {
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
      return Call.tool(CodeTools.tools(FileRoots.of(List.of(folder))), name);
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
  final class Scout extends Contract {
    Scout() {
      super("code.scout", Map.of());
    }
  }
}
