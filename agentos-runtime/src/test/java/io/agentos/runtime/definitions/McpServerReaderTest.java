package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.McpServerDefinition.Pin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class McpServerReaderTest {
  private static final String TOOL =
      """
      apiVersion: agentos.io/v1
      kind: Tool
      metadata: {name: mcp-till, description: The till of the shop}
      spec:
        stdio: {command: till-mcp, args: [--quiet], env: {TILL_KEY: "env:TILL_KEY"}}
        timeout: PT20S
        tools:
          - {name: readTotal, effect: read, zone: green, timeout: PT5S, costUsdMicros: 10}
          - {name: open-drawer, as: drawer, zone: yellow}
      """;
  private static final Pin TOTAL = pin("readTotal", "Today's total", Map.of("readOnlyHint", true));
  private static final Pin DRAWER = pin("open-drawer", "Opens it", Map.of());

  @TempDir Path root;
  private PackFolder folder;

  @BeforeEach
  void open() {
    folder = PackFolder.shop(root).write("shop/tools/mcp-till.yaml", TOOL);
  }

  @Test
  void server_withItsLock_saysWhatItsToolsAre() {
    lock(List.of(TOTAL, DRAWER));

    McpServerDefinition server = PackLoader.loadPack(folder.pack()).mcpServers().getFirst();

    assertThat(server.pins()).containsExactlyInAnyOrder(TOTAL, DRAWER);
    ToolSpec total = server.spec(TOTAL);
    assertThat(total.name()).isEqualTo("mcp.till.read_total");
    assertThat(total.effect()).isEqualTo(ToolSpec.Effect.READ_ONLY);
    assertThat(total.zone()).isEqualTo(Zone.GREEN);
    assertThat(total.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(total.costUsdMicros()).isEqualTo(10);
    assertThat(total.inputSchema()).containsEntry("additionalProperties", false);
    ToolSpec drawer = server.spec(DRAWER);
    assertThat(drawer.name()).isEqualTo("mcp.till.drawer");
    assertThat(drawer.effect()).isEqualTo(ToolSpec.Effect.ONCE);
    assertThat(drawer.timeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void hints_makeStricterAndNeverMilder() {
    McpServerDefinition server = PackLoader.loadPack(folder.pack()).mcpServers().getFirst();

    Pin writes = pin("readTotal", "x", Map.of("readOnlyHint", false, "destructiveHint", true));
    assertThat(server.spec(writes).effect()).isEqualTo(ToolSpec.Effect.ONCE);
    assertThat(server.spec(writes).zone()).isEqualTo(Zone.RED);
    Pin harmless = pin("other", "x", Map.of("readOnlyHint", true, "idempotentHint", true));
    assertThat(server.spec(harmless).effect()).isEqualTo(ToolSpec.Effect.ONCE);
    assertThat(server.spec(harmless).zone()).isEqualTo(Zone.RED);
  }

  @Test
  void lockThatWasEdited_isRefused() {
    lock(List.of(TOTAL));
    folder.replace("shop/tools/mcp-till.lock.json", "Today's total", "Today's total, mailed");

    assertThat(problem())
        .endsWith(
            "tool 'readTotal' is not what its sha256 says; run 'agentos mcp approve' instead of editing");
  }

  @Test
  void twoToolsOfOneName_mustBeNamedOtherwise() {
    lock(List.of(TOTAL, pin("read-total", "The other", Map.of())));

    assertThat(problem())
        .contains("two tools would be named 'read_total'; name ")
        .endsWith(" otherwise with spec.tools[].as");
  }

  @Test
  void neitherProgramNorService_orAValueInPlaceOfAReference_isRefused() {
    folder.write("shop/tools/mcp-till.yaml", TOOL.replaceAll("(?m)^  stdio:.*\n", ""));
    assertThat(problem()).contains("found both or none of stdio and http; allowed: exactly one");

    folder.write("shop/tools/mcp-till.yaml", TOOL.replace("env:TILL_KEY", "hunter2"));
    assertThat(problem()).contains("spec.stdio.env.TILL_KEY").doesNotContain("mcpServers");
  }

  @Test
  void otherFiles_areRefused() {
    folder.write("shop/tools/till.json", "{}");

    assertThat(problem()).contains("found a file of another kind; allowed: mcp-SERVER.yaml");
  }

  @Test
  void schemaThatRefersElsewhere_cannotBeApproved() {
    assertThat(
            Told.by(() ->
                    McpLock.pin(
                        "far",
                        "x",
                        Map.of("properties", Map.of("a", Map.of("$ref", "https://x.example/s"))),
                        Map.of()))
                .detail())
        .isEqualTo(
            "The schema of tool 'far' refers to another document; only references within it ('#…') are approved.");
  }

  private void lock(List<Pin> pins) {
    folder.write("shop/tools/mcp-till.lock.json", McpLock.write(pins));
  }

  private String problem() {
    return Told.by(() -> PackLoader.loadPack(folder.pack())).detail();
  }

  private static Pin pin(String name, String description, Map<String, Boolean> hints) {
    return McpLock.pin(
        name,
        description,
        Map.of("type", "object", "properties", Map.of("day", Map.of("type", "string"))),
        hints);
  }
}
