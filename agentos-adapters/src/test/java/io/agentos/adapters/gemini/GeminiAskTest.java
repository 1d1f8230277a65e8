package io.agentos.adapters.gemini;

import static io.agentos.adapters.gemini.GeminiCalls.asking;
import static io.agentos.adapters.gemini.GeminiCalls.request;
import static io.agentos.adapters.gemini.GeminiCalls.sent;
import static io.agentos.adapters.gemini.GeminiCalls.withTools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.OutputSchema;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ReceivedCall;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to Gemini. */
final class GeminiAskTest {
  private static final String SCHEMA =
      "{\"additionalProperties\":false,\"properties\":{\"path\":{\"type\":\"string\"}},"
          + "\"type\":\"object\"}";

  @Test
  void complete_conversation_isGenerateContent() {
    ToolCall call = new ToolCall("call_1_1", "files.read", Map.of("path", "a.txt"));
    ReceivedCall received =
        sent(
            ModelCalls.conversation(
                3,
                List.of(
                    new Message.User("Read a."),
                    new Message.Assistant("", List.of(call)),
                    new Message.ToolAnswer("call_1_1", "files.read", "no such file", true),
                    new Message.Assistant("It is gone.", List.of()),
                    new Message.User("Thanks."))));

    assertThat(received.path()).isEqualTo("/v1beta/models/contract-model:generateContent");
    assertThat(received.header("x-goog-api-key")).contains(GeminiCalls.KEY);
    assertThat(received.header("authorization")).isEmpty();
    assertThat(received.body())
        .isEqualTo(
            """
            {"contents":[{"role":"user","parts":[{"text":"Read a."}]},\
            {"role":"model","parts":[{"functionCall":\
            {"name":"files__read","args":{"path":"a.txt"}}}]},\
            {"role":"user","parts":[{"functionResponse":\
            {"name":"files__read","response":{"error":"no such file"}}}]},\
            {"role":"model","parts":[{"text":"It is gone."}]},\
            {"role":"user","parts":[{"text":"Thanks."}]}],\
            "systemInstruction":{"parts":[{"text":"You are under test."}]},\
            "tools":[{"functionDeclarations":[\
            {"name":"files__read","description":"Reads one file.","parametersJsonSchema":SCHEMA},\
            {"name":"files__list","description":"Lists one folder.","parametersJsonSchema":SCHEMA}]}],\
            "generationConfig":{"maxOutputTokens":256}}\
            """
                .replace("SCHEMA", SCHEMA));
  }

