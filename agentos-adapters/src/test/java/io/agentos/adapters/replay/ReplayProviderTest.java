package io.agentos.adapters.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayProviderTest {
  private static final Message USER = new Message.User("hi");

  private final ReplayProvider provider =
      new ReplayProvider(
          List.of(
              recording("review", "", "first", "second"),
              recording("audit", Recording.digest("You audit."), "audited")));

  @Test
  void complete_namedModel_playsTheTurnOfTheConversation() {
    assertThat(text(request("review", "", USER))).isEqualTo("first");
    assertThat(text(request("replay/review", "", USER, said("first"), USER))).isEqualTo("second");
  }

  @Test
  void complete_noModel_playsTheRecordingOfTheSystemPrompt() {
    assertThat(text(request("", "You audit.", USER))).isEqualTo("audited");
  }

  @Test
  void complete_askedAgain_answersTheSame() {
    ModelRequest request = request("review", "", USER);

    assertThat(provider.complete(request)).isEqualTo(provider.complete(request));
  }

  @Test
  void complete_always_namesReplayAndTheRecording() {
    Completion completion = provider.complete(request("review", "", USER));

    assertThat(completion.provider()).isEqualTo("replay").isEqualTo(provider.id());
    assertThat(completion.model()).isEqualTo("review");
  }

  @Test
  void complete_unknownName_saysWhichThereAre() {
    assertThatThrownBy(() -> provider.complete(request("other", "", USER)))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.PROVIDER_REFUSED)
        .hasMessage("There is no recording 'other'. There are: audit, review.");
  }

  @Test
  void complete_unknownSystemPrompt_saysItsDigestAndWhichThereAre() {
    assertThatThrownBy(() -> provider.complete(request("", "", USER)))
        .hasFieldOrPropertyWithValue("code", ErrorCode.PROVIDER_REFUSED)
        .hasMessage(
            "No recording was made for this system prompt (SHA-256"
                + " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855)."
                + " There are: audit, review.");
  }

  @Test
  void complete_noRecordings_saysSo() {
    ReplayProvider empty = new ReplayProvider(List.of());

    assertThatThrownBy(() -> empty.complete(request("other", "", USER)))
        .hasMessage("There is no recording 'other'. There are none.");
  }

  @Test
  void complete_manyRecordings_showsTwenty() {
    List<Recording> many = new ArrayList<>();
    for (int i = 10; i < 33; i++) {
      many.add(recording("r" + i, "", "x"));
    }

    assertThatThrownBy(() -> new ReplayProvider(many).complete(request("other", "", USER)))
        .hasMessageStartingWith("There is no recording 'other'. There are r10, r11,")
        .hasMessageEndingWith("r28, r29 and 3 more.");
  }

  @Test
  void complete_afterTheLastTurn_isRefused() {
    assertThatThrownBy(
            () -> provider.complete(request("review", "", USER, said("first"), said("second"))))
        .hasFieldOrPropertyWithValue("code", ErrorCode.PROVIDER_REFUSED)
        .hasMessage("Recording review has 2 turns; turn 3 was asked for. Record the task again.");
  }

  @Test
  void new_sameNameTwice_isRefused() {
    assertThatThrownBy(
            () -> new ReplayProvider(List.of(recording("a", "", "x"), recording("a", "", "y"))))
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessage("Recordings a and a have the name in common; it must be of one only.");
  }

  @Test
  void new_sameSystemPromptTwice_isRefused() {
    String digest = Recording.digest("x");

    assertThatThrownBy(() ->
            new ReplayProvider(List.of(recording("a", digest, "x"), recording("b", digest, "y"))))
        .hasMessage("Recordings a and b have the systemSha256 in common; it must be of one only.");
  }

  private String text(ModelRequest request) {
    return provider.complete(request).message().text();
  }

  private static Message.Assistant said(String text) {
    return new Message.Assistant(text, List.of());
  }

  private static Recording recording(String name, String digest, String... texts) {
    return new Recording(
        name,
        digest,
        List.of(texts).stream()
            .map(text ->
                new Completion(
                    said(text), StopReason.END, Tokens.NONE, ReplayProvider.ID, name, ""))
            .toList());
  }

  private static ModelRequest request(String model, String system, Message... messages) {
    return new ModelRequest(
        new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "turn-1/model"),
        model,
        system,
        List.of(messages),
        List.of(),
        100,
        null);
  }
}
