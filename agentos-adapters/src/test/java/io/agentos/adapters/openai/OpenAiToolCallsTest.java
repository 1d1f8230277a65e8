package io.agentos.adapters.openai;

import static io.agentos.adapters.openai.OpenAiAnswers.call;
import static io.agentos.adapters.openai.OpenAiAnswers.calls;
import static io.agentos.adapters.openai.OpenAiAnswers.completion;
import static io.agentos.adapters.openai.OpenAiAnswers.failure;
import static io.agentos.adapters.openai.OpenAiAnswers.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ToolCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tool calls as they come: whole ones, and all the ways of half ones. */
final class OpenAiToolCallsTest {
  @Test
  void complete_callsWithStop_areToolCalls() {
    assertThat(completion(calls("stop", call("a", "files__read", "{}"))).stopReason())
        .isEqualTo(StopReason.TOOL_CALLS);
  }

  @Test
  void complete_callIds_areKeptOrMadeUp() {
    Completion completion =
        completion(
            calls(
                "tool_calls",
                call("a", "files__read", "{}"),
                call("a", "files__read", "{}"),
                call("", "files__read", "{}")));

    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("a", "call_1_2", "call_1_3");
  }

  @Test
  void complete_toolNames_areTurnedBack() {
    Completion completion =
        completion(
            calls(
                "tool_calls",
                call("a", "files__read", "{}"),
                call("b", "made__up__name", "{}"),
                call("c", "plain", "{}")));

    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::tool)
        .containsExactly("files.read", "made.up__name", "plain");
  }

  @Test
  void complete_argumentsOfEveryKind_areKept() {
    Completion completion =
        completion(
            calls(
                "tool_calls",
                call(
                    "a",
                    "files__read",
                    "{\\\"s\\\":\\\"ü\\\",\\\"i\\\":7,\\\"big\\\":123456789012345678901,"
                        + "\\\"d\\\":1.50,\\\"b\\\":true,\\\"n\\\":null,\\\"l\\\":[1]}")));

    Map<String, ?> arguments = completion.message().toolCalls().getFirst().arguments();
    assertThat(arguments.toString())
        .isEqualTo("{s=ü, i=7, big=123456789012345678901, d=1.50, b=true, n=null, l=[1]}");
    assertThat(arguments.get("i")).isInstanceOf(Long.class);
  }

  @Test
  void complete_noArguments_areNone() {
    Completion completion =
        completion(
            calls(
                "tool_calls",
                call("a", "files__read", ""),
                "{\"id\":\"b\",\"function\":{\"name\":\"files__list\"}}"));

    assertThat(completion.message().toolCalls())
        .extracting(ToolCall::tool, ToolCall::arguments)
        .containsExactly(tuple("files.read", Map.of()), tuple("files.list", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"length, LENGTH", "content_filter, FILTER"})
  void complete_cutInACall_keepsTheWholeOnes(String finishReason, StopReason reason) {
    Completion completion =
        completion(
            calls(
                finishReason,
                call("a", "files__read", "{\\\"path\\\":\\\"a\\\"}"),
                call("b", "files__read", "{\\\"path\\\": "),
                call("c", "files__list", "")));

    assertThat(completion.stopReason()).isEqualTo(reason);
    assertThat(completion.message().toolCalls()).extracting(ToolCall::id).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\\\"path\\\": ",
        "{\\\"path\\\":1} trailing",
        "{\\\"path\\\":1,\\\"path\\\":2}",
        "[]",
        "null",
        "text"
      })
  void complete_halfACall_isNoAnswer(String arguments) {
    String body =
        calls("tool_calls", call("a", "files__read", "{}"), call("b", "files__read", arguments));

    assertThat(failure(body)).hasMessage(said("half a tool call"));
  }
}
