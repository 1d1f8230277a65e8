package io.agentos.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.McpServerDefinition;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.server.McpServers;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.mcp.McpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client against the reference server, over both transports. */
final class ReferenceServerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void stdio_everyToolIsDescribedAndCalled() throws Exception {
    McpServerDefinition declared = definition(List.of());
    List<McpServerDefinition.Pin> pins;
    try (McpServer server = McpServers.server(declared, folder, Egress.CLOSED, (_, _, _) -> {})) {
      pins = server.offered().stream().map(McpServers::pin).toList();
    }
    assertThat(pins).extracting(McpServerDefinition.Pin::remote).contains("echo", "get-sum");
    try (McpServer server =
        McpServers.server(definition(pins), folder, Egress.CLOSED, (_, _, _) -> {})) {
      assertThat(call(server, "mcp.everything.echo", Map.of("message", "hello")).text())
          .isEqualTo("Echo: hello");
      assertThat(call(server, "mcp.everything.get_sum", Map.of("a", 2, "b", 40)).text())
          .isEqualTo("The sum of 2 and 40 is 42.");
    }
  }

  @Test
  void http_throughTheEgressGuard_everyToolIsDescribedAndCalled() throws Exception {
    try (ReferenceServer reference = ReferenceServer.start(folder)) {
      Egress egress =
          new EgressGuard(
              List.of(
                  EgressRule.parse("http://127.0.0.1:%d".formatted(reference.port()))
                      .orElseThrow()));
      McpServerDefinition declared = http(reference, List.of());
      List<McpServerDefinition.Pin> pins;
      try (McpServer server = McpServers.server(declared, folder, egress, (_, _, _) -> {})) {
        pins = server.offered().stream().map(McpServers::pin).toList();
      }
      assertThat(pins).hasSizeGreaterThan(8);
      try (McpServer server =
          McpServers.server(http(reference, pins), folder, egress, (_, _, _) -> {})) {
        assertThat(call(server, "mcp.everything.echo", Map.of("message", "hello")).text())
            .isEqualTo("Echo: hello");
        ToolResult weather =
            call(server, "mcp.everything.get_structured_content", Map.of("location", "Chicago"));
        assertThat(weather.fields()).containsKeys("temperature", "conditions", "humidity");
        assertThat(call(server, "mcp.everything.get_tiny_image", Map.of()).text())
            .contains("[image of type image/png, ");
      }
    }
  }

  @Test
  void http_insideAndNotListed_isRefusedBeforeAnythingIsSent() throws Exception {
    try (ReferenceServer reference = ReferenceServer.start(folder);
        McpServer server =
            McpServers.server(
                http(reference, List.of()), folder, new EgressGuard(List.of()), (_, _, _) -> {})) {
      assertThatThrownBy(server::offered)
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED));
    }
  }

  private static McpServerDefinition http(
      ReferenceServer reference, List<McpServerDefinition.Pin> pins) {
    return new McpServerDefinition(
        "everything",
        "The reference server",
        new McpServerDefinition.Http(reference.url().toString(), Map.of()),
        TIMEOUT,
        List.of(),
        pins);
  }

  private static ToolResult call(McpServer server, String name, Map<String, Object> arguments) {
    Tool tool =
        server.tools().stream()
            .filter(one -> one.spec().name().equals(name))
            .findFirst()
            .orElseThrow();
    ToolContext context =
        new ToolContext(
            new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "call"), new AgentId("a", "b"));
    return tool.call(new ToolArguments(arguments), context);
  }

  private static McpServerDefinition definition(List<McpServerDefinition.Pin> pins)
      throws Exception {
    return new McpServerDefinition(
        "everything",
        "The reference server",
        new McpServerDefinition.Stdio(
            Peers.node(), List.of(Peers.script("server-everything"), "stdio"), Map.of(), ""),
        TIMEOUT,
        List.of(
            new McpServerDefinition.Rule(
                "echo", "echo", ToolSpec.Effect.READ_ONLY, Zone.GREEN, TIMEOUT, 0)),
        pins);
  }
}
