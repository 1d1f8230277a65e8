package io.agentos.adapters.anthropic;

import static io.agentos.adapters.anthropic.AnthropicCalls.completion;
import static io.agentos.adapters.anthropic.AnthropicCalls.failure;
import static io.agentos.adapters.anthropic.AnthropicCalls.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain answers of Messages: how they end, what they count, and answers that are none. */
final class AnthropicAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "end_turn | null | END",
        "stop_sequence | null | END",
        "max_tokens | null | LENGTH",
        "model_context_window_exceeded | null | LENGTH",
        "pause_turn | null | LENGTH",
        "refusal | null | REFUSAL",
        "refusal | {\"type\":\"refusal\",\"category\":null} | REFUSAL",
        "refusal | {\"type\":\"refusal\",\"category\":\"cyber\",\"explanation\":\"No.\"} | FILTER"
      })
  void complete_stopReasons_areValues(String reason, String details, StopReason expected) {
    Completion completion =
        completion(
            ("{\"content\":[{\"type\":\"text\",\"text\":\"So f\"}],\"stop_reason\":\"%s\","
                    + "\"stop_details\":%s}")
                .formatted(reason, details));

    assertThat(completion.stopReason()).isEqualTo(expected);
    assertThat(completion.message().text()).isEqualTo("So f");
  }

  @Test
  void complete_nothingSaid_isAnEmptyAnswer() {
    Completion completion = completion("{\"content\":[],\"stop_reason\":\"end_turn\"}");

    assertThat(completion.message().parts()).isEmpty();
    assertThat(completion.stopReason()).isEqualTo(StopReason.END);
    assertThat(completion.model()).isEqualTo("contract-model");
  }

  @Test
  void complete_blocksOfOtherKinds_arePassedOver() {
    Completion completion =
        completion(
            """
            {"content":[{"type":"text","text":"a","citations":[]},{"type":"server_tool_use",
             "id":"s","name":"web_search","input":{}},{"type":"new_block","content":7},
             {"type":"text","text":"b"}],"stop_reason":"end_turn","model":"claude-x",
             "container":{"id":"c"}}
            """);

    assertThat(completion.message().parts())
        .containsExactly(new Part.Text("a"), new Part.Text("b"));
    assertThat(completion.model()).isEqualTo("claude-x");
  }

  @Test
  void complete_calls_keepArgumentsAndNamesAndHaveOwnIds() {
    Completion completion =
        completion(
            """
            {"content":[
             {"type":"tool_use","id":"a","name":"files__read","input":{"i":7,"d":1.50,"n":null}},
             {"type":"tool_use","id":"a","name":"made__up__name","input":{}},
             {"type":"tool_use","name":"plain","input":{"l":[1]}}],"stop_reason":"end_turn"}
            """);

    assertThat(completion.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("a", "call_1_2", "call_1_3");
    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::tool)
        .containsExactly("files.read", "made.up__name", "plain");
    Map<String, ?> arguments = completion.message().toolCalls().getFirst().arguments();
    assertThat(arguments.toString()).isEqualTo("{i=7, d=1.50, n=null}");
    assertThat(arguments.get("i")).isInstanceOf(Long.class);
  }

  @ParameterizedTest
  @CsvSource({"max_tokens, LENGTH, 1", "pause_turn, LENGTH, 1", "refusal, REFUSAL, 0"})
  void complete_cutInTheLastCall_dropsIt(String reason, StopReason expected, int calls) {
    Completion completion =
        completion(
            """
            {"content":[{"type":"text","text":"Both."},
             {"type":"tool_use","id":"a","name":"files__read","input":{"path":"a"}},
             {"type":"tool_use","id":"b","name":"files__list","input":{}}],"stop_reason":"%s"}
            """
                .formatted(reason));

    assertThat(completion.stopReason()).isEqualTo(expected);
    assertThat(completion.message().toolCalls()).hasSize(calls);
    assertThat(completion.message().text()).isEqualTo("Both.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | no content",
        "{\"content\":[]} | no stop_reason",
        "{\"content\":[],\"stop_reason\":\"tired\"} | an unknown stop_reason 'tired'",
        "{\"content\":[],\"stop_reason\":\"two words\"} | an unknown stop_reason",
        "{\"content\":[],\"stop_reason\":\"tool_use\"} | tool calls announced and none given",
        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"a\",\"input\":[]}],"
            + "\"stop_reason\":\"tool_use\"} | half a tool call",
        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"a\"}],"
            + "\"stop_reason\":\"tool_use\"} | half a tool call",
        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"\",\"input\":{}}],"
            + "\"stop_reason\":\"tool_use\"} | half a tool call",
        "{\"content\":7} | a field of the wrong type (content)",
        "{\"content\":[{\"type\":\"text\",\"text\":7}]}"
            + " | a field of the wrong type (content.0.text)"
      })
  void complete_notAnAnswer_saysWhatCame(String body, String what) {
    assertThat(failure(body)).hasMessage(said(what));
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, PROVIDER_UNAVAILABLE",
    "rate_limit_error, PROVIDER_LIMITED",
    "billing_error, PROVIDER_CREDIT",
    "authentication_error, PROVIDER_KEY",
    "invalid_request_error, PROVIDER_REFUSED",
    "api_error, PROVIDER_UNAVAILABLE"
  })
  void complete_errorWithGoodStatus_isItsKind(String type, ErrorCode code) {
    assertThat(
            failure(
                    "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"x\"}}"
                        .formatted(type))
                .code())
        .isEqualTo(code);
  }

  @Test
  void complete_usage_isTheSumOfFreshReadAndWritten() {
    assertThat(
            tokens(
                """
                {"input_tokens":10,"cache_read_input_tokens":200,
                 "cache_creation_input_tokens":70,"cache_creation":
                 {"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":50},
                 "output_tokens":9,"output_tokens_details":{"thinking_tokens":4}}
                """))
        .isEqualTo(new Tokens(280, 200, 20, 50, 9, 4));
  }

  @Test
  void complete_writtenBeyondTheSplit_isForMinutes() {
    assertThat(
            tokens(
                """
                {"input_tokens":1,"cache_creation_input_tokens":100,"cache_creation":
                 {"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":50},
                 "output_tokens":2}
                """))
        .isEqualTo(new Tokens(101, 0, 50, 50, 2, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null",
        "7",
        "{}",
        "{\"input_tokens\":3}",
        "{\"output_tokens\":3}",
        "{\"input_tokens\":-1,\"output_tokens\":3}",
        "{\"input_tokens\":\"3\",\"output_tokens\":3}",
        "{\"input_tokens\":3.5,\"output_tokens\":3}",
        "{\"input_tokens\":3,\"output_tokens\":1000000001}",
        "{\"input_tokens\":1000000000,\"cache_read_input_tokens\":1,\"output_tokens\":3}",
        "{\"input_tokens\":3,\"output_tokens\":3,\"output_tokens_details\":{\"thinking_tokens\":4}}",
        "{\"input_tokens\":3,\"output_tokens\":3,\"cache_creation\":"
            + "{\"ephemeral_1h_input_tokens\":1}}"
      })
  void complete_missingOrImpossibleUsage_isUnknownAndTheAnswerStands(String usage) {
    assertThat(tokens(usage)).isNull();
  }

  private static Tokens tokens(String usage) {
    Completion completion =
        completion(
            "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"end_turn\","
                + "\"usage\":"
                + usage
                + "}");
    assertThat(completion.message().text()).isEqualTo("a");
    return completion.tokens();
  }
}
