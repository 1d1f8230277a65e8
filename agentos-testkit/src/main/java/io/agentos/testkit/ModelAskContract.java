package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ModelProvider} must ask its server for, as that server understands it, plain
 * and streamed alike.
 */
public abstract class ModelAskContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Image PIXEL =
      new Image(
          "image/png",
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
              + "ErkJggg==");
  private static final Image SECOND = new Image("image/webp", "UklGRg==");
  private static final Part.Thought THOUGHT =
      new Part.Thought("The length is in the file.", "c2VhbC1vZi10aGUtdGhvdWdodA==");

  /** The shape the provider speaks. */
  protected abstract ModelServerDialect dialect();

  /** A provider that calls the target's server. */
  protected abstract ModelProvider provider(ProviderTarget target);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ask_systemAndBound_areSent(boolean streamed) {
    AskedCall asked = asked(ModelCalls.asking("hi"), streamed);

    assertThat(asked.system()).isEqualTo("You are under test.");
    assertThat(asked.outputTokensMax()).isEqualTo(256);
    assertThat(asked.images()).isEmpty();
    assertThat(asked.schema()).isEmpty();
    assertThat(asked.stopSequences()).isEmpty();
    assertThat(asked.thoughts()).isEmpty();
  }

  @Test
  void ask_noSystem_isNone() {
    ModelRequest request = ModelCalls.asking("hi");
    ModelRequest bare =
        new ModelRequest(
            request.key(),
            request.model(),
            "",
            request.messages(),
            List.of(),
            64,
            ModelOptions.NONE);

    assertThat(asked(bare, false).system()).isEmpty();
  }

  @Test
  void ask_images_areSentInOrder() {
    ModelRequest request =
        ModelCalls.conversation(
            1,
            List.of(
                new Message.User("Which is larger?", List.of(PIXEL, SECOND)),
                new Message.Assistant("The first.", List.of()),
                new Message.User("And this?", List.of(PIXEL))));

    assertThat(asked(request, false).images()).containsExactly(PIXEL, SECOND, PIXEL);
  }

  static Stream<ToolChoice> toolChoices() {
    return Stream.of(
        ToolChoice.AUTO,
        new ToolChoice.Required(),
        new ToolChoice.Forbidden(),
        new ToolChoice.Named("files.list"));
  }

  @ParameterizedTest
  @MethodSource("toolChoices")
  void ask_toolChoice_isSent(ToolChoice choice) {
    assertThat(asked(with(ModelOptions.NONE.withToolChoice(choice)), true).toolChoice())
        .isEqualTo(choice);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ask_outputSchema_isSent(boolean strict) {
    OutputSchema schema =
        new OutputSchema(
            "verdict",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("good", Map.of("type", "boolean")),
                "required",
                List.of("good"),
                "additionalProperties",
                false),
            strict);

    Map<String, Object> asked = asked(with(ModelOptions.NONE.withSchema(schema)), false).schema();

    assertThat(asked)
        .containsEntry("type", "object")
        .containsEntry("required", List.of("good"))
        .containsEntry("properties", Map.of("good", Map.of("type", "boolean")));
  }

  @Test
  void ask_structuredAnswer_isItsJson() {
    String json = "{\"good\":true}";
    OutputSchema schema = new OutputSchema("verdict", Map.of("type", "object"), true);
    try (FakeModelServer server = server(FakeStep.says(json));
        ModelProvider provider = provider(server)) {
      assertThat(provider.complete(with(ModelOptions.NONE.withSchema(schema))).message().text())
          .isEqualTo(json);
    }
  }

  @Test
  void ask_stopSequences_areSentOrRefused() {
    List<String> stops = List.of("END", "\n\n");
    ModelRequest request = with(ModelOptions.NONE.withStopSequences(stops));
    if (dialect().takesStopSequences()) {
      assertThat(asked(request, true).stopSequences()).isEqualTo(stops);
      return;
    }
    try (FakeModelServer server = server(FakeStep.says("never"));
        ModelProvider provider = provider(server)) {
      AgentOsException failure =
          catchThrowableOfType(AgentOsException.class, () -> provider.complete(request));

      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
      assertThat(failure.detail()).contains("stop sequences");
      assertThat(server.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ask_thoughtsOfOwnTurns_goBackAsTheVendorWants(boolean streamed) {
    ToolCall call = new ToolCall("call_1", "files.read", Map.of("path", "a.txt"));
    FakeStep thinks =
        new FakeStep.Reply(
            "", List.of(call), StopReason.TOOL_CALLS, Tokens.of(10, 5), List.of(THOUGHT));
    FakeStory story = FakeStory.byTurn(List.of(thinks, FakeStep.says("42")));
    try (FakeModelServer server = FakeModelServer.start(dialect(), story);
        ModelProvider provider = provider(server)) {
      Completion first = answer(provider, ModelCalls.asking("How long is it?"), streamed);
      answer(provider, secondTurn(first.message()), streamed);

      AskedCall second = dialect().asked(server.calls().get(1).body());
      assertThat(second.thoughts()).isEqualTo(dialect().returned(THOUGHT).stream().toList());
    }
  }

  @Test
  void ask_thoughtsOfAnotherProvider_stayHere() {
    ToolCall call = new ToolCall("call_1", "files.read", Map.of("path", "a.txt"));
    Message.Assistant foreign =
        new Message.Assistant(
            List.of(new Part.Thought("secret", "foreign-seal"), new Part.Call(call, "other-seal")),
            "another");
    try (FakeModelServer server = server(FakeStep.says("42"));
        ModelProvider provider = provider(server)) {
      provider.complete(secondTurn(foreign));

      assertThat(server.calls().getFirst().body())
          .contains("42 lines in all")
          .doesNotContain("foreign-seal")
          .doesNotContain("other-seal");
    }
  }

  private static ModelRequest secondTurn(Message.Assistant first) {
    ToolCall call = first.toolCalls().getFirst();
    return ModelCalls.conversation(
        2,
        List.of(
            new Message.User("How long is it?"),
            first,
            new Message.ToolAnswer(call.id(), call.tool(), "42 lines in all", false)));
  }

  private static ModelRequest with(ModelOptions options) {
    ModelRequest request = ModelCalls.asking("hi");
    return new ModelRequest(
        request.key(),
        request.model(),
        request.system(),
        request.messages(),
        request.tools(),
        request.outputTokensMax(),
        options);
  }

  private AskedCall asked(ModelRequest request, boolean streamed) {
    try (FakeModelServer server = server(FakeStep.says("ok"));
        ModelProvider provider = provider(server)) {
      assertThat(answer(provider, request, streamed).message().text()).isEqualTo("ok");
      ReceivedCall call = server.calls().getFirst();
      assertThat(dialect().streams(call.path(), call.body())).isEqualTo(streamed);
      return dialect().asked(call.body());
    }
  }

  private static Completion answer(ModelProvider provider, ModelRequest request, boolean streamed) {
    return streamed
        ? provider.stream(request, ModelListener.NONE)
        : provider.complete(request, ModelListener.NONE);
  }

  private FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(dialect(), FakeStory.always(step));
  }

  private ModelProvider provider(FakeModelServer server) {
    return provider(new ProviderTarget(server.uri(), ModelProviderContract.API_KEY, TIMEOUT));
  }
}
