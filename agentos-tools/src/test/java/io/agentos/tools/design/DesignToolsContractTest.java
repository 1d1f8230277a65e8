package io.agentos.tools.design;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Holds each tool to what every tool must keep. */
final class DesignToolsContractTest {

  /** One tool on its example. */
  abstract static class Contract extends ToolContract {
    private final String name;
    private final ToolArguments arguments;

    Contract(String name, String argument, String example) {
      this.name = name;
      this.arguments = new ToolArguments(Map.of(argument, Found.example(example)));
    }

    @Override
    protected Tool tool() {
      return Call.tool(DesignTools.tools(FileRoots.of(List.of())), name);
    }

    @Override
    protected ToolArguments arguments() {
      return arguments;
    }
  }

  @Nested
  final class Contrast extends Contract {
    Contrast() {
      super("design.audit_contrast", "page", "design/ferry.html");
    }
  }

  @Nested
  final class Tokens extends Contract {
    Tokens() {
      super("design.lint_tokens", "tokens", "design/tokens.json");
    }
  }

  @Nested
  final class Access extends Contract {
    Access() {
      super("design.scan_access", "page", "design/order.html");
    }
  }
}
