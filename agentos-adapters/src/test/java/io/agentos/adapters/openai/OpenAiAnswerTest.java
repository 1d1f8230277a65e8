package io.agentos.adapters.openai;

import static io.agentos.adapters.openai.OpenAiAnswers.USAGE;
import static io.agentos.adapters.openai.OpenAiAnswers.completion;
import static io.agentos.adapters.openai.OpenAiAnswers.failure;
import static io.agentos.adapters.openai.OpenAiAnswers.message;
import static io.agentos.adapters.openai.OpenAiAnswers.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they come: vendors' habits, missing fields, and answers that are none. */
final class OpenAiAnswerTest {
  @Test
  void complete_reasoningAndUnknownFields_doNotDisturb() {
    Completion completion =
        completion(
            """
            {"id":"x","new_field":{"a":[1]},"model":"deepseek-flash","choices":[{"index":0,
             "finish_reason":"stop","logprobs":null,"message":{"role":"assistant",
             "reasoning_content":"I think.","content":"Yes.","annotations":[]}}],%s}
            """
                .formatted(USAGE));

    assertThat(completion.message().text()).isEqualTo("Yes.");
    assertThat(completion.model()).isEqualTo("deepseek-flash");
    assertThat(completion.tokens()).isEqualTo(new Tokens(3, 0, 0, 0, 2, 0));
  }

  @Test
  void complete_noModelAndNoUsage_areTheAskedAndNone() {
    Completion completion =
        completion("{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}]}");

    assertThat(completion.model()).isEqualTo("contract-model");
    assertThat(completion.tokens()).isNull();
  }

  @Test
  void complete_refusal_isItsText() {
    Completion completion =
        completion(message("\"content\":null,\"refusal\":\"I cannot.\"", "stop"));

    assertThat(completion.stopReason()).isEqualTo(StopReason.REFUSAL);
    assertThat(completion.message().text()).isEqualTo("I cannot.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | an empty body",
        "null | null",
        "{} | no message",
        "{\"choices\":[]} | no message",
        "{\"choices\":[null]} | no message",
        "{\"choices\":[{\"finish_reason\":\"stop\"}]} | no message",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}]} | no finish_reason",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"tired\"}]}"
            + " | an unknown finish_reason 'tired'",
        "{\"choices\":[{\"message\":{},\"finish_reason\":\"tool_calls\"}]}"
            + " | tool calls announced and none given",
        "7 | JSON of another shape",
        "{\"choices\":\"none\"} | a field of the wrong type (choices)",
        "{\"choices\":[{\"message\":{\"content\":7}}]}"
            + " | a field of the wrong type (choices.0.message.content)",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}} | malformed JSON (line 1, column 40)",
        "{\"choices\":[]} {} | JSON of another shape"
      })
  void complete_notAnAnswer_saysWhatCame(String body, String what) {
    assertThat(failure(body)).hasMessage(said(what));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":-1,\"completion_tokens\":1}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1000000001}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":1000000003}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens_details\":"
            + "{\"cached_tokens\":-1}}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens_details\":"
            + "{\"cached_tokens\":2}}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":"
            + "{\"reasoning_tokens\":2}}",
        "{\"prompt_tokens\":\"many\",\"completion_tokens\":1}",
        "{\"prompt_tokens\":\"3\",\"completion_tokens\":1}",
        "{\"prompt_tokens\":1.5,\"completion_tokens\":1}",
        "{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":1}",
        "{\"prompt_tokens\":null,\"completion_tokens\":null}",
        "{\"prompt_tokens\":3}",
        "{}",
        "[]",
        "7"
      })
  void complete_impossibleUsage_isUnknown(String usage) {
    Completion completion =
        completion(
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}],\"usage\":"
                + usage
                + "}");

    assertThat(completion.tokens()).isNull();
    assertThat(completion.message().text()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // OpenAI
        "{\"prompt_tokens\":90,\"completion_tokens\":42,\"total_tokens\":132,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":64},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":40}} | 90 | 42 | 64 | 40",
        // DeepSeek
        "{\"prompt_tokens\":355,\"completion_tokens\":16,\"total_tokens\":371,"
            + "\"prompt_cache_hit_tokens\":256,\"prompt_cache_miss_tokens\":99} | 355 | 16 | 256 | 0",
        // reasoning only in the total
        "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":45,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":30}} | 10 | 35 | 0 | 30"
      })
  void complete_usage_isCountedAsBilled(
      String usage, long input, long output, long cached, long reasoning) {
    Completion completion =
        completion(
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}],\"usage\":"
                + usage
                + "}");

    assertThat(completion.tokens()).isEqualTo(new Tokens(input, cached, 0, 0, output, reasoning));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"code\":429,\"message\":\"slow\"}} | PROVIDER_LIMITED",
        "{\"error\":{\"code\":401}} | PROVIDER_KEY",
        "{\"error\":{\"code\":\"insufficient_quota\"},\"choices\":[]} | PROVIDER_CREDIT",
        "{\"error\":{\"message\":\"upstream\"}} | PROVIDER_UNAVAILABLE",
        "{\"error\":\"upstream\"} | PROVIDER_UNAVAILABLE",
        "{\"error\":{\"code\":7}} | PROVIDER_UNAVAILABLE"
      })
  void complete_errorWithGoodStatus_isItsCode(String body, ErrorCode code) {
    assertThat(failure(body).code()).isEqualTo(code);
  }

  @Test
  void complete_nullError_isNone() {
    assertThat(
            completion(
                    "{\"error\":null,\"choices\":[{\"finish_reason\":\"stop\","
                        + "\"message\":{\"content\":\"a\"}}]}")
                .message()
                .text())
        .isEqualTo("a");
  }
}
