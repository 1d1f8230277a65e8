package io.agentos.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client, unmodified, against {@code /mcp}. */
@SuppressWarnings("deprecation") // What most clients out there are written with.
final class OfficialClientTest {
  @TempDir static Path root;
  private static Path code;
  private static LiveServer server;
  private static McpSyncClient client;

  @BeforeAll
  static void open() throws IOException {
    code = Files.createDirectories(root.resolve("code"));
    Files.writeString(code.resolve("Heron.java"), "final class Heron {}\n");
    server = LiveServer.start(root, "files: {roots: [%s]}\n".formatted(root));
    String key = server.key();
    client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(server.url().toString())
                    .httpRequestCustomizer(
                        (request, _, _, _, _) -> request.header("Authorization", "Bearer " + key))
                    .build())
            .requestTimeout(Duration.ofSeconds(60))
            .build();
    client.initialize();
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  @Test
  void tools_areThoseOfTheRegistryAndTheAgents() {
    List<String> names = client.listTools().tools().stream().map(McpSchema.Tool::name).toList();

    assertThat(names)
        .contains("files.read", "git.log", "agent.engineering.code-scout", "task.result");
  }

  @Test
  void call_ofATool_isATaskOfItsOwn() {
    CallToolResult result =
        client.callTool(
            new CallToolRequest(
                "files.read", Map.of("folder", code.toString(), "path", "Heron.java")));

    assertThat(result.isError()).as(text(result)).isFalse();
    assertThat(text(result)).contains("final class Heron {}");
    assertThat(task(result)).startsWith("task_");
  }

  @Test
  void call_ofAnAgent_answersItsOutput() {
    CallToolResult result =
        client.callTool(
            new CallToolRequest("agent.engineering.code-scout", Map.of("folder", code.toString())));

    assertThat(result.isError()).as(text(result)).isFalse();
    assertThat(text(result)).contains("Heron");
  }

  @Test
  void call_withAnUnknownArgument_isToldWhichThereAre() {
    CallToolResult result =
        client.callTool(new CallToolRequest("files.read", Map.of("folder", "x", "pth", "y")));

    assertThat(result.isError()).isTrue();
    assertThat(text(result))
        .startsWith("INVALID_ARGUMENTS: Argument 'pth' of tool files.read is unknown; known: ")
        .contains("nearest: 'path'");
  }

  @Test
  void call_outsideTheRoots_failsAsItsTask() {
    CallToolResult result =
        client.callTool(
            new CallToolRequest("files.read", Map.of("folder", "/etc", "path", "hosts")));

    assertThat(result.isError()).isTrue();
    assertThat(text(result)).startsWith("TOOL_FAILED: files.read failed: ");
    assertThat(task(result)).startsWith("task_");
  }

  @Test
  void call_ofAToolThatNobodyHas_isAnAnswerForAModel() {
    CallToolResult result = client.callTool(new CallToolRequest("files.fly", Map.of()));

    assertThat(result.isError()).isTrue();
    assertThat(text(result))
        .isEqualTo("UNKNOWN_TOOL: there is no tool 'files.fly'; tools/list names them.");
  }

  @Test
  void call_underOneKey_isOneTask_andAnotherCallUnderItIsRefused() {
    Map<String, Object> key = Map.of("io.agentos/idempotency-key", "heron-1");
    Map<String, Object> list = Map.of("folder", code.toString());
    CallToolResult first = client.callTool(new CallToolRequest("files.list", list, key));
    CallToolResult again = client.callTool(new CallToolRequest("files.list", list, key));
    CallToolResult other =
        client.callTool(new CallToolRequest("files.list", Map.of("folder", root.toString()), key));

    assertThat(task(again)).isEqualTo(task(first));
    assertThat(text(again)).isEqualTo(text(first));
    assertThat(text(other)).startsWith("IDEMPOTENCY_MISMATCH: ");
    CallToolResult asked =
        client.callTool(new CallToolRequest("task.result", Map.of("task", task(first))));
    assertThat(text(asked)).isEqualTo(text(first));
  }

  @Test
  void agents_areResourcesAndPrompts() {
    assertThat(client.listResources().resources())
        .extracting(McpSchema.Resource::uri)
        .contains("agentos://agents/supabase.rls-auditor");
    McpSchema.ReadResourceResult read =
        client.readResource(
            new McpSchema.ReadResourceRequest("agentos://agents/engineering.code-scout"));
    assertThat(read.contents().toString()).contains("\"tools\":[\"code.scout\"]");
    assertThat(
            client
                .getPrompt(
                    new McpSchema.GetPromptRequest(
                        "engineering.code-scout", Map.of("folder", "src")))
                .messages()
                .toString())
        .contains("Call the tool agent.engineering.code-scout with {\"folder\":\"src\"}.");
  }

  private static String task(CallToolResult result) {
    return String.valueOf(result.meta().get("io.agentos/task"));
  }

  static String text(CallToolResult result) {
    return result.content().getFirst() instanceof McpSchema.TextContent text ? text.text() : "";
  }
}
