package io.agentos.server;

import io.agentos.api.ToolCall;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that reads files and lists folders, the latter when somebody says yes, with a model that
 * says canaries in a stream.
 */
final class CanaryNest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String PACK =
      """
      apiVersion: agentos.io/v1
      kind: Pack
      metadata: {name: nest, version: 1.0.0, description: "Reads one file"}
      spec: {agents: [reader]}
      """;

  private static final String AGENT =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: reader, description: "Reads files and says what it says, in a stream"}
      spec:
        type: llm
        zone: green
        models: [openai]
        system: prompts/reader.md
        tools: [files.read, files.list]
        effort: low
        limits: {turnsMax: 4}
      """;

  private static final String MODEL =
      """
      apiVersion: agentos.io/v1
      kind: Model
      metadata: {name: kestrel-1, description: "Streams."}
      spec:
        provider: openai
        contextTokens: 1000000
        outputTokensMax: 64000
        capabilities: [tools, reasoning, streaming]
        quality: {score: 50, why: a test}
        speed: fast
        prices:
          - {source: a page, checked: 2026-02-03, input: "2.00", output: "10.00"}
      """;

  private static final String POLICY =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: nest, description: "People say what may be listed"}
      spec:
        rules:
          - name: listing
            effect: require-approval
            match: {tools: [files.list]}
            reason: The nest is listed when somebody says so.
      """;

  private CanaryNest() {}

  /** What a server is told that shall know the agent, its model, and a folder with files. */
  static Map<String, String> environment(FakeModelServer model, Path told) throws IOException {
    Path own = told.resolveSibling("own");
    write(own, "models/openai/kestrel-1.yaml", MODEL);
    write(own, "packs/nest/pack.yaml", PACK);
    write(own, "packs/nest/agents/reader.yaml", AGENT);
    write(own, "packs/nest/prompts/reader.md", "Say what the file says.\n");
    write(own, "policies/nest.yaml", POLICY);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OPENAI_BASE_URL", model.uri() + "/v1");
    environment.put("OPENAI_MODEL", "kestrel-1");
    environment.put("AGENTOS_FILES_ROOTS", told.toString());
    environment.put("AGENTOS_MODELS_FOLDERS", own.resolve("models").toString());
    environment.put("AGENTOS_PACKS_FOLDERS", own.resolve("packs").toString());
    environment.put("AGENTOS_POLICIES_FOLDERS", own.resolve("policies").toString());
    // The server's own way of logging, not that of the tests, which comes first on the class path.
    environment.put("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=logback.xml");
    return environment;
  }

  private static void write(Path folder, String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  static ToolCall read(Path told, String file) {
    return new ToolCall("c1", "files.read", Map.of("folder", told.toString(), "path", file));
  }

  /** Each canary cut at each of its places, and in each encoding cut at all of them. */
  static FakeStep stream(ToolCall call) {
    List<String> pieces = new ArrayList<>();
    for (String value : List.of(Canaries.KEY, Canaries.CARD, Canaries.EMAIL)) {
      for (int cut = 1; cut < value.length(); cut++) {
        pieces.add("it is " + value.substring(0, cut));
        pieces.add(value.substring(cut) + " they say\n");
      }
    }
    pieces.addAll(Arrays.asList(Canaries.planted().split("")));
    StringBuilder events = new StringBuilder();
    pieces.forEach(piece -> events.append(event(Map.of("content", piece), null)));
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", call.tool().replace(".", "__"));
    function.put("arguments", JSON.writeValueAsString(call.arguments()));
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("index", 0);
    wanted.put("id", call.id());
    wanted.put("type", "function");
    wanted.put("function", function);
    events.append(event(Map.of("tool_calls", List.of(wanted)), null));
    events.append(event(Map.of(), "tool_calls"));
    events.append("data: [DONE]\n\n");
    return FakeStep.raw(
        "text/event-stream; charset=utf-8", events.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String event(Map<String, ?> delta, @Nullable String reason) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", reason);
    Map<String, Object> chunk = new LinkedHashMap<>();
    chunk.put("id", "chatcmpl-1");
    chunk.put("object", "chat.completion.chunk");
    chunk.put("model", "fake");
    chunk.put("choices", List.of(choice));
    return "data: " + JSON.writeValueAsString(chunk) + "\n\n";
  }
}
