package io.agentos.adapters.gemini;

import static io.agentos.adapters.gemini.GeminiCalls.completion;
import static io.agentos.adapters.gemini.GeminiCalls.failure;
import static io.agentos.adapters.gemini.GeminiCalls.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.ModelCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain answers of Gemini: how they end, what they count, and answers that are none. */
final class GeminiAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "STOP, END",
    "MAX_TOKENS, LENGTH",
    "CONTINUATION, LENGTH",
    "SAFETY, FILTER",
    "RECITATION, FILTER",
    "LANGUAGE, FILTER",
    "BLOCKLIST, FILTER",
    "PROHIBITED_CONTENT, FILTER",
    "SPII, FILTER",
    "MODEL_ARMOR, FILTER"
  })
  void complete_finishReasons_areValues(String reason, StopReason expected) {
    Completion completion = completion(answer("[{\"text\":\"So f\"}]", reason));

    assertThat(completion.stopReason()).isEqualTo(expected);
    assertThat(completion.message().text()).isEqualTo("So f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MALFORMED_FUNCTION_CALL",
        "UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS",
        "MISSING_THOUGHT_SIGNATURE",
        "MALFORMED_RESPONSE"
      })
  void complete_failedFinish_isNoAnswer(String reason) {
    assertThat(failure(answer("[{\"text\":\"So f\"}]", reason)))
        .hasMessage(said("a failed finish, '" + reason + "'"));
  }

  @Test
  void complete_blockedPrompt_isFiltered() {
    Completion completion =
        completion(
            """
            {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},
             "usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},"responseId":"r-1"}
            """);

    assertThat(completion.stopReason()).isEqualTo(StopReason.FILTER);
    assertThat(completion.message().parts()).isEmpty();
    assertThat(completion.tokens()).isEqualTo(Tokens.of(9, 0));
    assertThat(completion.model()).isEqualTo("contract-model");
  }

  @Test
  void complete_emptyCandidate_isAnEmptyAnswer() {
    Completion completion = completion("{\"candidates\":[{\"finishReason\":\"STOP\"}]}");

    assertThat(completion.message().parts()).isEmpty();
    assertThat(completion.stopReason()).isEqualTo(StopReason.END);
    assertThat(completion.tokens()).isNull();
  }

  @Test
  void complete_partsAndCandidatesOfOtherKinds_arePassedOver() {
    Completion completion =
        completion(
            """
            {"candidates":[
              {"index":1,"content":{"parts":[{"text":"other"}]},"finishReason":"SAFETY"},
              {"index":0,"content":{"role":"model","parts":[{"text":"a"},
               {"executableCode":{"code":"1"}},{"codeExecutionResult":{"output":"1"}},
               {"text":"b"}]},"finishReason":"STOP","avgLogprobs":-0.1}],
             "modelVersion":"gemini-x","new":{}}
            """);

    assertThat(completion.message().parts()).containsExactly(new Part.Text("ab"));
    assertThat(completion.model()).isEqualTo("gemini-x");
    assertThat(completion.stopReason()).isEqualTo(StopReason.END);
  }

  @Test
  void complete_calls_keepArgumentsAndNamesAndHaveOwnIds() {
    Completion completion =
        completion(
            answer(
                """
                [{"functionCall":{"name":"files__read","args":{"i":7,"d":1.50,"n":null}}},
                 {"functionCall":{"name":"default_api.files__list"}},
                 {"functionCall":{"id":"x","name":"plain","args":{}}},
                 {"functionCall":{"id":"x","name":"files.read","args":{}}}]
                """,
                "STOP"));

    assertThat(completion.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("call_1_1", "call_1_2", "x", "call_1_4");
    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::tool)
        .containsExactly("files.read", "files.list", "plain", "files.read");
    Map<String, ?> arguments = completion.message().toolCalls().getFirst().arguments();
    assertThat(arguments.toString()).isEqualTo("{i=7, d=1.50, n=null}");
    assertThat(arguments.get("i")).isInstanceOf(Long.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | no candidate",
        "{\"candidates\":[]} | no candidate",
        "{\"candidates\":[null]} | no candidate",
        "{\"promptFeedback\":{}} | no candidate",
        "{\"candidates\":[{\"content\":{}}]} | no finishReason",
        "{\"candidates\":[{\"finishReason\":\"OTHER\"}]} | an unknown finishReason 'OTHER'",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"args\":{}}}]},"
            + "\"finishReason\":\"STOP\"}]} | half a tool call",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"a\",\"args\":[]}}]},"
            + "\"finishReason\":\"STOP\"}]} | half a tool call",
        "{\"candidates\":7} | a field of the wrong type (candidates)",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":7}]}}]}"
            + " | a field of the wrong type (candidates.0.content.parts.0.text)"
      })
  void complete_notAnAnswer_saysWhatCame(String body, String what) {
    assertThat(failure(body)).hasMessage(said(what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":7,"
            + "\"thoughtsTokenCount\":30,\"totalTokenCount\":137} | 100 | 60 | 37 | 30",
        "{\"promptTokenCount\":100,\"toolUsePromptTokenCount\":11,\"candidatesTokenCount\":7}"
            + " | 111 | 0 | 7 | 0",
        "{\"promptTokenCount\":15,\"thoughtsTokenCount\":60} | 15 | 0 | 60 | 60"
      })
  void complete_usage_isCountedAsBilled(
      String usage, long input, long cached, long output, long reasoning) {
    assertThat(tokens(usage)).isEqualTo(new Tokens(input, cached, 0, 0, output, reasoning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "{}",
        "{\"candidatesTokenCount\":7}",
        "{\"promptTokenCount\":-1}",
        "{\"promptTokenCount\":\"15\"}",
        "{\"promptTokenCount\":1.5}",
        "{\"promptTokenCount\":15,\"cachedContentTokenCount\":16}",
        "{\"promptTokenCount\":15,\"thoughtsTokenCount\":1000000001}"
      })
  void complete_missingOrImpossibleUsage_isUnknownAndTheAnswerStands(String usage) {
    assertThat(tokens(usage)).isNull();
  }

  @Test
  void complete_responseId_isTheRequestId() {
    byte[] body =
        "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"responseId\":\"r-7\"}"
            .getBytes(StandardCharsets.UTF_8);
    FakeStep step = new FakeStep.Raw(200, "application/json", ByteBuffer.wrap(body), Map.of());
    try (FakeModelServer server = GeminiCalls.server(step);
        ModelProvider provider = GeminiCalls.provider(server)) {
      assertThat(provider.complete(ModelCalls.asking("hi")).requestId()).isEqualTo("r-7");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":"
            + "[{\"@type\":\"x/ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]} | PROVIDER_KEY | 0",
        "400 | {\"code\":400,\"status\":\"INVALID_ARGUMENT\"} | PROVIDER_REFUSED | 0",
        "404 | {\"code\":404,\"status\":\"NOT_FOUND\"} | PROVIDER_REFUSED | 0",
        "429 | {\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":"
            + "[{\"@type\":\"x/RetryInfo\",\"retryDelay\":\"34.5s\"}]} | PROVIDER_LIMITED | 34500",
        "503 | {\"code\":503,\"status\":\"UNAVAILABLE\"} | PROVIDER_UNAVAILABLE | 0",
        "200 | {\"code\":503,\"status\":\"UNAVAILABLE\"} | PROVIDER_UNAVAILABLE | 0"
      })
  void complete_errors_areTheirCodeAndWait(
      int status, String error, ErrorCode code, long waitMillis) {
    byte[] body = ("{\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8);
    FakeStep step = new FakeStep.Raw(status, "application/json", ByteBuffer.wrap(body), Map.of());
    try (FakeModelServer server = GeminiCalls.server(step);
        ModelProvider provider = GeminiCalls.provider(server)) {
      AgentOsException failure =
          catchThrowableOfType(
              AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi")));

      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.retryAfter().orElse(Duration.ZERO)).hasMillis(waitMillis);
    }
  }

  private static String answer(String parts, String finishReason) {
    return "{\"candidates\":[{\"content\":{\"parts\":%s},\"finishReason\":\"%s\"}]}"
        .formatted(parts, finishReason);
  }

  private static Tokens tokens(String usage) {
    Completion completion =
        completion(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                + "\"finishReason\":\"STOP\"}],\"usageMetadata\":"
                + usage
                + "}");
    assertThat(completion.message().text()).isEqualTo("a");
    return completion.tokens();
  }
}
