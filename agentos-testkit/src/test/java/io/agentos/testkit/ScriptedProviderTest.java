package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScriptedProviderTest {
  private static final Message.Assistant CALLS =
      ScriptedProvider.calls(new ToolCall("call_1", "files.read", Map.of()));

  private final ScriptedProvider provider =
      ScriptedProvider.ofTurns("scripted", List.of(CALLS, ScriptedProvider.says("done")));

  @Test
  void complete_turns_followTheConversation() {
    ModelRequest first = ModelCalls.asking("hi");
    ModelRequest second = ModelCalls.conversation(2, List.of(new Message.User("hi"), CALLS));

    assertThat(provider.complete(first).stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(provider.complete(second).message().text()).isEqualTo("done");
    assertThat(provider.complete(first).message()).isEqualTo(CALLS);
    assertThat(provider.calls()).containsExactly(first, second, first);
  }

  @Test
  void complete_afterTheLastTurn_saysSo() {
    ModelRequest third = ModelCalls.conversation(3, List.of(CALLS, ScriptedProvider.says("done")));

    assertThatThrownBy(() -> provider.complete(third))
        .hasMessage("scripted has 2 turns and was asked for turn 3");
  }
}
