package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.RateLimit;
import io.agentos.api.Tokens;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.spi.ModelListener;
import io.agentos.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ModelRouterTest {
  private static TestStore store;
  private final FakeClock clock = new FakeClock();
  private final FailingProvider one = new FailingProvider("one");
  private final FailingProvider two = new FailingProvider("two");
  private final ModelTask task = Models.task(Routing.PINNED, "one", "two");
  private final MemoryDurable durable = new MemoryDurable(task, clock);

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void complete_firstAnswers_isNotAskedElsewhere() {
    Completion completion = router().complete(durable, "turn-1/model", task);

    assertThat(completion.message().text()).isEqualTo("one says so");
    assertThat(durable.story()).containsExactly("turn-1/model one answered");
    assertThat(durable.usage()).isEqualTo(new Usage(10, 5, 0, 0, 20, 1, 0));
    assertThat(durable.booked()).hasSize(1);
    assertThat(durable.events())
        .containsExactly(
            "model.called {provider=one, model=m, step=turn-1/model, stop_reason=END,"
                + " input_tokens=10, output_tokens=5, cost_usd_micros=20}");
    assertThat(durable.audits()).extracting("type").containsExactly("model.called");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "PROVIDER_LIMITED",
        "PROVIDER_UNAVAILABLE",
        "PROVIDER_ANSWER",
        "PROVIDER_KEY",
        "PROVIDER_CREDIT"
      })
  void complete_oneFails_theNextAnswers_andTheRecordSaysWhy(ErrorCode code) {
    one.fails(code);

    assertThat(router().complete(durable, "turn-1/model", task).provider()).isEqualTo("two");
    assertThat(durable.story())
        .containsExactly("turn-1/model one " + code, "turn-1/model-2 two answered");
    assertThat(durable.events().getFirst())
        .isEqualTo("model.fallback {provider=one, model=m, step=turn-1/model, code=" + code + "}");
    assertThat(durable.audits())
        .extracting("type")
        .containsExactly("model.fallback", "model.called");
    assertThat(durable.booked()).hasSize(2);
  }

  @Test
  void complete_refusedAsWrong_isNotTriedAgainAnywhere() {
    one.fails(ErrorCode.PROVIDER_REFUSED);

    assertThatThrownBy(() -> router().complete(durable, "turn-1/model", task))
        .hasMessage("one: PROVIDER_REFUSED");
    assertThat(durable.story()).containsExactly("turn-1/model one PROVIDER_REFUSED");
  }

  @Test
  void complete_allFailInPassing_goesRoundAgain() {
    one.fails(ErrorCode.PROVIDER_UNAVAILABLE);
    two.fails(ErrorCode.PROVIDER_UNAVAILABLE);
    one.fails(ErrorCode.PROVIDER_UNAVAILABLE);

    assertThat(router().complete(durable, "m", task).provider()).isEqualTo("two");
    assertThat(durable.story())
        .containsExactly(
            "m one PROVIDER_UNAVAILABLE",
            "m-2 two PROVIDER_UNAVAILABLE",
            "m/pause-1 timer PT1S",
            "m-3 one PROVIDER_UNAVAILABLE",
            "m-4 two answered");
  }

  @Test
  void complete_waitsAsLongAsTheFirstToRecoverAsks() {
    one.failsFor(Duration.ofSeconds(30));
    two.failsFor(Duration.ofSeconds(12));

    router().complete(durable, "m", task);

    assertThat(durable.story())
        .containsExactly(
            "m one PROVIDER_LIMITED",
            "m-2 two PROVIDER_LIMITED",
            "m/pause-1 timer PT12S",
            "m-3 one PROVIDER_UNAVAILABLE",
            "m-4 two answered");
  }

  @Test
  void complete_aBadKey_isNotAskedInLaterRounds() {
    one.fails(ErrorCode.PROVIDER_KEY);
    two.fails(ErrorCode.PROVIDER_UNAVAILABLE);

    router().complete(durable, "m", task);

    assertThat(durable.story())
        .containsExactly(
            "m one PROVIDER_KEY",
            "m-2 two PROVIDER_UNAVAILABLE",
            "m/pause-1 timer PT1S",
            "m-3 two answered");
  }

  @Test
  void complete_neverRecovers_endsAfterSomeRounds() {
    for (int i = 0; i < ModelRouter.ROUNDS_MAX; i++) {
      one.fails(ErrorCode.PROVIDER_UNAVAILABLE);
      two.fails(ErrorCode.PROVIDER_UNAVAILABLE);
    }

    assertThatThrownBy(() -> router().complete(durable, "m", task))
        .hasMessage("two: PROVIDER_UNAVAILABLE");
    assertThat(durable.story()).hasSize(2 * ModelRouter.ROUNDS_MAX + ModelRouter.ROUNDS_MAX - 1);
  }

  @Test
  void complete_cutAfterItWasSent_isBookedAsUnsettled() {
    one.cuts(Tokens.of(100, 0), "half an answer of a few words");

    router().complete(durable, "m", task);

    // 100 tokens in at 1, 8 out at 2 micro-USD; then 10 in and 5 out of the other provider.
    assertThat(durable.usage()).isEqualTo(new Usage(110, 13, 0, 0, 136, 2, 0));
    assertThat(durable.events().getFirst())
        .contains("input_tokens=100", "output_tokens=8", "cost_usd_micros=116", "estimated=true");
  }

  @Test
  void complete_withoutACount_isEstimated() {
    one.answersWithoutCount("x".repeat(400));

    router().complete(durable, "m", task);

    assertThat(durable.usage().outputTokens()).isBetween(100L, 110L);
    assertThat(durable.events().getFirst()).contains("estimated=true");
  }

  @Test
  void complete_attemptsLostWithTheirProcess_areBooked() {
    durable.lose(1, 2);

    router().complete(durable, "m", task);

    assertThat(durable.booked()).hasSize(3);
    assertThat(durable.usage().modelCalls()).isEqualTo(3);
  }

  @Test
  void complete_failsTooOften_isLeftAloneForAWhile() {
    ModelRouter router = router();
    for (int i = 0; i < Circuit.FAILURES_IN_A_ROW; i++) {
      one.fails(ErrorCode.PROVIDER_UNAVAILABLE);
      router.complete(durable, "m", task);
    }
    int asked = one.calls();

    router.complete(durable, "m", task);
    assertThat(one.calls()).isEqualTo(asked);
    assertThat(router.health("one", "m").circuit()).isEqualTo("open");

    clock.advance(Circuit.OPEN_FIRST);
    assertThat(router.complete(durable, "m", task).provider()).isEqualTo("one");
    assertThat(router.health("one", "m").circuit()).isEqualTo("closed");
  }

  @Test
  void complete_learnsLimits_andKeepsWithinThem() {
    one.tells(new RateLimit(RateLimit.Kind.REQUESTS, 100, 0, Duration.ofSeconds(9)));
    ModelRouter router = router();

    assertThat(router.complete(durable, "m", task).provider()).isEqualTo("one");
    assertThat(router.complete(durable, "n", task).provider()).isEqualTo("two");
    assertThat(one.calls()).isEqualTo(1);
    assertThat(durable.story()).contains("n one PROVIDER_LIMITED");
  }

  @Test
  void complete_noProvider_saysHowToGetOne() {
    ModelTask other = Models.task(Routing.PINNED, "three");

    assertThatThrownBy(() -> router().complete(durable, "m", other))
        .hasMessage(
            "Agent shop.keeper needs a model and no provider of [three] is configured: set THREE_KEY."
                + " Agents that need no model: shop.count.");
  }

  @Test
  void complete_noneMayBeAsked_saysWhyForEach() {
    ModelRouter router = router(Models.catalogue("one/m"), "one/*");

    assertThatThrownBy(() -> router.complete(durable, "m", task))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_MODEL))
        .hasMessage(
            "Agent shop.keeper needs a model and none of its candidates can be asked:"
                + " one/m (forbidden by rule models/no: Not here.);"
                + " two/m (the catalogue does not know it: give it a price in a Model document or as"
                + " TWO_PRICE).");
  }

  @ParameterizedTest
  @CsvSource({"20000, true", "256, false"})
  void complete_longAnswers_areStreamed(int outputTokens, boolean streamed) {
    ModelTask wanted =
        new ModelTask(
            task.request(), task.agent(), task.llm(), task.messages(), List.of(), outputTokens);

    router().complete(durable, "m", wanted);

    assertThat(one.streamed()).isEqualTo(streamed);
  }

  @Test
  void answer_fallsBackWithoutAJournal() {
    one.fails(ErrorCode.PROVIDER_UNAVAILABLE);

    Completion completion =
        router()
            .answer(
                new io.agentos.api.StepKey(
                    task.request().tenant(), task.request().task(), 1, "direct"),
                task,
                ModelListener.NONE);

    assertThat(completion.provider()).isEqualTo("two");
    assertThat(durable.story()).isEmpty();
  }

  private ModelRouter router() {
    return router(Models.catalogue("one/m", "two/m"));
  }

  private ModelRouter router(Catalogue catalogue, String... forbidden) {
    return new ModelRouter(
        List.of(Models.configured(one, "m"), Models.configured(two, "m")),
        Map.of("three", "set THREE_KEY"),
        List.of(AgentId.parse("shop.count")),
        catalogue,
        Models.policy(forbidden),
        store.database(),
        store.keys(),
        null,
        Privacy.ofDefaults(),
        clock);
  }
}
