package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolCall;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants a key, a card number and an e-mail address in every encoding wherever content may stand,
 * and looks for them in the bytes of all that is sent to a provider, logged, or kept.
 *
 * <p>The caller is told what it said and what the model said, so that the task's own answer may
 * hold all three. The e-mail address is of class B: a token for the provider, and itself again for
 * the caller. Labels are kept readable, for filters, and are no place for content: one is the proof
 * that this sweep finds what lies there.
 */
final class CanarySweepTest {
  private static final String LABEL = "kestrel-label-in-the-open";
  private static final String REFUSED = "Refuse this: ";
  private static final String OPEN = "Read the open one: ";
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
      metadata: {name: reader, description: "Reads one file and says what it says, in a stream"}
      spec:
        type: llm
        zone: green
        models: [openai]
        system: prompts/reader.md
        tools: [files.read]
        effort: low
        limits: {turnsMax: 3}
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

  @TempDir private Path folder;

  @Test
  void canaries_areNowhere_butInTheAnswerToTheCaller() throws IOException, InterruptedException {
    Path told = Files.createDirectories(folder.resolve("told"));
    String hidden = Canaries.planted().replace(Canaries.KEY, "a key");
    Files.writeString(told.resolve("Open.txt"), Canaries.planted());
    Files.writeString(told.resolve("Told.txt"), hidden);
    Path data = folder.resolve("data");
    List<String> found = new ArrayList<>();
    try (FakeModelServer model = FakeModelServer.start(story(told))) {
      try (ServerProcess server = ServerProcess.start(data, environment(model, told))) {
        // A gate stops a key in the open, from the caller or a tool; by then it is in the journal.
        ended(server, submit(server, "Look: " + Canaries.planted()), "denied");
        assertThat(model.calls()).isEmpty();
        ended(server, submit(server, OPEN + hidden), "denied");
        JsonNode done = ended(server, submit(server, "Look: " + hidden), "completed");
        assertThat(done.at("/output/text").asString()).contains(Canaries.EMAIL);
        ended(server, submit(server, REFUSED + hidden), "failed");
        ask(server);
        byte[] export = server.bytes(HttpRequest.newBuilder(server.url("/v1/audit/export")));
        assertThat(new String(export, StandardCharsets.UTF_8)).contains("pii.redacted");
        found.addAll(Canaries.in("the audit export", export));
      }
      assertThat(model.calls()).hasSize(4);
      for (var call : model.calls()) {
        assertThat(call.body())
            .contains("\"stream\":true", "<EMAIL_", "[redacted: a key]", "[redacted: a card");
        byte[] sent = (call.path() + call.headers() + call.body()).getBytes(StandardCharsets.UTF_8);
        found.addAll(Canaries.in("call %d to the provider".formatted(call.number()), sent));
      }
    }
    found.addAll(Canaries.under(data));
    assertThat(found).isEmpty();
    assertThat(Files.readString(data.resolve("server.log"))).contains("AgentOS", "is up");
    assertThat(Canaries.holding(data, LABEL)).anyMatch(file -> file.contains("pg_wal"));
  }

  private static Map<String, String> environment(FakeModelServer model, Path told)
      throws IOException {
    Path own = told.resolveSibling("own");
    write(own, "models/openai/kestrel-1.yaml", MODEL);
    write(own, "packs/nest/pack.yaml", PACK);
    write(own, "packs/nest/agents/reader.yaml", AGENT);
    write(own, "packs/nest/prompts/reader.md", "Say what the file says.\n");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OPENAI_BASE_URL", model.uri() + "/v1");
    environment.put("OPENAI_MODEL", "kestrel-1");
    environment.put("AGENTOS_FILES_ROOTS", told.toString());
    environment.put("AGENTOS_MODELS_FOLDERS", own.resolve("models").toString());
    environment.put("AGENTOS_PACKS_FOLDERS", own.resolve("packs").toString());
    // The server's own way of logging, not that of the tests, which comes first on the class path.
    environment.put("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=logback.xml");
    return environment;
  }

  private static void write(Path folder, String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  /** Says the canaries in a stream and reads the file; says them again; or refuses the call. */
  private static FakeStory story(Path told) {
    FakeStep open = stream(read(told, "Open.txt"));
    FakeStep first = stream(read(told, "Told.txt"));
    FakeStep second = FakeStep.says("It tells of " + Canaries.EMAIL + ".");
    return call -> {
      if (call.body().contains(REFUSED)) {
        return new FakeStep.Failure(400, "bad", "No: " + Canaries.planted(), Map.of());
      }
      if (call.body().contains(OPEN)) {
        return open;
      }
      return call.turn() == 0 ? first : second;
    };
  }

  private static ToolCall read(Path told, String file) {
    return new ToolCall("c1", "files.read", Map.of("folder", told.toString(), "path", file));
  }

  /** Each canary cut at each of its places, and in each encoding cut at all of them. */
  private static FakeStep stream(ToolCall call) {
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

  /** Asks for what is not there, by names that should be in no log. */
  private static void ask(ServerProcess server) throws IOException, InterruptedException {
    for (String value : List.of(Canaries.KEY, Canaries.CARD, Canaries.EMAIL)) {
      for (String each : Canaries.encodings(value).values()) {
        String encoded = URLEncoder.encode(each, StandardCharsets.UTF_8);
        for (String path : List.of("/v1/tasks/" + encoded, "/v1/tasks?state=" + encoded)) {
          server.bytes(HttpRequest.newBuilder(server.url(path)));
        }
        String body = JSON.writeValueAsString(Map.of("input", "x", each, each));
        for (String sent : List.of(body, body + each)) {
          server.bytes(
              HttpRequest.newBuilder(server.url("/v1/tasks"))
                  .header("Content-Type", "application/json")
                  .header("User-Agent", "nest")
                  .POST(BodyPublishers.ofString(sent)));
        }
      }
    }
  }

  private static String submit(ServerProcess server, String input) {
    Map<String, Object> request =
        Map.of("agent", "nest.reader", "input", input, "labels", Map.of("place", LABEL));
    return server.post("/v1/tasks", request, 202).get("id").asString();
  }

  private static JsonNode ended(ServerProcess server, String task, String state) {
    server.await("ended: " + task, () -> !server.get("/v1/tasks/" + task).get("ended_at").isNull());
    JsonNode view = server.get("/v1/tasks/" + task);
    assertThat(view.get("state").asString()).as(view.get("error").toString()).isEqualTo(state);
    return view;
  }
}
