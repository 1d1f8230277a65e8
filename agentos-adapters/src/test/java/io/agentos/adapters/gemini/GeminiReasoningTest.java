package io.agentos.adapters.gemini;

import static io.agentos.adapters.gemini.GeminiCalls.request;
import static io.agentos.adapters.gemini.GeminiCalls.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Effort;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a model is asked to think, and that signatures and ids come back to it unchanged. */
final class GeminiReasoningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemini-2.5-flash | NONE | 60000 | \"thinkingBudget\":0",
        "gemini-2.5-flash-lite | LOW | 60000 | \"includeThoughts\":true,\"thinkingBudget\":1024",
        "gemini-2.5-flash | MEDIUM | 60000 | \"includeThoughts\":true,\"thinkingBudget\":8192",
        "gemini-2.5-pro | HIGH | 60000 | \"includeThoughts\":true,\"thinkingBudget\":24576",
        "gemini-2.5-flash | HIGH | 2000 | \"includeThoughts\":true,\"thinkingBudget\":1000",
        "gemini-2.5-flash | HIGH | 1000 | \"thinkingBudget\":0",
        "gemini-2.5-pro | NONE | 60000 | \"thinkingBudget\":128",
        "gemini-3-flash-preview | NONE | 256 | \"thinkingLevel\":\"MINIMAL\"",
        "gemini-3.8-flash | NONE | 256 | \"thinkingLevel\":\"LOW\"",
        "gemini-3.1-pro-preview | MEDIUM | 256 | \"includeThoughts\":true,\"thinkingLevel\":\"MEDIUM\"",
        "gemini-4-argon | NONE | 256 | \"thinkingLevel\":\"LOW\"",
        "gemini-4-argon | HIGH | 256 | \"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"",
        "gemini-flash-latest | LOW | 256 | \"includeThoughts\":true,\"thinkingLevel\":\"LOW\""
      })
  void complete_effort_isABudgetOrALevel(
      String model, Effort effort, int outputTokensMax, String config) {
    assertThat(effort(model, effort, outputTokensMax))
        .contains("\"thinkingConfig\":{" + config + "}");
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.0-flash, HIGH", "gemma-3-27b-it, LOW", "some-gateway-model, NONE"})
  void complete_effortOfOtherModels_isNotSaid(String model, Effort effort) {
    assertThat(effort(model, effort, 60_000)).doesNotContain("thinkingConfig");
  }

  @Test
  void complete_signaturesAndIds_comeBackUnchangedWithTheirParts() {
    String parts =
        """
        [{"text":"Hm.","thought":true,"thoughtSignature":"c2ln|MA=="},\
        {"text":"I look."},\
        {"functionCall":{"id":"fc-1","name":"files__read","args":{"path":"a"}},\
        "thoughtSignature":"c2lnMQ=="},\
        {"functionCall":{"id":"fc-2","name":"files__read","args":{}}},\
        {"text":"","thoughtSignature":"c2lnMg=="}]\
        """;
    Message.Assistant first = answered(parts);

    assertThat(first.provider()).isEqualTo("gemini");
    assertThat(first.toolCalls()).extracting(ToolCall::id).containsExactly("fc-1", "fc-2");
    assertThat(
            second(
                "contract-model",
                first,
                new Message.ToolAnswer("fc-1", "files.read", "1", false),
                new Message.ToolAnswer("fc-2", "files.read", "2", false)))
        .contains("{\"role\":\"model\",\"parts\":" + parts + "}")
        .contains(
            "[{\"functionResponse\":{\"id\":\"fc-1\",\"name\":\"files__read\","
                + "\"response\":{\"result\":\"1\"}}},"
                + "{\"functionResponse\":{\"id\":\"fc-2\",\"name\":\"files__read\","
                + "\"response\":{\"result\":\"2\"}}}]");
  }

  @Test
  void complete_madeUpIds_areNotSent() {
    Message.Assistant first =
        answered("[{\"functionCall\":{\"name\":\"files__read\"},\"thoughtSignature\":\"s\"}]");

    assertThat(first.toolCalls()).extracting(ToolCall::id).containsExactly("call_1_1");
    assertThat(
            second(
                "contract-model",
                first,
                new Message.ToolAnswer("call_1_1", "files.read", "1", false)))
        .contains(
            "{\"functionCall\":{\"name\":\"files__read\",\"args\":{}},\"thoughtSignature\":\"s\"}")
        .doesNotContain("\"id\"");
  }

  @Test
  void complete_thoughtWithoutASignature_isTextForPeopleOnly() {
    Message.Assistant first = answered("[{\"text\":\"Hm.\",\"thought\":true},{\"text\":\"Yes.\"}]");

    assertThat(first.parts()).containsExactly(new Part.Thought("Hm.", ""), new Part.Text("Yes."));
    assertThat(first.provider()).isEmpty();
    assertThat(second("contract-model", first)).doesNotContain("Hm.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemini-3.8-flash | ,\"thoughtSignature\":\"skip_thought_signature_validator\"",
        "gemini-2.5-flash | ''"
      })
  void complete_callsFromElsewhere_sayThatTheyHaveNoSignature(String model, String signature) {
    Message.Assistant foreign =
        new Message.Assistant(
            List.of(
                new Part.Thought("secret", "contract-model||x"),
                new Part.Call(new ToolCall("c1", "files.read", Map.of()), "y"),
                new Part.Call(new ToolCall("c2", "files.list", Map.of()), "")),
            "another");

    assertThat(second(model, foreign))
        .contains(
            "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"files__read\","
                + "\"args\":{}}"
                + signature
                + "},{\"functionCall\":{\"name\":\"files__list\",\"args\":{}}}]}");
  }

  @Test
  void complete_signaturesOfAnotherModel_stayHere() {
    Message.Assistant first =
        answered(
            "[{\"text\":\"a\",\"thoughtSignature\":\"s\"},"
                + "{\"functionCall\":{\"id\":\"fc-1\",\"name\":\"files__read\",\"args\":{}},"
                + "\"thoughtSignature\":\"t\"}]");

    assertThat(second("gemini-3.8-flash", first))
        .contains(
            "[{\"text\":\"a\"},{\"functionCall\":{\"name\":\"files__read\",\"args\":{}},"
                + "\"thoughtSignature\":\"skip_thought_signature_validator\"}]");
  }

  private static Message.Assistant answered(String parts) {
    return GeminiCalls.completion(
            "{\"candidates\":[{\"content\":{\"parts\":%s},\"finishReason\":\"STOP\"}]}"
                .formatted(parts))
        .message();
  }

  private static String second(String model, Message.Assistant first, Message... more) {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message.User("hi"));
    messages.add(first);
    messages.addAll(List.of(more));
    messages.add(new Message.User("go on"));
    return sent(request(model, messages, 4096, ModelOptions.NONE)).body();
  }

  private static String effort(String model, Effort effort, int outputTokensMax) {
    return sent(request(
            model,
            List.of(new Message.User("hi")),
            outputTokensMax,
            ModelOptions.NONE.withEffort(effort)))
        .body();
  }
}
