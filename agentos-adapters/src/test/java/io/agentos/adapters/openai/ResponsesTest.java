package io.agentos.adapters.openai;

import static io.agentos.adapters.openai.StreamedAnswers.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.adapters.openai.StreamedAnswers.Failed;
import io.agentos.adapters.openai.StreamedAnswers.Heard;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ModelCalls;
import io.agentos.testkit.ProviderTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses as OpenAI sends them. */
final class ResponsesTest {
  private static final String REASONING =
      "{`id`:`rs_1`,`type`:`reasoning`,`summary`:[{`type`:`summary_text`,`text`:`First.`},"
          + "{`type`:`summary_text`,`text`:`Then.`}],`encrypted_content`:`c2VhbA==`}";
  private static final String CALL =
      "{`id`:`fc_1`,`type`:`function_call`,`status`:`completed`,`call_id`:`call_9`,"
          + "`name`:`files__read`,`arguments`:`{\\\"path\\\":\\\"elm\\\"}`}";
  private static final String USAGE =
      "{`input_tokens`:50,`input_tokens_details`:{`cached_tokens`:20,`cache_write_tokens`:10},"
          + "`output_tokens`:8,`output_tokens_details`:{`reasoning_tokens`:3},`total_tokens`:58}";

  @Test
  void complete_reasoningAndCall_areKeptInOrderAndGoBackAsTheyCame() {
    Completion first = completion(response("completed", "null", REASONING + "," + CALL));

    assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(first.tokens()).isEqualTo(new Tokens(50, 20, 10, 0, 8, 3));
    assertThat(first.message().parts())
        .containsExactly(
            new Part.Thought("First.\n\nThen.", quoted(REASONING)),
            new Part.Call(new ToolCall("call_9", "files.read", Map.of("path", "elm"))));
    assertThat(sent(secondTurn(first.message())))
        .contains(
            quoted(
                "`input`:[{`type`:`message`,`role`:`user`,`content`:"
                    + "[{`type`:`input_text`,`text`:`Go.`}]},"
                    + REASONING
                    + ",{`type`:`function_call`,`call_id`:`call_9`,`name`:`files__read`,"
                    + "`arguments`:`{\\\"path\\\":\\\"elm\\\"}`},"
                    + "{`type`:`function_call_output`,`call_id`:`call_9`,`output`:`bark`}]"))
        .contains(quoted("`store`:false,`include`:[`reasoning.encrypted_content`]"));
  }

  @Test
  void complete_phaseOfAText_goesBack() {
    Completion first =
        completion(
            response(
                "completed",
                "null",
                "{`type`:`message`,`role`:`assistant`,`phase`:`commentary`,"
                    + "`content`:[{`type`:`output_text`,`text`:`I look.`}]},"
                    + CALL));

    assertThat(sent(secondTurn(first.message())))
        .contains(
            quoted(
                "{`type`:`message`,`role`:`assistant`,`content`:"
                    + "[{`type`:`output_text`,`text`:`I look.`}],`phase`:`commentary`}"));
  }

  @Test
  void complete_thoughtThatIsNotThere_doesNotGoBack() {
    Completion first =
        completion(
            response("completed", "null", "{`id`:`rs_1`,`type`:`reasoning`,`summary`:[]}," + CALL));

    assertThat(sent(secondTurn(first.message()))).doesNotContain("rs_1");
  }

  @Test
  void complete_refusal_isItsText() {
    Completion completion =
        completion(
            response(
                "completed",
                "null",
                "{`type`:`message`,`content`:[{`type`:`refusal`,`refusal`:`Not that.`}]}"));

    assertThat(completion.stopReason()).isEqualTo(StopReason.REFUSAL);
    assertThat(completion.message().text()).isEqualTo("Not that.");
  }

  @ParameterizedTest
  @CsvSource({"max_output_tokens, LENGTH", "content_filter, FILTER"})
  void complete_incomplete_dropsTheHalfCall(String why, StopReason reason) {
    String half = CALL.replace("completed", "incomplete");
    Completion completion = completion(response("incomplete", "{`reason`:`" + why + "`}", half));

    assertThat(completion.stopReason()).isEqualTo(reason);
    assertThat(completion.message().toolCalls()).isEmpty();
  }

  @Test
  void complete_itemsOfOtherKinds_arePassedOver() {
    assertThat(
            completion(
                    response(
                        "completed",
                        "null",
                        "{`type`:`web_search_call`,`status`:`completed`},{`type`:`message`,"
                            + "`content`:[{`type`:`output_text`,`text`:`Yew.`}]}"))
                .message())
        .isEqualTo(new Message.Assistant("Yew.", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | no status",
        "{`status`:`queued`} | an unfinished response 'queued'",
        "{`status`:`incomplete`} | an unknown reason to be incomplete",
        "[] | JSON of another shape"
      })
  void complete_notAnAnswer_saysWhatCame(String body, String what) {
    AgentOsException failure =
        catchThrowableOfType(AgentOsException.class, () -> completion(quoted(body)));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_ANSWER);
    assertThat(failure.detail()).startsWith("openai answered model contract-model with " + what);
  }

