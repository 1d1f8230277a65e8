package io.agentos.adapters.anthropic;

import static io.agentos.adapters.anthropic.AnthropicCalls.said;
import static io.agentos.adapters.anthropic.AnthropicCalls.streamFailure;
import static io.agentos.adapters.anthropic.AnthropicCalls.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.adapters.anthropic.AnthropicCalls.Streamed;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of Messages: counts, calls that are whole and calls that are not, and broken ones. */
final class AnthropicStreamTest {
  private static final String START =
      event(
          "message_start",
          "\"message\":{\"model\":\"claude-x\",\"content\":[],\"usage\":{\"input_tokens\":10,"
              + "\"cache_creation_input_tokens\":60,\"cache_creation\":"
              + "{\"ephemeral_5m_input_tokens\":20,\"ephemeral_1h_input_tokens\":40},"
              + "\"output_tokens\":1}}");
  private static final String STOP = event("message_stop");

  @Test
  void stream_usage_isOverwrittenNotAdded() {
    Streamed streamed =
        streamed(
            START,
            delta("end_turn", "{\"input_tokens\":11,\"output_tokens\":30}"),
            delta(
                "end_turn",
                "{\"input_tokens\":12,\"cache_read_input_tokens\":5,"
                    + "\"cache_creation_input_tokens\":70,\"output_tokens\":40,"
                    + "\"output_tokens_details\":{\"thinking_tokens\":7}}"),
            STOP);

    assertThat(streamed.completion().tokens()).isEqualTo(new Tokens(87, 5, 30, 40, 40, 7));
    assertThat(streamed.completion().model()).isEqualTo("claude-x");
  }

  @Test
  void stream_onlyTheSnapshot_countsNothing() {
    Streamed streamed =
        streamed(START, event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}"), STOP);

    assertThat(streamed.completion().tokens()).isNull();
  }

  @Test
  void stream_stopSequenceAtOnce_isAnEmptyAnswer() {
    Streamed streamed = streamed(START, delta("stop_sequence", "{\"output_tokens\":1}"), STOP);

    assertThat(streamed.completion().message().parts()).isEmpty();
    assertThat(streamed.completion().stopReason()).isEqualTo(StopReason.END);
    assertThat(streamed.completion().tokens()).isEqualTo(new Tokens(70, 0, 20, 40, 1, 0));
  }

  @Test
  void stream_callWithoutArguments_isWhole() {
    Streamed streamed =
        streamed(START, call(0, "a", ""), delta("tool_use", "{\"output_tokens\":1}"), STOP);

    assertThat(streamed.completion().message().toolCalls())
        .containsExactly(new ToolCall("a", "files.read", Map.of()));
    assertThat(streamed.told(ModelEvent.Call.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"path\":\"b", "{\"path\":\"b\"}", "``"})
  void stream_cutInTheLastCall_neverYieldsIt(String input) {
    Streamed streamed =
        streamed(
            START,
            call(0, "a", "{\"path\":\"a\"}"),
            call(1, "b", input),
            delta("max_tokens", "{\"output_tokens\":1}"),
            STOP);

    assertThat(streamed.completion().stopReason()).isEqualTo(StopReason.LENGTH);
    assertThat(streamed.told(ModelEvent.Call.class))
        .extracting(told -> told.call().id())
        .containsExactly("a");
    assertThat(streamed.completion().message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"path\":\"b", "{} {}", "[]", "{\"a\":1,\"a\":2}"})
  void stream_halfACallOfAWholeAnswer_isNoAnswer(String input) {
    assertThat(
            streamFailure(
                START, call(0, "a", input), delta("tool_use", "{\"output_tokens\":1}"), STOP))
        .hasMessage(said("half a tool call"));
    assertThat(
            streamFailure(
                START,
                call(0, "a", input),
                call(1, "b", "{}"),
                delta("max_tokens", "{\"output_tokens\":1}"),
                STOP))
        .hasMessage(said("half a tool call"));
  }

  @Test
  void stream_refusal_keepsTextAndNoCalls() {
    Streamed streamed =
        streamed(
            START,
            text(0, "Hel"),
            call(1, "a", "{}"),
            text(2, "lo"),
            event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":{\"category\":\"bio\"}}"),
            STOP);

    assertThat(streamed.completion().stopReason()).isEqualTo(StopReason.FILTER);
    assertThat(streamed.completion().message().text()).isEqualTo("Hello");
    assertThat(streamed.completion().message().toolCalls()).isEmpty();
  }

  @Test
  void stream_unknownEventsAndBlocks_arePassedOver() {
    Streamed streamed =
        streamed(
            START,
            event("ping"),
            event("next_year", "\"index\":3"),
            event(
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"web_search_tool_result\"}"),
            event("content_block_stop", "\"index\":0"),
            event("content_block_start", "\"index\":1,\"content_block\":{\"type\":\"text\"}"),
            event(
                "content_block_delta",
                "\"index\":1,\"delta\":{\"type\":\"citations_delta\",\"citation\":{}}"),
            event(
                "content_block_delta",
                "\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}"),
            event("content_block_stop", "\"index\":1"),
            delta("end_turn", "{\"output_tokens\":1}"),
            STOP);

    assertThat(streamed.completion().message().text()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, PROVIDER_UNAVAILABLE",
    "rate_limit_error, PROVIDER_LIMITED",
    "invalid_request_error, PROVIDER_REFUSED",
    "api_error, PROVIDER_UNAVAILABLE"
  })
  void stream_errorEvent_isItsKind(String type, ErrorCode code) {
    AgentOsException failure =
        streamFailure(
            START,
            text(0, "a"),
            event("error", "\"error\":{\"type\":\"%s\",\"message\":\"x\"}".formatted(type)));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.detail()).contains(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"message_start\"} | no message",
        "{\"type\":\"message_start\",\"message\":{}} | a second message",
        "{\"type\":\"content_block_start\",\"index\":0} | a block without content",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\"}}"
            + " | a block that had begun before",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\"}}"
            + " | more of a block that is not open",
        "{} | an event without a type",
        "{\"type\":\"message_stop\"} | no stop_reason",
        "{\"type\":\"message_stop\" | malformed JSON (line 1, column 23) in an event",
        "{\"type\":7} | a field of the wrong type (type) in an event"
      })
  void stream_notAnAnswer_saysWhatCame(String data, String what) {
    assertThat(streamFailure(START, text(0, "a"), "data: " + data + "\n\n")).hasMessage(said(what));
  }

  @Test
  void stream_withoutItsLastWord_isNoAnswer() {
    assertThat(
            streamFailure(START, text(0, "a"), delta("end_turn", "{\"output_tokens\":1}")).code())
        .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
  }

  private static String text(int index, String text) {
    return event(
            "content_block_start",
            "\"index\":%d,\"content_block\":{\"type\":\"text\",\"text\":\"\"}".formatted(index))
        + event(
            "content_block_delta",
            "\"index\":%d,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}"
                .formatted(index, text))
        + event("content_block_stop", "\"index\":" + index);
  }

  private static String call(int index, String id, String input) {
    return event(
            "content_block_start",
            ("\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"%s\","
                    + "\"name\":\"files__read\",\"input\":{}}")
                .formatted(index, id))
        + event(
            "content_block_delta",
            "\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}"
                .formatted(index, input.replace("\"", "\\\"")))
        + event("content_block_stop", "\"index\":" + index);
  }

  private static String delta(String stopReason, String usage) {
    return event(
        "message_delta",
        "\"delta\":{\"stop_reason\":\"%s\"},\"usage\":%s".formatted(stopReason, usage));
  }

  private static String event(String type, String... members) {
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, more);
  }
}
