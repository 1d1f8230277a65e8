package io.agentos.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.api.Effort;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ProviderTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What DeepSeek is asked otherwise than OpenAI. */
final class DeepSeekAskTest {
  private static final ToolCall CALL = new ToolCall("call_1", "files.read", Map.of());
  private static final String NO_THINKING = "\"thinking\":{\"type\":\"disabled\"}";

  @Test
  void complete_nothingSaid_leavesThinkingToIt() {
    assertThat(sent(ModelOptions.NONE))
        .doesNotContain("thinking")
        .doesNotContain("reasoning_effort")
        .contains("\"max_tokens\":256")
        .doesNotContain("max_completion_tokens");
  }

  @Test
  void complete_effort_isSentOrSwitchedOff() {
    assertThat(sent(ModelOptions.NONE.withEffort(Effort.LOW)))
        .contains("\"reasoning_effort\":\"low\"")
        .doesNotContain("thinking");
    assertThat(sent(ModelOptions.NONE.withEffort(Effort.NONE)))
        .contains(NO_THINKING)
        .doesNotContain("reasoning_effort");
  }

  @Test
  void complete_forcedTool_switchesThinkingOff() {
    ModelOptions effort = ModelOptions.NONE.withEffort(Effort.HIGH);

    assertThat(sent(effort.withToolChoice(new ToolChoice.Required())))
        .contains("\"tool_choice\":\"required\"")
        .contains(NO_THINKING)
        .doesNotContain("reasoning_effort");
    assertThat(sent(effort.withToolChoice(new ToolChoice.Named("files.read"))))
        .contains(NO_THINKING);
    assertThat(sent(effort.withToolChoice(new ToolChoice.Forbidden())))
        .contains("\"tool_choice\":\"none\"")
        .contains("\"reasoning_effort\":\"high\"");
  }

  @Test
  void complete_ownToolTurn_carriesItsThoughts() {
    Message.Assistant own =
        new Message.Assistant(
            List.of(new Part.Thought("I must read.", ""), new Part.Call(CALL)), "openai");

    assertThat(sent(turns(own)))
        .contains("\"reasoning_content\":\"I must read.\"")
        .doesNotContain("thinking\":{");
  }

  @Test
  void complete_toolTurnWithoutThoughts_switchesThinkingOff() {
    Message.Assistant foreign =
        new Message.Assistant(
            List.of(new Part.Thought("Not theirs to see.", "x"), new Part.Call(CALL)), "another");

    assertThat(sent(turns(foreign))).contains(NO_THINKING).doesNotContain("Not theirs to see.");
  }

  @Test
  void complete_thoughtsOfATurnWithoutTools_stayHere() {
    ModelRequest request =
        ModelCalls.conversation(
            2,
            List.of(
                new Message.User("a"),
                new Message.Assistant(
                    List.of(new Part.Thought("Long ago.", ""), new Part.Text("b")), "openai"),
                new Message.User("c")));

    assertThat(sent(request)).doesNotContain("Long ago.").doesNotContain("thinking");
  }

  @Test
  void complete_schema_standsInTheSystemPrompt() {
    OutputSchema schema =
        new OutputSchema("leaf", Map.of("type", "object", "required", List.of("tree")), true);

    assertThat(sent(ModelOptions.NONE.withSchema(schema)))
        .contains("\"response_format\":{\"type\":\"json_object\"}")
        .contains(
            "{\"role\":\"system\",\"content\":\"You are under test.\\n\\nAnswer with one JSON object"
                + " that follows this JSON Schema, and with nothing else:\\n"
                + "{\\\"required\\\":[\\\"tree\\\"],\\\"type\\\":\\\"object\\\"}\"}");
  }

  private static ModelRequest turns(Message.Assistant first) {
    return ModelCalls.conversation(
        2,
        List.of(
            new Message.User("a"),
            first,
            new Message.ToolAnswer("call_1", "files.read", "b", false)));
  }

  private static String sent(ModelOptions options) {
    ModelRequest request = ModelCalls.asking("hi");
    return sent(
        new ModelRequest(
            request.key(),
            request.model(),
            request.system(),
            request.messages(),
            request.tools(),
            request.outputTokensMax(),
            options));
  }

  private static String sent(ModelRequest request) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.says("ok")));
        ModelProvider provider =
            OpenAiProviders.of(
                new ProviderTarget(server.uri(), "sk-test-secret-4711", Duration.ofSeconds(20)),
                Api.DEEPSEEK)) {
      provider.complete(request);
      return server.calls().getFirst().body();
    }
  }
}
