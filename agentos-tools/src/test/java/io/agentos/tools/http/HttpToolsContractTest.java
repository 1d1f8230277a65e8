package io.agentos.tools.http;

import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import io.agentos.tools.files.Call;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Holds each tool to what every tool must keep. */
final class HttpToolsContractTest {

  abstract static class Contract extends ToolContract {
    private final String name;
    private final ToolArguments arguments;

    Contract(String name, Map<String, Object> arguments) {
      this.name = name;
      this.arguments = new ToolArguments(Map.copyOf(arguments));
    }

    @Override
    protected Tool tool() {
      return Call.tool(HttpTools.tools(), name);
    }

    @Override
    protected ToolArguments arguments() {
      return arguments;
    }

    @Override
    protected Egress egress() {
      return new PlayedEgress(PlayedEgress.answer(200, "otters", "content-type", "text/plain"));
    }
  }

  @Nested
  final class Get extends Contract {
    Get() {
      super(
          "http.get",
          Map.of("url", "https://otter.example/a", "headers", Map.of("accept", "text/plain")));
    }
  }

  @Nested
  final class Post extends Contract {
    Post() {
      super("http.post", Map.of("url", "https://otter.example/a", "json", Map.of("name", "Ada")));
    }
  }

  @Nested
  final class Put extends Contract {
    Put() {
      super(
          "http.put",
          Map.of(
              "url", "https://otter.example/a", "body", "<a/>", "content_type", "application/xml"));
    }
  }

  @Nested
  final class Delete extends Contract {
    Delete() {
      super("http.delete", Map.of("url", "https://otter.example/a"));
    }
  }
}
