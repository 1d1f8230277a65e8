package io.agentos.adapters.gemini;

import static io.agentos.adapters.gemini.GeminiCalls.said;
import static io.agentos.adapters.gemini.GeminiCalls.streamFailure;
import static io.agentos.adapters.gemini.GeminiCalls.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.adapters.gemini.GeminiCalls.Streamed;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of Gemini: chunks that belong together, counts, ends, and broken ones. */
final class GeminiStreamTest {
  @Test
  void stream_oneChunk_isAWholeAnswer() {
    Streamed streamed = streamed(last("[{\"text\":\"Yes.\"}]", "STOP", 10, 2));

    assertThat(streamed.completion().message().parts()).containsExactly(new Part.Text("Yes."));
    assertThat(streamed.completion().tokens()).isEqualTo(Tokens.of(10, 2));
    assertThat(streamed.told(ModelEvent.Text.class)).containsExactly(new ModelEvent.Text("Yes."));
  }

  @Test
  void stream_usage_isThatOfTheLastChunk() {
    Streamed streamed =
        streamed(chunk("[{\"text\":\"a\"}]", 10, 1), last("[{\"text\":\"b\"}]", "STOP", 10, 9));

    assertThat(streamed.completion().tokens()).isEqualTo(Tokens.of(10, 9));
  }

  @Test
  void stream_lastChunkWithoutUsage_countsNothing() {
    Streamed streamed =
        streamed(
            chunk("[{\"text\":\"a\"}]", 10, 1),
            event("{\"candidates\":[{\"finishReason\":\"STOP\"}]}"));

    assertThat(streamed.completion().tokens()).isNull();
    assertThat(streamed.completion().message().text()).isEqualTo("a");
  }

  @Test
  void stream_textsOfManyChunks_areOnePartAndNeverCrossASignature() {
    Streamed streamed =
        streamed(
            chunk("[{\"text\":\"Let \",\"thought\":true}]", 10, 1),
            chunk("[{\"text\":\"me see.\",\"thought\":true}]", 10, 1),
            chunk("[{\"text\":\"It \"}]", 10, 1),
            chunk("[{\"text\":\"is\"}]", 10, 1),
            chunk("[{\"text\":\" so\",\"thoughtSignature\":\"s1\"}]", 10, 1),
            chunk("[{\"text\":\".\"}]", 10, 1),
            last("[{\"thoughtSignature\":\"s2\"}]", "STOP", 10, 2));

    assertThat(streamed.completion().message().parts())
        .containsExactly(
            new Part.Thought("Let me see.", ""),
            new Part.Text("It is"),
            new Part.Text(" so", "contract-model||s1"),
            new Part.Text("."),
            new Part.Text("", "contract-model||s2"));
    assertThat(streamed.completion().message().text()).isEqualTo("It is so.");
    assertThat(streamed.told(ModelEvent.Thought.class)).hasSize(2);
    assertThat(streamed.told(ModelEvent.Text.class)).hasSize(4);
  }

  @Test
  void stream_callsOfManyChunks_areAllTold() {
    Streamed streamed =
        streamed(
            chunk(
                "[{\"functionCall\":{\"name\":\"files__read\",\"args\":{\"path\":\"a\"}}}]", 10, 1),
            last("[{\"functionCall\":{\"name\":\"files__list\"}}]", "STOP", 10, 9));

    assertThat(streamed.completion().stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(streamed.completion().message().toolCalls())
        .extracting(ToolCall::tool)
        .containsExactly("files.read", "files.list");
    assertThat(streamed.told(ModelEvent.Call.class))
        .extracting(ModelEvent.Call::call)
        .isEqualTo(streamed.completion().message().toolCalls());
  }

  @Test
  void stream_blockedPrompt_isFiltered() {
    Streamed streamed =
        streamed(
            event(
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},"
                    + "\"usageMetadata\":{\"promptTokenCount\":9}}"));

    assertThat(streamed.completion().stopReason()).isEqualTo(StopReason.FILTER);
    assertThat(streamed.completion().tokens()).isEqualTo(Tokens.of(9, 0));
  }

  @ParameterizedTest
  @CsvSource({"MAX_TOKENS, LENGTH", "SAFETY, FILTER", "STOP, END"})
  void stream_finishWithoutContent_endsIt(String reason, StopReason expected) {
    Streamed streamed =
        streamed(
            chunk("[{\"text\":\"So f\"}]", 10, 1),
            event(
                "{\"candidates\":[{\"finishReason\":\"%s\"}],\"usageMetadata\":{\"promptTokenCount\":1}}"
                    .formatted(reason)));

    assertThat(streamed.completion().stopReason()).isEqualTo(expected);
    assertThat(streamed.completion().message().text()).isEqualTo("So f");
  }

  @Test
  void stream_withoutAFinishReason_isNoAnswer() {
    assertThat(streamFailure(chunk("[{\"text\":\"So f\"}]", 10, 1)).code())
        .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void stream_errorChunk_isItsCode() {
    assertThat(
            streamFailure(
                    chunk("[{\"text\":\"So f\"}]", 10, 1),
                    event("{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}"))
                .code())
        .isEqualTo(ErrorCode.PROVIDER_LIMITED);
  }

  @Test
  void stream_failedFinish_isNoAnswer() {
    assertThat(streamFailure(last("[]", "MALFORMED_FUNCTION_CALL", 10, 1)))
        .hasMessage(said("a failed finish, 'MALFORMED_FUNCTION_CALL'"));
  }

  private static String chunk(String parts, int input, int output) {
    return event(
        "{\"candidates\":[{\"content\":{\"parts\":%s},\"index\":0}],%s}"
            .formatted(parts, usage(input, output)));
  }

  private static String last(String parts, String finishReason, int input, int output) {
    return event(
        "{\"candidates\":[{\"content\":{\"parts\":%s},\"finishReason\":\"%s\",\"index\":0}],%s}"
            .formatted(parts, finishReason, usage(input, output)));
  }

  private static String usage(int input, int output) {
    return "\"usageMetadata\":{\"promptTokenCount\":%d,\"candidatesTokenCount\":%d}"
        .formatted(input, output);
  }

  private static String event(String chunk) {
    return "data: " + chunk + "\r\n\r\n";
  }
}