  @Test
  void complete_fewestFields_sendsNoOthers() {
    assertThat(sent(asking("", ModelOptions.NONE)).body())
        .isEqualTo(
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],"
                + "\"generationConfig\":{\"maxOutputTokens\":4096}}");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1beta/models/default-model:generateContent",
    "gemini-x, /v1beta/models/gemini-x:generateContent",
    "models/gemini-x, /v1beta/models/gemini-x:generateContent",
    "tunedModels/mine, /v1beta/tunedModels/mine:generateContent",
    "a b/c?d/é, /v1beta/a%20b/c%3Fd%2F%C3%A9:generateContent"
  })
  void complete_model_isPartOfThePath(String model, String path) {
    assertThat(sent(asking(model, ModelOptions.NONE)).path()).isEqualTo(path);
  }

  @Test
  void stream_path_asksForEvents() {
    try (FakeModelServer server = GeminiCalls.server(FakeStep.says("ok"));
        ModelProvider provider = GeminiCalls.provider(server)) {
      provider.stream(asking("m", ModelOptions.NONE), ModelListener.NONE);

      assertThat(server.calls().getFirst().path())
          .isEqualTo("/v1beta/models/m:streamGenerateContent?alt=sse");
      assertThat(server.calls().getFirst().body()).doesNotContain("stream");
    }
  }

  @Test
  void complete_resultsOfParallelCalls_standTogetherInTheOrderOfTheCalls() {
    List<ToolCall> calls =
        List.of(
            new ToolCall("a", "files.read", Map.of("path", "1")),
            new ToolCall("b", "files.read", Map.of("path", "2")));

    String body =
        sent(request(
                "m",
                List.of(
                    new Message.User("Both."),
                    new Message.Assistant("I will.", calls),
                    new Message.ToolAnswer("b", "files.read", "second", false),
                    new Message.ToolAnswer("a", "files.read", "first", false),
                    new Message.User("And then?")),
                64,
                ModelOptions.NONE))
            .body();

    assertThat(body)
        .contains(
            "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"files__read\","
                + "\"response\":{\"result\":\"first\"}}},"
                + "{\"functionResponse\":{\"name\":\"files__read\","
                + "\"response\":{\"result\":\"second\"}}}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"And then?\"}]}");
  }

  @Test
  void complete_emptyTurns_areNotSent() {
    String body =
        sent(request(
                "m",
                List.of(
                    new Message.User("One."),
                    new Message.Assistant("", List.of()),
                    new Message.User("Two.")),
                64,
                ModelOptions.NONE))
            .body();

    assertThat(body)
        .contains(
            "[{\"role\":\"user\",\"parts\":[{\"text\":\"One.\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Two.\"}]}]");
  }

  @Test
  void complete_images_areInlineData() {
    Message seen = new Message.User("What is it?", List.of(new Image("image/webp", "AAAA")));

    assertThat(sent(request("m", List.of(seen), 64, ModelOptions.NONE)).body())
        .contains(
            "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/webp\",\"data\":\"AAAA\"}},"
                + "{\"text\":\"What is it?\"}]");
  }

  @Test
  void complete_options_areGenerationConfig() {
    ModelOptions options =
        ModelOptions.NONE
            .withTemperature(1.5)
            .withStopSequences(List.of("END"))
            .withCachedPrompt()
            .withSchema(
                new OutputSchema("answer", Map.of("type", "object", "minProperties", 1), true));

    assertThat(sent(asking("m", options)).body())
        .endsWith(
            "\"generationConfig\":{\"maxOutputTokens\":4096,\"temperature\":1.5,"
                + "\"stopSequences\":[\"END\"],\"responseMimeType\":\"application/json\","
                + "\"responseJsonSchema\":{\"minProperties\":1,\"type\":\"object\"}}}");
  }

  @Test
  void complete_toolChoice_isACallingMode() {
    assertThat(choice(ToolChoice.AUTO)).doesNotContain("toolConfig");
    assertThat(choice(new ToolChoice.Forbidden()))
        .contains("\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}");
    assertThat(choice(new ToolChoice.Required()))
        .contains("\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}");
    assertThat(choice(new ToolChoice.Named("files.list")))
        .contains(
            "\"toolConfig\":{\"functionCallingConfig\":"
                + "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"files__list\"]}}");
    assertThat(
            sent(asking("m", ModelOptions.NONE.withToolChoice(new ToolChoice.Required()))).body())
        .doesNotContain("toolConfig");
  }

  @Test
  void complete_ownHeaders_areSent() {
    try (FakeModelServer server = GeminiCalls.server(FakeStep.says("ok"));
        ModelProvider provider =
            new GeminiProvider(
                new ProviderSettings(
                    "google",
                    server.uri(),
                    " ",
                    "m",
                    Map.of("x-goog-user-project", "p-1"),
                    ProviderTimeouts.DEFAULT))) {
      provider.complete(asking("", ModelOptions.NONE));

      assertThat(server.calls().getFirst().header("x-goog-user-project")).contains("p-1");
      assertThat(server.calls().getFirst().header("x-goog-api-key")).isEmpty();
    }
  }

  @Test
  void settings_shown_hideKeyAndHeaders() {
    ProviderSettings settings =
        new ProviderSettings(
            "gemini",
            URI.create("https://host/v1beta"),
            " AIza-hidden ",
            "m",
            Map.of("x-extra", "hidden-too"),
            ProviderTimeouts.DEFAULT);

    assertThat(settings.apiKey()).isEqualTo("AIza-hidden");
    assertThat(settings.toString())
        .startsWith(
            "ProviderSettings[id=gemini, baseUrl=https://host/v1beta, defaultModel=m,"
                + " headers=[x-extra], ")
        .doesNotContain("hidden");
  }

  @Test
  void toolNames_thatTravelAlike_areRefused() {
    assertThatThrownBy(
            () -> new GeminiToolNames(List.of(ModelCalls.READ_FILE, ModelCalls.READ_FILE)))
        .hasMessage("tools files.read and files.read have the same name for models");
  }

  private static String choice(ToolChoice choice) {
    return sent(withTools(asking("m", ModelOptions.NONE.withToolChoice(choice)))).body();
  }
}
