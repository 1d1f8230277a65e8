package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelEvent;
import io.agentos.api.StepKey;
import io.agentos.api.ToolCall;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.secrets.KnownSecrets;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a provider is sent over HTTP, and what comes back of it. */
final class ConcealedCallTest {
  private static final String EMAIL = "ada.feather@nest.example";
  private static final String CANARY = "Vq7-owl.Tz4/Hoo9xKm2";
  private static final String ROTATED = "mJ3+heron_Wk8.Ruf5pLd";
  private static final String CARD = "5555555555554444";

  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void valuesAndCanaries_inEachEncoding_reachNoProvider() {
    try (Upstream upstream =
        Upstream.start("first", FakeStory.always(FakeStep.says("done")), Upstream.PATIENCE)) {
      StringBuilder planted = new StringBuilder("ask " + EMAIL + " about");
      encodings(CANARY).forEach(each -> planted.append(" and ").append(each));
      encodings(CARD).forEach(each -> planted.append(" and ").append(each));
      MemoryDurable durable = new MemoryDurable(task(planted.toString()), new FakeClock());

      router(upstream).complete(durable, "m", task(planted.toString()));

      String sent = upstream.server().calls().getFirst().body();
      assertThat(sent).contains("<EMAIL_", "[redacted: a secret]", "[redacted: a card number]");
      for (String each : encodings(CANARY)) {
        assertThat(sent).doesNotContain(each);
      }
      for (String each : encodings(CARD)) {
        assertThat(sent).doesNotContain(each);
      }
      assertThat(sent).doesNotContain(EMAIL, "nest.example");
      assertThat(durable.audits().stream().filter(e -> e.type().equals("pii.redacted")))
          .singleElement()
          .satisfies(entry ->
              assertThat(entry.facts())
                  .containsEntry("email", "3")
                  .containsKeys("secret", "card", "provider", "step"));
      assertThat(durable.events().toString()).doesNotContain(EMAIL, CANARY, CARD);
    }
  }

  @Test
  void storedSecrets_currentAndPrevious_inEachEncoding_reachNoProvider() {
    Secrets secrets = new Secrets(store.database(), store.vault(), new Audit(new FakeClock()));
    Privacy privacy =
        new Privacy(
            store.database(), store.vault(), new KnownSecrets(store.database(), store.vault())::of);
    StringBuilder planted = new StringBuilder("look");
    encodings(CANARY).forEach(each -> planted.append(" and ").append(each));
    encodings(ROTATED).forEach(each -> planted.append(" and ").append(each));
    try (Upstream upstream =
        Upstream.start("first", FakeStory.always(FakeStep.says("done")), Upstream.PATIENCE)) {
      ModelRouter router = router(upstream, privacy);
      ModelTask task = task(planted.toString());
      router.complete(new MemoryDurable(task, new FakeClock()), "m", task);
      assertThat(upstream.server().calls().getFirst().body()).contains(CANARY, ROTATED);

      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx -> {
                Secrets.About about =
                    new Secrets.About("", new SecretAllowance(List.of(), List.of()), true);
                secrets.create(tx, TestStore.ACME, "nest", CANARY, about, "test");
                secrets.rotate(tx, TestStore.ACME, "nest", ROTATED, Duration.ofHours(1), "test");
              });
      router.complete(new MemoryDurable(task, new FakeClock()), "m", task);

      String sent = upstream.server().calls().getLast().body();
      assertThat(upstream.server().calls()).hasSize(2);
      assertThat(sent).contains("[redacted: a secret]");
      encodings(CANARY).forEach(each -> assertThat(sent).doesNotContain(each));
      encodings(ROTATED).forEach(each -> assertThat(sent).doesNotContain(each));
    }
  }

  @Test
  void token_thatTheModelUses_isTheValueForTools_alsoInAStream() {
    FakeStory echo =
        call -> {
          String token = token(call.body());
          return FakeStep.says("wrote to " + token);
        };
    try (Upstream upstream = Upstream.start("first", echo, Upstream.PATIENCE)) {
      ModelTask task = task("write to " + EMAIL);
      List<String> told = new ArrayList<>();
      Completion completion =
          router(upstream)
              .answer(
                  new StepKey(TestStore.ACME, task.request().task(), 1, "turn-1/model"),
                  streamed(task),
                  event -> {
                    if (event instanceof ModelEvent.Text(String more)) {
                      told.add(more);
                    }
                  });

      assertThat(completion.message().text()).isEqualTo("wrote to " + EMAIL);
      assertThat(String.join("", told)).isEqualTo("wrote to " + EMAIL);
      assertThat(upstream.server().calls().getFirst().body()).doesNotContain(EMAIL);
    }
  }

  @Test
  void redactorThatFails_letsNothingOut() {
    try (Upstream upstream =
        Upstream.start("first", FakeStory.always(FakeStep.says("done")), Upstream.PATIENCE)) {
      Privacy broken =
          new Privacy(
              store.database(),
              store.vault(),
              _ -> {
                throw new IllegalStateException("broken");
              });
      ModelTask task = task("hello");

      assertThatThrownBy(() ->
              router(upstream, broken)
                  .complete(new MemoryDurable(task, new FakeClock()), "m", task))
          .isInstanceOfSatisfying(
              AgentOsException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.REDACTION_FAILED));
      assertThat(upstream.server().calls()).isEmpty();
      assertThat(upstream.server().connections()).isZero();
    }
  }

  private static ModelRouter router(Upstream upstream) {
    return router(
        upstream,
        new Privacy(store.database(), store.vault(), _ -> KnownValues.secrets(List.of(CANARY))));
  }

  private static ModelRouter router(Upstream upstream, Privacy privacy) {
    return new ModelRouter(
        List.of(Models.configured(upstream.provider(), "m")),
        Map.of(),
        List.of(),
        Models.catalogue("first/m"),
        Models.policy(),
        store.database(),
        store.keys(),
        null,
        privacy,
        new FakeClock());
  }

  /** With the text in the input, in a call and in what a tool answered. */
  private static ModelTask task(String text) {
    ModelTask task = Models.task(Routing.PINNED, "first");
    ToolCall call = new ToolCall("c1", "memory.read", Map.of("about", text));
    return new ModelTask(
        task.request(),
        task.agent(),
        task.llm(),
        List.of(
            new Message.User(text),
            new Message.Assistant("", List.of(call)),
            new Message.ToolAnswer("c1", "memory.read", "it says " + text, false)),
        task.tools(),
        256);
  }

  private static ModelTask streamed(ModelTask task) {
    return new ModelTask(
        task.request(),
        task.agent(),
        task.llm(),
        task.messages(),
        task.tools(),
        ModelCaller.STREAM_ABOVE_TOKENS + 1);
  }

  private static String token(String body) {
    int begin = body.indexOf("<EMAIL_");
    return body.substring(begin, body.indexOf('>', begin) + 1);
  }

  private static List<String> encodings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    StringBuilder wide = new StringBuilder();
    value.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
    return List.of(
        value,
        base64,
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        each(value, "%%%02X"),
        each(value, "&#%d;"),
        each(value, "\\u%04x"),
        each(value, "%%%02X").replace("%", "%25"),
        Base64.getEncoder().encodeToString(base64.getBytes(StandardCharsets.UTF_8)),
        String.join("\u200b", value.split("")),
        wide.toString(),
        String.join(" ", value.split("(?<=\\G.{4})")));
  }

  private static String each(String value, String format) {
    StringBuilder encoded = new StringBuilder();
    value.chars().forEach(c -> encoded.append(format.formatted(c)));
    return encoded.toString();
  }
}
