package io.agentos.adapters.openai;

import static io.agentos.adapters.openai.StreamedAnswers.DONE;
import static io.agentos.adapters.openai.StreamedAnswers.data;
import static io.agentos.adapters.openai.StreamedAnswers.failed;
import static io.agentos.adapters.openai.StreamedAnswers.heard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentos.adapters.openai.OpenAiProvider.Api;
import io.agentos.adapters.openai.StreamedAnswers.Heard;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of Chat Completions as OpenAI and DeepSeek send them: habits, oddities, half answers. */
final class ChatStreamTest {
  private static final String USAGE =
      "{`prompt_tokens`:40,`completion_tokens`:9,`total_tokens`:49,"
          + "`prompt_tokens_details`:{`cached_tokens`:32,`cache_write_tokens`:8},"
          + "`completion_tokens_details`:{`reasoning_tokens`:4}}";
  private static final Tokens TOKENS = new Tokens(40, 32, 8, 0, 9, 4);

  @Test
  void stream_openAi_takesTheUsageOfTheChunkWithoutChoices() {
    Heard heard =
        heard(
            Api.CHAT_COMPLETIONS,
            data("{`choices`:[],`prompt_filter_results`:[]}"),
            delta("{`role`:`assistant`,`content`:``,`refusal`:null}", "null", "null"),
            delta("{`content`:`Wal`}", "null", "null").replace("}\n", ",\"obfuscation\":\"x7\"}\n"),
            delta("{`content`:`nut`}", "null", "null"),
            delta("{}", "`stop`", "null"),
            data("{`model`:`oak-1`,`choices`:[],`usage`:" + USAGE + "}"),
            DONE);

    assertThat(heard.completion().message().text()).isEqualTo("Walnut");
    assertThat(heard.completion().stopReason()).isEqualTo(StopReason.END);
    assertThat(heard.completion().tokens()).isEqualTo(TOKENS);
    assertThat(heard.completion().model()).isEqualTo("oak-1");
    assertThat(heard.events())
        .containsExactly(
            new ModelEvent.Started(""), new ModelEvent.Text("Wal"), new ModelEvent.Text("nut"));
  }

  @Test
  void stream_deepSeek_takesTheUsageOfTheLastChoice() {
    Heard heard =
        heard(
            Api.DEEPSEEK,
            ": keep-alive\n\n\n\n",
            delta("{`role`:`assistant`,`content`:null,`reasoning_content`:``}", "null", "null"),
            delta("{`content`:null,`reasoning_content`:`A tree`}", "null", "null"),
            delta("{`content`:null,`reasoning_content`:`, surely.`}", "null", "null"),
            ": keep-alive\n\n",
            delta("{`content`:`Birch`,`reasoning_content`:null}", "null", "null"),
            delta(
                "{`content`:``,`reasoning_content`:null}",
                "`stop`",
                "{`prompt_tokens`:40,`completion_tokens`:9,`prompt_cache_hit_tokens`:30,"
                    + "`prompt_cache_miss_tokens`:10,"
                    + "`completion_tokens_details`:{`reasoning_tokens`:6}}"),
            DONE);

    assertThat(heard.completion().message().parts())
        .containsExactly(new Part.Thought("A tree, surely.", ""), new Part.Text("Birch"));
    assertThat(heard.completion().message().provider()).isEqualTo("openai");
    assertThat(heard.completion().tokens()).isEqualTo(new Tokens(40, 30, 0, 0, 9, 6));
    assertThat(heard.events())
        .containsExactly(
            new ModelEvent.Started(""),
            new ModelEvent.Thought("A tree"),
            new ModelEvent.Thought(", surely."),
            new ModelEvent.Text("Birch"));
  }

  @Test
  void stream_finalChunksTwice_areHarmless() {
    String end = delta("{}", "`stop`", "null");
    String usage = data("{`choices`:[],`usage`:" + USAGE + "}");
    Heard heard =
        heard(
            Api.CHAT_COMPLETIONS,
            delta("{`content`:`Elm`}", "null", "null"),
            end,
            end,
            usage,
            usage,
            DONE,
            DONE);

    assertThat(heard.completion().message().text()).isEqualTo("Elm");
    assertThat(heard.completion().tokens()).isEqualTo(TOKENS);
  }

  @Test
  void stream_callsInterleaved_areSortedByIndex() {
    Heard heard =
        heard(
            Api.CHAT_COMPLETIONS,
            call(1, "`id`:`b`,", "`name`:`files__list`,`arguments`:``"),
            call(0, "`id`:`a`,", "`name`:`files__read`,`arguments`:`{\\\"path\\\":`"),
            call(1, "", "`arguments`:`{}`"),
            call(0, "", "`arguments`:`\\\"elm\\\"}`"),
            delta("{}", "`tool_calls`", "null"),
            DONE);

    assertThat(heard.completion().message().toolCalls())
        .extracting(ToolCall::id, ToolCall::tool, ToolCall::arguments)
        .containsExactly(
            tuple("a", "files.read", Map.of("path", "elm")), tuple("b", "files.list", Map.of()));
    assertThat(heard.events())
        .filteredOn(ModelEvent.Call.class::isInstance)
        .extracting(event -> ((ModelEvent.Call) event).call())
        .isEqualTo(heard.completion().message().toolCalls());
  }