  @ParameterizedTest
  @CsvSource({
    "insufficient_quota, PROVIDER_CREDIT",
    "rate_limit_exceeded, PROVIDER_LIMITED",
    "server_error, PROVIDER_UNAVAILABLE",
    "invalid_prompt, PROVIDER_REFUSED"
  })
  void stream_failedAfterAGoodBeginning_isItsCode(String word, ErrorCode code) {
    String error = "{`code`:`" + word + "`,`message`:`Never shown`}";
    for (String end :
        List.of(
            "{`type`:`response.failed`,`response`:{`status`:`failed`,`error`:" + error + "}}",
            "{`type`:`error`,`code`:`" + word + "`,`message`:`Never shown`,`param`:null}",
            "{`type`:`error`,`error`:" + error + "}")) {
      Failed failed =
          StreamedAnswers.failed(
              Api.RESPONSES,
              data("{`type`:`response.output_text.delta`,`delta`:`Wil`}"),
              data(end));

      assertThat(failed.failure().code()).isEqualTo(code);
      assertThat(failed.events())
          .containsExactly(
              new ModelEvent.Started(""),
              new ModelEvent.Text("Wil"),
              new ModelEvent.Unsettled(null));
    }
  }

  @Test
  void stream_everyKindOfItem_isToldAndEqualsThePlainAnswer() {
    String text = "{`type`:`message`,`content`:[{`type`:`output_text`,`text`:`Willow`}]}";
    String response = response("completed", "null", REASONING + "," + text + "," + CALL);
    Heard heard =
        StreamedAnswers.heard(
            Api.RESPONSES,
            data("{`type`:`response.created`,`response`:{`status`:`in_progress`,`output`:[]}}"),
            data("{`type`:`response.reasoning_summary_part.added`,`summary_index`:0}"),
            data("{`type`:`response.reasoning_summary_text.delta`,`delta`:`First.`}"),
            data("{`type`:`response.reasoning_summary_part.added`,`summary_index`:1}"),
            data("{`type`:`response.reasoning_summary_text.delta`,`delta`:`Then.`}"),
            data("{`type`:`response.output_item.done`,`item`:" + REASONING + "}"),
            data("{`type`:`response.output_text.delta`,`delta`:`Wil`,`obfuscation`:`x`}"),
            data("{`type`:`response.output_text.delta`,`delta`:`low`}"),
            data("{`type`:`response.function_call_arguments.delta`,`delta`:`{`}"),
            data("{`type`:`response.completed`,`response`:" + response + "}"));

    assertThat(heard.completion()).isEqualTo(completion(response));
    assertThat(heard.events())
        .containsExactly(
            new ModelEvent.Started(""),
            new ModelEvent.Thought("First."),
            new ModelEvent.Thought("\n\n"),
            new ModelEvent.Thought("Then."),
            new ModelEvent.Text("Wil"),
            new ModelEvent.Text("low"),
            new ModelEvent.Call(new ToolCall("call_9", "files.read", Map.of("path", "elm"))));
  }

  @Test
  void stream_endWithoutOutput_takesTheItemsToldBefore() {
    Heard heard =
        StreamedAnswers.heard(
            Api.RESPONSES,
            data("{`type`:`response.output_item.done`,`item`:" + CALL + "}"),
            data(
                "{`type`:`response.completed`,`response`:"
                    + response("completed", "null", "")
                    + "}"));

    assertThat(heard.completion().message().toolCalls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"gpt-4.1-mini, false", "gpt-6-luna, true", "o4-mini, true"})
  void complete_sealedThoughts_areAskedOfModelsThatReason(String model, boolean included) {
    ModelRequest request = ModelCalls.asking("Go.");
    String body =
        sent(
            new ModelRequest(
                request.key(), model, "", request.messages(), List.of(), 9, request.options()));

    assertThat(body.contains("reasoning.encrypted_content")).isEqualTo(included);
  }

  private static ModelRequest secondTurn(Message.Assistant first) {
    return ModelCalls.conversation(
        2,
        List.of(
            new Message.User("Go."),
            first,
            new Message.ToolAnswer("call_9", "files.read", "bark", false)));
  }

  private static String response(String status, String details, String items) {
    return quoted(
        "{`model`:`oak-2`,`status`:`%s`,`error`:null,`incomplete_details`:%s,`output`:[%s],`usage`:%s}"
            .formatted(status, details, items, USAGE));
  }

  private static Completion completion(String body) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(FakeStep.json(body)));
        ModelProvider provider = provider(server)) {
      return provider.complete(ModelCalls.asking("hi"));
    }
  }

  private static String sent(ModelRequest request) {
    FakeStep answer = FakeStep.json(response("completed", "null", ""));
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(answer));
        ModelProvider provider = provider(server)) {
      provider.complete(request);
      assertThat(server.calls().getFirst().path()).isEqualTo("/v1/responses");
      return server.calls().getFirst().body();
    }
  }

  private static ModelProvider provider(FakeModelServer server) {
    return OpenAiProviders.of(
        new ProviderTarget(server.uri(), "sk-test-secret-4711", Duration.ofSeconds(20)),
        Api.RESPONSES);
  }

  private static String quoted(String json) {
    return json.replace('`', '"');
  }
}
