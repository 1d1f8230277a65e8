package io.agentos.runtime.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.redaction.Counts;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.redaction.SensitiveKind;
import io.agentos.runtime.redaction.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrivacyTest {
  private static final AgentId AGENT = AgentId.parse("nest.keeper");
  private static final String EMAIL = "ada.feather@nest.example";
  private static final String CARD = "5555 5555 5555 4444";

  @Test
  void request_isConcealedInEachPart() {
    Concealed concealed = Privacy.ofDefaults().conceal(AGENT, request(TaskId.next()));

    assertThat(concealed.request().toString())
        .doesNotContain(EMAIL, CARD, "hunter2!")
        .contains("[redacted: a card number]", "[redacted: a password]", "<EMAIL_");
    assertThat(concealed.counts().byName()).hasToString("{password=1, card=1, email=4}");
  }

  @Test
  void token_isTheSameInATask_andAnotherInAnother() {
    Privacy privacy = Privacy.ofDefaults();
    TaskId task = TaskId.next();
    ModelRequest request = request(task);

    assertThat(privacy.conceal(AGENT, request).request())
        .isEqualTo(privacy.conceal(AGENT, request).request());
    assertThat(token(privacy.conceal(AGENT, request)))
        .isNotEqualTo(token(privacy.conceal(AGENT, request(TaskId.next()))));
  }

  @Test
  void answer_hasTheValuesAgain_andInventedTokensStay() {
    Concealed concealed = Privacy.ofDefaults().conceal(AGENT, request(TaskId.next()));
    String token = token(concealed);
    String invented = "<EMAIL_0000000000000000>";
    ToolCall call = new ToolCall("c", "mail.send", Map.of("to", List.of(token, invented)));
    Completion completion =
        completion(List.of(new Part.Text("to " + token + invented), new Part.Call(call)));

    Completion revealed = concealed.reveal(completion);

    assertThat(revealed.message().text()).isEqualTo("to " + EMAIL + invented);
    assertThat(revealed.message().toolCalls().getFirst().arguments())
        .isEqualTo(Map.of("to", List.of(EMAIL, invented)));
  }

  @Test
  void streamedAnswer_cutAnywhere_hasTheValues() {
    Concealed concealed = Privacy.ofDefaults().conceal(AGENT, request(TaskId.next()));
    String text = "dear <" + token(concealed) + ", 1 < 2 <EMA";
    for (int cut = 1; cut < text.length(); cut++) {
      List<String> told = new ArrayList<>();
      Concealed.Revealing revealing =
          concealed.revealing(event -> {
            if (event instanceof ModelEvent.Text(String more)) {
              told.add(more);
            }
          });
      revealing.on(new ModelEvent.Text(text.substring(0, cut)));
      revealing.on(new ModelEvent.Text(text.substring(cut)));
      revealing.end();
      assertThat(String.join("", told)).isEqualTo("dear <" + EMAIL + ", 1 < 2 <EMA");
    }
  }

  @Test
  void rules_areOfTheirTenantAndAgent_andHoldAtOnceOnEachNode() {
    try (TestStore store = new TestStore()) {
      Privacy privacy = new Privacy(store.database(), store.vault(), _ -> KnownValues.NONE);
      PrivacyRules rules =
          new PrivacyRules(
              Map.of(SensitiveKind.EMAIL, Transform.LEAVE),
              Map.of("nest.guard", Map.of(SensitiveKind.EMAIL, Transform.BLOCK)),
              Map.of("egg", "EGG-[0-9]+"),
              List.of("blue heron"));
      Privacy other = new Privacy(store.database(), store.vault(), _ -> KnownValues.NONE);
      assertThat(other.current(TestStore.ACME).version()).isEqualTo(1);
      store.database().inTenantDo(TestStore.ACME, tx -> privacy.set(tx, TestStore.ACME, rules, 1));
      assertThat(other.current(TestStore.ACME).version()).isEqualTo(2);
      Counts counts = new Counts();

      assertThat(other.sample(TestStore.ACME, AGENT, EMAIL + " EGG-12 Blue-Heron", counts))
          .isEqualTo(EMAIL + " [redacted: a pattern] [redacted: a listed word]");
      assertThat(other.sample(TestStore.OTHER, AGENT, EMAIL, counts)).startsWith("<EMAIL_");
      assertThatThrownBy(
              () -> other.sample(TestStore.ACME, AgentId.parse("nest.guard"), EMAIL, counts))
          .hasMessage(
              "The text holds an e-mail address, which the privacy rules block; take it out, or"
                  + " ask for another rule for 'email'.");
      assertThat(PrivacyRules.read(Map.copyOf(rules.toJson())).toJson()).isEqualTo(rules.toJson());
    }
  }

  @Test
  void failure_refusesTheCall() {
    try (TestStore store = new TestStore()) {
      Privacy privacy =
          new Privacy(
              store.database(),
              store.vault(),
              _ -> {
                throw new IllegalStateException("no secrets today");
              });
      assertThatThrownBy(() -> privacy.conceal(AGENT, request(TaskId.next())))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.REDACTION_FAILED))
          .hasMessage(
              "The privacy rules could not be applied to turn-1/model (IllegalStateException), so"
                  + " nothing was sent.");
    }
  }

  @Test
  void rules_thatAreWrong_areRefused() {
    assertThatThrownBy(() -> PrivacyRules.read(Map.of("kinds", Map.of("owl", "mask"))))
        .hasMessageStartingWith("'owl' at kinds is none of secret, private_key, key,");
    assertThatThrownBy(() -> PrivacyRules.read(Map.of("kinds", Map.of("card", "eat"))))
        .hasMessage("'eat' at kinds.card is none of leave, mask, hash, token, remove, block.");
    assertThatThrownBy(() -> PrivacyRules.read(Map.of("rules", Map.of())))
        .hasMessage("There is no field 'rules'; there are kinds, agents, patterns and words.");
    assertThatThrownBy(() -> PrivacyRules.read(Map.of("patterns", Map.of("x", "a*"))))
        .hasMessage("pattern 'x' matches the empty text; it must ask for at least one character.");
  }

  private static String token(Concealed concealed) {
    String text = ((Message.User) concealed.request().messages().getFirst()).text();
    return text.substring(text.indexOf('<'), text.indexOf('>') + 1);
  }

  private static ModelRequest request(TaskId task) {
    ToolCall call = new ToolCall("c", "mail.send", Map.of("to", EMAIL));
    ToolSpec tool =
        new ToolSpec(
            "mail.send",
            "Writes to people such as " + EMAIL,
            Map.of("type", "object", "properties", Map.of("to", Map.of("default", EMAIL))),
            ToolSpec.Effect.ONCE,
            Zone.RED,
            Duration.ofSeconds(1));
    return new ModelRequest(
        new StepKey(TestStore.ACME, task, 1, "turn-1/model"),
        "m",
        "You keep the nest. password: hunter2!",
        List.of(
            new Message.User("write to " + EMAIL),
            new Message.Assistant("", List.of(call)),
            new Message.ToolAnswer("c", "mail.send", "paid by " + CARD, false)),
        List.of(tool),
        100,
        ModelOptions.NONE);
  }

  private static Completion completion(List<Part> parts) {
    return new Completion(
        new Message.Assistant(parts, "p"), Completion.StopReason.END, null, "p", "m", "");
  }
}
