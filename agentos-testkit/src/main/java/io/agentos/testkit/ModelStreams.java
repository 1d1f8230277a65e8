package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Streamed calls to test with, and what came of them. */
final class ModelStreams {
  static final FakeStep.Reply TEXT =
      new FakeStep.Reply(
          "Grüße, 世界 🌍, in pieces.",
          List.of(),
          StopReason.END,
          new Tokens(120, 100, 0, 0, 45, 30));
  static final FakeStep.Reply CALLS =
      new FakeStep.Reply(
          "I look.",
          List.of(
              new ToolCall("call_1", "files.read", Map.of("path", "a \"ü\".txt", "n", 7L)),
              new ToolCall("call_2", "files.list", Map.of()),
              new ToolCall("call_3", "files.read", Map.of("path", "b.txt"))),
          StopReason.TOOL_CALLS,
          Tokens.of(10, 5));
  static final FakeStep.Reply THOUGHT =
      new FakeStep.Reply(
          "So it is.",
          List.of(),
          StopReason.END,
          Tokens.of(10, 5),
          List.of(new Part.Thought("If it is, then it is.", "c2VhbA==")));

  private ModelStreams() {}

  /** A stream that went well. */
  record Heard(Completion completion, List<ModelEvent> events) {
    List<String> texts() {
      return of(ModelEvent.Text.class, ModelEvent.Text::more);
    }

    List<String> thoughts() {
      return of(ModelEvent.Thought.class, ModelEvent.Thought::more);
    }

    List<ToolCall> calls() {
      return of(ModelEvent.Call.class, ModelEvent.Call::call);
    }

    private <E extends ModelEvent, T> List<T> of(Class<E> kind, Function<E, T> value) {
      return events.stream().filter(kind::isInstance).map(kind::cast).map(value).toList();
    }
  }

  /** A stream that did not. */
  record Failed(AgentOsException failure, List<ModelEvent> events) {
    void assertUnsettled(ErrorCode code) {
      assertThat(failure.code()).as(failure.detail()).isEqualTo(code);
      assertThat(events).last().isInstanceOf(ModelEvent.Unsettled.class);
    }
  }

  static Heard heard(ModelProvider provider) {
    List<ModelEvent> events = new ArrayList<>();
    Completion completion = provider.stream(ModelCalls.asking("hi there"), events::add);
    return new Heard(completion, events);
  }

  static Failed failed(ModelProvider provider) {
    List<ModelEvent> events = new ArrayList<>();
    @Nullable AgentOsException failure =
        catchThrowableOfType(
            AgentOsException.class,
            () -> provider.stream(ModelCalls.asking("hi there"), events::add));
    assertThat(failure).as("the stream must fail").isNotNull();
    return new Failed(failure, events);
  }
}
