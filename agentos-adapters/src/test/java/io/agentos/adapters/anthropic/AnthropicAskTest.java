package io.agentos.adapters.anthropic;

import static io.agentos.adapters.anthropic.AnthropicCalls.asking;
import static io.agentos.adapters.anthropic.AnthropicCalls.request;
import static io.agentos.adapters.anthropic.AnthropicCalls.sent;
import static io.agentos.adapters.anthropic.AnthropicCalls.withTools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.adapters.http.ProviderSettings;
import io.agentos.adapters.http.ProviderTimeouts;
import io.agentos.adapters.http.ToolNames;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
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

/** What is sent to Messages. */
final class AnthropicAskTest {
  private static final String SCHEMA =
      "{\"additionalProperties\":false,\"properties\":{\"path\":{\"type\":\"string\"}},"
          + "\"type\":\"object\"}";

  @Test
  void complete_conversation_isMessages() {
    ToolCall call = new ToolCall("toolu_7", "files.read", Map.of("path", "a.txt"));
    ReceivedCall received =
        sent(
            ModelCalls.conversation(
                3,
                List.of(
                    new Message.User("Read a."),
                    new Message.Assistant("", List.of(call)),
                    new Message.ToolAnswer("toolu_7", "files.read", "no such file", true),
                    new Message.Assistant("It is gone.", List.of()),
                    new Message.User("Thanks."))));

    assertThat(received.path()).isEqualTo("/v1/messages");
    assertThat(received.header("x-api-key")).contains(AnthropicCalls.KEY);
    assertThat(received.header("authorization")).isEmpty();
    assertThat(received.header("anthropic-version")).contains("2023-06-01");
    assertThat(received.body())
        .isEqualTo(
            """
            {"model":"contract-model","max_tokens":256,\
            "system":[{"type":"text","text":"You are under test."}],"messages":[\
            {"role":"user","content":[{"type":"text","text":"Read a."}]},\
            {"role":"assistant","content":[{"type":"tool_use","id":"toolu_7",\
            "name":"files__read","input":{"path":"a.txt"}}]},\
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_7",\
            "content":[{"type":"text","text":"no such file"}],"is_error":true}]},\
            {"role":"assistant","content":[{"type":"text","text":"It is gone."}]},\
            {"role":"user","content":[{"type":"text","text":"Thanks."}]}],\
            "tools":[\
            {"name":"files__read","description":"Reads one file.","input_schema":SCHEMA},\
            {"name":"files__list","description":"Lists one folder.","input_schema":SCHEMA}]}\
            """
                .replace("SCHEMA", SCHEMA));
  }

  @Test
  void complete_fewestFields_sendsNoOthers() {
    assertThat(sent(asking("", ModelOptions.NONE)).body())
        .isEqualTo(
            "{\"model\":\"default-model\",\"max_tokens\":4096,\"messages\":"
                + "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}");
  }

  @Test
  void complete_resultsOfParallelCalls_standFirstInOneTurn() {
    List<ToolCall> calls =
        List.of(
            new ToolCall("a", "files.read", Map.of()), new ToolCall("b", "files.list", Map.of()));

    String body =
        sent(request(
                "m",
                List.of(
                    new Message.User("Both."),
                    new Message.Assistant("I will.", calls),
                    new Message.ToolAnswer("a", "files.read", "1", false),
                    new Message.ToolAnswer("b", "files.list", "", false),
                    new Message.User("And then?")),
                64,
                ModelOptions.NONE))
            .body();

    assertThat(body)
        .contains(
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"1\"}]},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"b\"},"
                + "{\"type\":\"text\",\"text\":\"And then?\"}]}]");
  }

  @Test
  void complete_whatAnthropicRefuses_isNotSent() {
    ToolCall call = new ToolCall("fc/1:é", "files.read", Map.of());

    String body =
        sent(request(
                "m",
                List.of(
                    new Message.User("One."),
                    new Message.User("Two."),
                    new Message.Assistant(" \n", List.of(call)),
                    new Message.ToolAnswer("fc/1:é", "files.read", "x", false),
                    new Message.Assistant("", List.of())),
                64,
                ModelOptions.NONE))
            .body();

    assertThat(body)
        .contains(
            "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"One.\"},"
                + "{\"type\":\"text\",\"text\":\"Two.\"}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"fc_1__\"")
        .contains("\"tool_use_id\":\"fc_1__\"")
        .doesNotContain("\"\"")
        .doesNotContain("\\n");
  }

