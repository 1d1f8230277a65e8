package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStep.Fault;
import io.agentos.testkit.FakeStory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a provider can fail, and what becomes of the task: its outcome, how often who
 * was asked, what was booked, and whether the provider is left alone after five such calls.
 */
final class FaultTableTest {
  /** More than one answer may take in, kernel buffers included. */
  private static final long FLOOD_BYTES_MAX = 64L * 1024 * 1024;

  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.agentos.runtime.models.FaultCases#statuses",
    "io.agentos.runtime.models.FaultCases#plainAnswers",
    "io.agentos.runtime.models.FaultCases#streamedAnswers"
  })
  void fault_endsAsTheTableSays(FaultCases.Case fault) throws InterruptedException {
    FakeClock clock = new FakeClock();
    try (Upstream first = Upstream.start("first", FakeStory.always(fault.step()), patience(fault));
        Upstream spare =
            Upstream.start("spare", FakeStory.always(FakeStep.says("spare")), Upstream.PATIENCE)) {
      ModelRouter router =
          new ModelRouter(
              List.of(
                  Models.configured(first.provider(), "m"),
                  Models.configured(spare.provider(), "m")),
              Map.of(),
              List.of(),
              Models.catalogue("first/m", "spare/m"),
              Models.policy(),
              store.database(),
              store.keys(),
              null,
              Privacy.ofDefaults(),
              clock);

      check(fault, router, first.server(), spare.server(), clock);
      for (int i = 1; i < Circuit.FAILURES_IN_A_ROW; i++) {
        ask(router, task(fault), new MemoryDurable(task(fault), clock));
      }
      assertThat(router.health("first", "m").circuit())
          .isEqualTo(fault.circuit().name().toLowerCase(java.util.Locale.ROOT));
      assertThat(first.server().bytesSent())
          .isLessThan(FLOOD_BYTES_MAX * Circuit.FAILURES_IN_A_ROW);
    }
  }

  /** Scarce only where nothing comes: a busy machine must not look like a hanging one. */
  private static Duration patience(FaultCases.Case fault) {
    boolean silent =
        fault.step() instanceof FakeStep.Hang
            || fault.step() instanceof FakeStep.Stall
            || (fault.step() instanceof FakeStep.Streamed streamed
                && streamed.fault() == Fault.STALL);
    return silent ? Upstream.PATIENCE_SHORT : Upstream.PATIENCE;
  }

  private static void check(
      FaultCases.Case fault,
      ModelRouter router,
      FakeModelServer first,
      FakeModelServer spare,
      FakeClock clock) {
    ModelTask task = task(fault);
    MemoryDurable durable = new MemoryDurable(task, clock);

    Optional<Completion> completion = ask(router, task, durable);

    assertThat(first.calls()).hasSize(1);
    assertThat(spare.calls()).hasSize(fault.fallsBack() ? 1 : 0);
    completion.ifPresent(answer -> {
      assertThat(answer.message().toolCalls()).isEmpty();
      assertThat(answer.message().text()).isEqualTo(fault.fallsBack() ? "spare" : "slow but well");
    });
    assertThat(completion.isPresent()).isEqualTo(fault.code() == null || fault.fallsBack());
    assertThat(durable.story().getFirst())
        .isEqualTo("m first " + (fault.code() == null ? "answered" : fault.code().name()));
    assertThat(booked(durable)).isEqualTo(fault.booked());
    assertThat(durable.booked()).hasSize(fault.fallsBack() ? 2 : 1);
    if (fault.fallsBack()) {
      assertThat(durable.events().getFirst()).contains("model.fallback", "code=" + fault.code());
    }
  }

  /** How the first attempt was booked. */
  private static FaultCases.Booked booked(MemoryDurable durable) {
    List<Object> row = durable.booked().getFirst().parameters();
    boolean estimated = row.contains(true);
    if (row.contains("answered")) {
      return estimated ? FaultCases.Booked.ESTIMATED : FaultCases.Booked.COUNTED;
    }
    return row.contains("unsettled") ? FaultCases.Booked.UNSETTLED : FaultCases.Booked.FREE;
  }

  private static Optional<Completion> ask(
      ModelRouter router, ModelTask task, MemoryDurable durable) {
    try {
      return Optional.of(router.complete(durable, "m", task));
    } catch (AgentOsException e) {
      return Optional.empty();
    }
  }

  private static ModelTask task(FaultCases.Case fault) {
    ModelTask task = Models.task(Routing.PINNED, "first", "spare");
    return new ModelTask(
        task.request(),
        task.agent(),
        task.llm(),
        task.messages(),
        task.tools(),
        fault.streamed() ? ModelCaller.STREAM_ABOVE_TOKENS + 1 : 256);
  }
}