  @Test
  void stream_callsWithoutIndex_beginAnewWithEachId() {
    Heard heard =
        heard(
            Api.COMPATIBLE,
            delta(
                "{`tool_calls`:[{`id`:`a`,`function`:{`name`:`files__read`,`arguments`:`{`}}]}",
                "null",
                "null"),
            delta("{`tool_calls`:[{`function`:{`arguments`:`}`}}]}", "null", "null"),
            delta(
                "{`tool_calls`:[{`id`:`b`,`function`:{`name`:`files__list`,`arguments`:`{}`}}]}",
                "null",
                "null"),
            delta("{}", "`tool_calls`", "null"),
            DONE);

    assertThat(heard.completion().message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"``", "`{\\\"path\\\": `"})
  void stream_lengthInACall_dropsTheHalfOne(String arguments) {
    Heard heard =
        heard(
            Api.DEEPSEEK,
            call(0, "`id`:`a`,", "`name`:`files__list`,`arguments`:`{}`"),
            call(1, "`id`:`b`,", "`name`:`files__read`,`arguments`:" + arguments),
            delta("{`content`:``}", "`length`", USAGE),
            DONE);

    assertThat(heard.completion().stopReason()).isEqualTo(StopReason.LENGTH);
    assertThat(heard.completion().message().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("a");
    assertThat(heard.events()).filteredOn(ModelEvent.Call.class::isInstance).hasSize(1);
  }

  @Test
  void stream_halfACallInAWholeAnswer_isNoAnswerAndSaysWhatWasUsed() {
    StreamedAnswers.Failed failed =
        failed(
            Api.CHAT_COMPLETIONS,
            call(0, "`id`:`a`,", "`name`:`files__read`,`arguments`:`{\\\"path\\\": `"),
            delta("{}", "`tool_calls`", "null"),
            data("{`choices`:[],`usage`:" + USAGE + "}"),
            DONE);

    assertThat(failed.failure().code()).isEqualTo(ErrorCode.PROVIDER_ANSWER);
    assertThat(failed.failure().detail()).contains("half a tool call");
    assertThat(failed.events())
        .containsExactly(new ModelEvent.Started(""), new ModelEvent.Unsettled(TOKENS));
  }

  @Test
  void stream_refusal_isItsText() {
    Heard heard =
        heard(
            Api.CHAT_COMPLETIONS,
            delta("{`role`:`assistant`,`refusal`:``}", "null", "null"),
            delta("{`refusal`:`Not `}", "null", "null"),
            delta("{`refusal`:`that.`}", "null", "null"),
            delta("{}", "`stop`", "null"),
            DONE);

    assertThat(heard.completion().stopReason()).isEqualTo(StopReason.REFUSAL);
    assertThat(heard.completion().message().text()).isEqualTo("Not that.");
  }

  @Test
  void stream_outOfMachines_isUnavailable() {
    StreamedAnswers.Failed failed =
        failed(
            Api.DEEPSEEK,
            delta("{`content`:`Lar`}", "null", "null"),
            delta("{`content`:``}", "`insufficient_system_resource`", "null"),
            DONE);

    assertThat(failed.failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    assertThat(failed.failure())
        .hasMessage(
            "openai is busy or failing (200, insufficient_system_resource). A repeat may pass.");
  }

  @Test
  void stream_noFinishReason_isNoAnswer() {
    assertThat(
            failed(Api.CHAT_COMPLETIONS, delta("{`content`:`Lar`}", "null", "null"), DONE)
                .failure()
                .detail())
        .contains("no finish_reason");
  }

  @Test
  void stream_emptyFinishReasonsAndUsageOnEachChunk_doNotDisturb() {
    Heard heard =
        heard(
            Api.COMPATIBLE,
            delta("{`content`:`A`}", "``", "{`prompt_tokens`:40,`completion_tokens`:1}"),
            delta("{`content`:`sh`}", "`stop`", "{`prompt_tokens`:40,`completion_tokens`:2}"),
            delta("{}", "``", "null"),
            DONE);

    assertThat(heard.completion().message().text()).isEqualTo("Ash");
    assertThat(heard.completion().tokens()).isEqualTo(Tokens.of(40, 2));
  }

  @Test
  void stream_otherChoices_areNotTaken() {
    Heard heard =
        heard(
            Api.CHAT_COMPLETIONS,
            delta("{`content`:`one`}", "null", "null"),
            delta("{`content`:`two`}", "null", "null").replace("\"index\":0", "\"index\":1"),
            delta("{}", "`stop`", "null"),
            DONE);

    assertThat(heard.completion().message().text()).isEqualTo("one");
  }

  private static String delta(String delta, String finishReason, String usage) {
    return data(
        "{`choices`:[{`index`:0,`delta`:%s,`finish_reason`:%s}],`usage`:%s}"
            .formatted(delta, finishReason, usage));
  }

  private static String call(int index, String id, String function) {
    return delta(
        "{`tool_calls`:[{`index`:%d,%s`function`:{%s}}]}".formatted(index, id, function),
        "null",
        "null");
  }
}
