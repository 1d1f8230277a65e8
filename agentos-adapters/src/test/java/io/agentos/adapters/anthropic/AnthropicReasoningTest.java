package io.agentos.adapters.anthropic;

import static io.agentos.adapters.anthropic.AnthropicCalls.asking;
import static io.agentos.adapters.anthropic.AnthropicCalls.request;
import static io.agentos.adapters.anthropic.AnthropicCalls.sent;
import static io.agentos.adapters.anthropic.AnthropicCalls.withTools;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion;
import io.agentos.api.Effort;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a model is asked to think, and that what it thought comes back to it unchanged. */
final class AnthropicReasoningTest {
  private static final String MODEL = "claude-sonnet-4-6";

  @ParameterizedTest
  @CsvSource({
    "claude-3-7-sonnet-20250219, LOW, 1024",
    "claude-sonnet-4-20250514, MEDIUM, 4096",
    "claude-haiku-4-5, HIGH, 16384",
    "anthropic/claude-4.6-opus, MEDIUM, 4096",
    "some-gateway-model, LOW, 1024"
  })
  void complete_effortOfOlderModels_isABudget(String model, Effort effort, int budget) {
    String body = sent(effort(model, effort, 40_000)).body();

    assertThat(body)
        .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}")
        .doesNotContain("effort");
  }

  @ParameterizedTest
  @CsvSource({"4096, HIGH, 2048", "2048, LOW, 1024", "2047, LOW, 0", "256, HIGH, 0"})
  void complete_budget_leavesRoomForTheAnswer(int outputTokensMax, Effort effort, int budget) {
    String body = sent(effort(MODEL, effort, outputTokensMax)).body();

    if (budget == 0) {
      assertThat(body).doesNotContain("thinking");
    } else {
      assertThat(body).contains("\"budget_tokens\":" + budget + "}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-7, LOW, low",
    "claude-opus-5, MEDIUM, medium",
    "claude-sonnet-5-5, HIGH, high",
    "claude-haiku-5-5, LOW, low",
    "claude-fable-5-1, HIGH, high"
  })
  void complete_effortOfNewerModels_isAWord(String model, Effort effort, String word) {
    assertThat(sent(effort(model, effort, 256)).body())
        .contains("\"thinking\":{\"type\":\"adaptive\",\"display\":\"summarized\"}")
        .contains("\"output_config\":{\"effort\":\"" + word + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-haiku-4-5 | \"max_tokens\":256",
        "claude-opus-4-8 | \"max_tokens\":256",
        "claude-opus-5 | \"thinking\":{\"type\":\"disabled\"}",
        "claude-sonnet-5 | \"thinking\":{\"type\":\"disabled\"}",
        "claude-haiku-5-5 | \"thinking\":{\"type\":\"disabled\"}",
        "claude-sonnet-5-5 | \"thinking\":{\"type\":\"between_tools\"}",
        "claude-opus-5-5 | \"output_config\":{\"effort\":\"low\"}",
        "claude-fable-5-1 | \"output_config\":{\"effort\":\"low\"}"
      })
  void complete_noEffort_isSaidAsTheModelTakesIt(String model, String said) {
    String body = sent(effort(model, Effort.NONE, 256)).body();

    assertThat(body).contains(said);
    assertThat(body.contains("\"thinking\"")).isEqualTo(said.startsWith("\"thinking\""));
    assertThat(body.contains("effort")).isEqualTo(said.contains("effort"));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-6, , true",
    "claude-sonnet-4-6, NONE, true",
    "claude-sonnet-4-6, LOW, false",
    "claude-opus-4-7, , false",
    "claude-sonnet-5-5, NONE, false"
  })
  void complete_temperature_isSentOnlyWhereItIsTaken(String model, Effort effort, boolean sent) {
    ModelOptions options = ModelOptions.NONE.withTemperature(0.5);
    String body = sent(asking(model, effort == null ? options : options.withEffort(effort))).body();

    assertThat(body.contains("temperature")).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-sonnet-4-6 | ",
        "claude-opus-5 | \"thinking\":{\"type\":\"disabled\"}",
        "claude-opus-4-7 | "
      })
  void complete_forcedCall_isAskedForWithoutThought(String model, String thinking) {
    ModelOptions options =
        ModelOptions.NONE.withEffort(Effort.HIGH).withToolChoice(new ToolChoice.Required());
    String body = sent(withTools(asking(model, options))).body();

    assertThat(body).contains("\"tool_choice\":{\"type\":\"any\"}");
    if (thinking == null) {
      assertThat(body).doesNotContain("\"thinking\"");
    } else {
      assertThat(body).contains(thinking);
    }
  }

  @Test
  void complete_thoughts_comeBackUnchangedAndInOrder() {
    String content =
        """
        [{"type":"thinking","thinking":"First…","signature":"c2ln|MQ=="},\
        {"type":"redacted_thinking","data":"ZW5j"},\
        {"type":"thinking","thinking":"","signature":"c2lnMg=="},\
        {"type":"text","text":"I look."},\
        {"type":"tool_use","id":"toolu_1","name":"files__read","input":{}}]\
        """;
    Message.Assistant first = answered(content);

    assertThat(first.provider()).isEqualTo("anthropic");
    assertThat(first.parts())
        .filteredOn(Part.Thought.class::isInstance)
        .extracting(part -> ((Part.Thought) part).text())
        .containsExactly("First…", "", "");
    assertThat(second("contract-model", first))
        .contains("{\"role\":\"assistant\",\"content\":" + content);
  }

  @Test
  void complete_thoughtsOfAnotherModel_stayHere() {
    Message.Assistant first =
        answered(
            "[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"s\"},"
                + "{\"type\":\"text\",\"text\":\"b\"}]");

    assertThat(second("another-model", first))
        .contains("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}");
  }

  @Test
  void complete_thoughtWithoutASeal_isTextForPeopleOnly() {
    Message.Assistant first =
        answered(
            "[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"\"},"
                + "{\"type\":\"text\",\"text\":\"b\"}]");

    assertThat(first.parts()).containsExactly(new Part.Thought("a", ""), new Part.Text("b"));
    assertThat(first.provider()).isEmpty();
    assertThat(second("contract-model", first)).doesNotContain("thinking");
  }

  @Test
  void complete_callsOfAnotherProvider_areAnsweredWithoutABudget() {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message.User("Read."));
    messages.add(new Message.Assistant("", List.of(new ToolCall("c", "files.read", Map.of()))));
    messages.add(new Message.ToolAnswer("c", "files.read", "x", false));
    ModelOptions low = ModelOptions.NONE.withEffort(Effort.LOW);

    assertThat(sent(request(MODEL, messages, 4096, low)).body()).doesNotContain("thinking");

    messages.add(new Message.Assistant("Done.", List.of()));
    messages.add(new Message.User("Again."));
    assertThat(sent(request(MODEL, messages, 4096, low)).body()).contains("budget_tokens");
  }

  private static Message.Assistant answered(String content) {
    Completion completion =
        AnthropicCalls.completion(
            "{\"type\":\"message\",\"stop_reason\":\"%s\",\"content\":%s}"
                .formatted(content.contains("tool_use") ? "tool_use" : "end_turn", content));
    return completion.message();
  }

  private static String second(String model, Message.Assistant first) {
    return sent(request(
            model,
            List.of(new Message.User("hi"), first, new Message.User("go on")),
            4096,
            ModelOptions.NONE))
        .body();
  }

  private static ModelRequest effort(String model, Effort effort, int outputTokensMax) {
    return request(
        model,
        List.of(new Message.User("hi")),
        outputTokensMax,
        ModelOptions.NONE.withEffort(effort));
  }
}