  @Test
  void complete_images_standBeforeTheText() {
    Message seen =
        new Message.User(
            "What is it?", List.of(new Image("image/png", "AAAA"), new Image("image/gif", "BBBB")));

    assertThat(sent(request("m", List.of(seen), 64, ModelOptions.NONE)).body())
        .contains(
            "\"content\":[{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"}},"
                + "{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"BBBB\"}},"
                + "{\"type\":\"text\",\"text\":\"What is it?\"}]");
  }

  @Test
  void complete_cachedPrompt_marksToolsSystemAndWhatIsBeforeTheLastTurn() {
    ModelRequest request = ModelCalls.asking("hi");
    String body =
        sent(new ModelRequest(
                request.key(),
                "m",
                "S",
                List.of(
                    new Message.User("One."),
                    new Message.Assistant("Two.", List.of()),
                    new Message.User("Three.")),
                request.tools(),
                64,
                ModelOptions.NONE.withCachedPrompt()))
            .body();

    String mark = ",\"cache_control\":{\"type\":\"ephemeral\"}}";
    assertThat(body)
        .contains("{\"type\":\"text\",\"text\":\"S\"" + mark)
        .contains("{\"type\":\"text\",\"text\":\"Two.\"" + mark)
        .contains(SCHEMA + mark + "]");
    assertThat(body.split("cache_control", -1)).hasSize(4);
  }

  @Test
  void complete_cachedPromptOfOneTurn_marksNoMessage() {
    assertThat(sent(asking("m", ModelOptions.NONE.withCachedPrompt())).body())
        .doesNotContain("cache_control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 0.0",
        "0.5 | 0.5",
        "2 | 1.0",
      })
  void complete_temperature_staysOnAnthropicsScale(double asked, String told) {
    assertThat(sent(asking("m", ModelOptions.NONE.withTemperature(asked))).body())
        .contains("\"temperature\":" + told);
  }

  @Test
  void complete_choiceWithoutTools_isNotSent() {
    ModelOptions forbids = ModelOptions.NONE.withToolChoice(new ToolChoice.Forbidden());

    assertThat(sent(asking("m", forbids)).body()).doesNotContain("tool_choice");
    assertThat(sent(withTools(asking("m", forbids))).body())
        .contains("\"tool_choice\":{\"type\":\"none\"}");
  }

  @Test
  void complete_schema_isClosedAndSaysWhatCannotBeEnforced() {
    Map<String, Object> age = Map.of("type", "integer", "minimum", 0, "description", "In years.");
    OutputSchema schema =
        new OutputSchema(
            "person",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                    "age",
                    age,
                    "pets",
                    Map.of("type", "array", "minItems", 1, "items", Map.of("type", "object"))),
                "oneOf",
                List.of(Map.of("required", List.of("age")))),
            true);

    assertThat(sent(asking("m", ModelOptions.NONE.withSchema(schema))).body())
        .contains(
            "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                + "{\"additionalProperties\":false,\"anyOf\":[{\"required\":[\"age\"]}],"
                + "\"properties\":{\"age\":"
                + "{\"description\":\"In years.\\n\\n{minimum: 0}\",\"type\":\"integer\"},"
                + "\"pets\":{\"items\":{\"additionalProperties\":false,\"type\":\"object\"},"
                + "\"minItems\":1,\"type\":\"array\"}},\"type\":\"object\"}}}");
  }

  @Test
  void complete_ownHeaders_areSent() {
    try (FakeModelServer server = AnthropicCalls.server(FakeStep.says("ok"));
        ModelProvider provider =
            new AnthropicProvider(
                new ProviderSettings(
                    "claude",
                    server.uri(),
                    null,
                    "m",
                    Map.of("anthropic-beta", "some-beta"),
                    ProviderTimeouts.DEFAULT))) {
      provider.complete(asking("", ModelOptions.NONE));

      assertThat(server.calls().getFirst().header("anthropic-beta")).contains("some-beta");
      assertThat(server.calls().getFirst().header("x-api-key")).isEmpty();
    }
  }

  @Test
  void settings_shown_hideKeyAndHeaders() {
    ProviderSettings settings =
        new ProviderSettings(
            "anthropic",
            URI.create("https://host/v1"),
            " sk-hidden ",
            "m",
            Map.of("x-extra", "hidden-too"),
            ProviderTimeouts.DEFAULT);

    assertThat(settings.apiKey()).isEqualTo("sk-hidden");
    assertThat(settings.toString())
        .startsWith(
            "ProviderSettings[id=anthropic, baseUrl=https://host/v1, defaultModel=m,"
                + " headers=[x-extra], ")
        .doesNotContain("hidden");
  }

  @Test
  void toolNames_thatTravelAlike_areRefused() {
    assertThatThrownBy(() -> new ToolNames(List.of(ModelCalls.READ_FILE, ModelCalls.READ_FILE)))
        .hasMessage("tools files.read and files.read have the same name for models");
  }
}
