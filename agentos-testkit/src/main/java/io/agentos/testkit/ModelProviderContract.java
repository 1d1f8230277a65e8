package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every {@link ModelProvider} must do with the answers of a model server, good and bad. What
 * it must ask for is in {@link ModelAskContract}, what it must do with streams in {@link
 * ModelStreamContract} and {@link ModelStreamFaultContract}, and when the connection itself fails
 * in {@link ModelConnectionContract}.
 */
public abstract class ModelProviderContract {
  /** The key that providers under test are given; it must never be seen in an error. */
  protected static final String API_KEY = "sk-contract-4f1a9c7e2b";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** The shape the provider speaks. */
  protected abstract ModelServerDialect dialect();

  /** A provider that calls the target's server. */
  protected abstract ModelProvider provider(ProviderTarget target);

  @Test
  void complete_text_isWholeAnswer() {
    Completion completion = completion(FakeStep.says("Grüße, 世界 🌍"));

    assertThat(completion.message()).isEqualTo(new Message.Assistant("Grüße, 世界 🌍", List.of()));
    assertThat(completion.stopReason()).isEqualTo(StopReason.END);
    assertThat(completion.model()).isNotBlank();
  }

  @Test
  void complete_answer_namesTheProvider() {
    try (FakeModelServer server = server(FakeStep.says("hello"));
        ModelProvider provider = provider(server)) {
      assertThat(provider.complete(ModelCalls.asking("hi")).provider()).isEqualTo(provider.id());
    }
  }

  @Test
  void complete_usage_isTold() {
    Tokens tokens = new Tokens(120, 100, 0, 0, 45, 30);

    assertThat(completion(new FakeStep.Reply("x", List.of(), StopReason.END, tokens)).tokens())
        .isEqualTo(tokens);
  }

  @Test
  void complete_noUsage_isUnknown() {
    Completion completion = completion(new FakeStep.Reply("x", List.of(), StopReason.END, null));

    assertThat(completion.tokens()).isNull();
    assertThat(completion.message().text()).isEqualTo("x");
  }

  @Test
  void complete_requestId_isTold() {
    assertThat(completion(FakeStep.says("x")).requestId()).isEqualTo("req_fake");
  }

  @Test
  void complete_toolCall_roundTrips() {
    ToolCall call = new ToolCall("call_1", "files.read", Map.of("path", "a \"b\".txt"));
    FakeStory story =
        FakeStory.byTurn(List.of(FakeStep.calls(call), FakeStep.says("It has 42 lines.")));
    try (FakeModelServer server = FakeModelServer.start(dialect(), story);
        ModelProvider provider = provider(server)) {
      Completion first = provider.complete(ModelCalls.asking("How long is it?"));
      assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
      assertThat(first.message().toolCalls())
          .extracting(ToolCall::tool, ToolCall::arguments)
          .containsExactly(tuple("files.read", Map.of("path", "a \"b\".txt")));

      Completion second = provider.complete(secondTurn(first.message()));
      assertThat(second.message().text()).isEqualTo("It has 42 lines.");
      assertThat(server.calls().get(1).turn()).isEqualTo(1);
      assertThat(server.calls().get(1).body()).contains("42 lines in all");
    }
  }

