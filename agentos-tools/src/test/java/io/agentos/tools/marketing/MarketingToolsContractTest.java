package io.agentos.tools.marketing;

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
final class MarketingToolsContractTest {

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
      return Call.tool(MarketingTools.tools(FileRoots.of(List.of())), name);
    }

    @Override
    protected ToolArguments arguments() {
      return arguments;
    }
  }

  @Nested
  final class Copy extends Contract {
    Copy() {
      super("marketing.measure_copy", "text", "marketing/launch.md");
    }
  }

  @Nested
  final class Seo extends Contract {
    Seo() {
      super("marketing.audit_seo", "page", "marketing/tickets.html");
    }
  }

  @Nested
  final class Links extends Contract {
    Links() {
      super("marketing.build_links", "links", "marketing/campaign.csv");
    }
  }
}