  @Test
  void complete_parallelToolCalls_keepOrderAndHaveOwnIds() {
    Completion completion =
        completion(
            FakeStep.calls(
                new ToolCall("call_1", "files.list", Map.of("path", "src")),
                new ToolCall("call_2", "files.read", Map.of()),
                new ToolCall("call_3", "files.list", Map.of("path", "test"))));

    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::tool)
        .containsExactly("files.list", "files.read", "files.list");
    assertThat(completion.message().toolCalls()).extracting(ToolCall::id).doesNotHaveDuplicates();
    assertThat(completion.message().toolCalls().get(1).arguments()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"END", "LENGTH", "REFUSAL", "FILTER"})
  void complete_stop_isTold(StopReason reason) {
    Completion completion =
        completion(new FakeStep.Reply("half a s", List.of(), reason, Tokens.of(10, 5)));

    assertThat(completion.stopReason()).isEqualTo(dialect().told(reason));
    assertThat(completion.message().text()).isEqualTo("half a s");
  }

  @Test
  void complete_call_carriesItsIdempotencyKey() {
    ModelRequest request = ModelCalls.asking("hi");
    try (FakeModelServer server = server(FakeStep.says("hello"));
        ModelProvider provider = provider(server)) {
      provider.complete(request);

      assertThat(server.callsByIdempotencyKey())
          .isEqualTo(Map.of(request.key().idempotencyKey(), 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, PROVIDER_REFUSED",
    "401, PROVIDER_KEY",
    "402, PROVIDER_CREDIT",
    "403, PROVIDER_KEY",
    "404, PROVIDER_REFUSED",
    "408, PROVIDER_UNAVAILABLE",
    "409, PROVIDER_UNAVAILABLE",
    "413, PROVIDER_REFUSED",
    "422, PROVIDER_REFUSED",
    "429, PROVIDER_LIMITED",
    "500, PROVIDER_UNAVAILABLE",
    "502, PROVIDER_UNAVAILABLE",
    "503, PROVIDER_UNAVAILABLE",
    "504, PROVIDER_UNAVAILABLE",
    "529, PROVIDER_UNAVAILABLE"
  })
  void complete_errorStatus_isItsCode(int status, ErrorCode code) {
    assertThat(failure(FakeStep.fails(status)).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "429", "500"})
  void complete_errorThatEchoes_namesNeitherPromptNorKey(int status) {
    AgentOsException failure =
        failure(new FakeStep.Failure(status, "echo", "hi there, " + API_KEY, Map.of()));

    assertThat(failure.detail())
        .contains(Integer.toString(status))
        .doesNotContain("hi there")
        .doesNotContain(API_KEY);
  }

  @Test
  void complete_limitedWithRetryAfter_saysHowLong() {
    AgentOsException failure =
        failure(new FakeStep.Failure(429, "rate_limit", "slow down", Map.of("retry-after", "7")));

    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void complete_redirect_isNotFollowed() {
    FakeStep.Failure moved =
        new FakeStep.Failure(307, "moved", "there", Map.of("location", "http://127.0.0.1:1/"));

    assertThat(failure(moved).code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | ''",
        "application/json | null",
        "application/json | []",
        "application/json | {}",
        "application/json | 42",
        "application/json | {\"choices\":[{\"message\":{\"content\":\"a\"}}",
        "application/json | {\"choices\":\"none\",\"content\":7,\"candidates\":7}",
        "text/html | <html>502 Bad Gateway</html>",
        "text/event-stream | data: {}"
      })
  void complete_notAnAnswer_isSaid(String contentType, String body) {
    AgentOsException failure =
        failure(FakeStep.raw(contentType, body.getBytes(StandardCharsets.UTF_8)));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_ANSWER);
  }

  @Test
  void complete_notUtf8_isSaid() {
    byte[] body = dialect().reply(FakeStep.says("caf?"), 1).getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xE9;

    assertThat(failure(FakeStep.raw("application/json", body)).code())
        .isEqualTo(ErrorCode.PROVIDER_ANSWER);
  }

  @Test
  void complete_negativeUsage_isUnknownAndTheAnswerStands() {
    String body = dialect().reply(FakeStep.says("x"), 1).replaceAll(":10([,}])", ":-10$1");

    Completion completion = completion(FakeStep.json(body));

    assertThat(body).contains(":-10");
    assertThat(completion.tokens()).isNull();
    assertThat(completion.message().text()).isEqualTo("x");
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

  private Completion completion(FakeStep step) {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server)) {
      return provider.complete(ModelCalls.asking("hi there"));
    }
  }

  private AgentOsException failure(FakeStep step) {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server)) {
      AgentOsException failure =
          catchThrowableOfType(
              AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi there")));
      assertThat(failure).as("the provider must throw").isNotNull();
      return failure;
    }
  }

  private FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(dialect(), FakeStory.always(step));
  }

  private ModelProvider provider(FakeModelServer server) {
    return provider(new ProviderTarget(server.uri(), API_KEY, TIMEOUT));
  }
}
