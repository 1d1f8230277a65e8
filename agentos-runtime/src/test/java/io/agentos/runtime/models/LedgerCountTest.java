package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Write;
import io.agentos.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The ledger against the providers' own count, to the token, over many calls, plain and streamed,
 * of which a fifth go wrong. {@code -Dagentos.ledger.calls=10000} makes more of them.
 */
final class LedgerCountTest {
  private static final int CALLS = Integer.getInteger("agentos.ledger.calls", 3_000);
  private static final int AT_ONCE = 16;
  private static final long SEED = 20_261_122;

  /** So that what rests after a failure recovers. */
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final CountingStory oneSays = new CountingStory(SEED);
  private final CountingStory twoSays = new CountingStory(SEED + 1);
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger gaveUp = new AtomicInteger();

  @Test
  void ledger_equalsTheProvidersOwnCount() throws InterruptedException {
    try (TestStore store = new TestStore();
        Upstream one = Upstream.start("one", oneSays, Upstream.PATIENCE);
        Upstream two = Upstream.start("two", twoSays, Upstream.PATIENCE)) {
      ModelTask task = Models.task(Routing.PINNED, "one", "two");
      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx ->
                  new StateStore(store.database(), store.keys())
                      .create(tx, task.request(), "test/1"));
      ModelRouter router =
          new ModelRouter(
              List.of(
                  Models.configured(one.provider(), "m"), Models.configured(two.provider(), "m")),
              Map.of(),
              List.of(),
              Models.catalogue("one/m", "two/m"),
              Models.policy(),
              store.database(),
              store.keys(),
              null,
              Privacy.ofDefaults(),
              clock);

      List<Thread> callers =
          Stream.generate(() -> Thread.startVirtualThread(() -> call(store, router, task)))
              .limit(AT_ONCE)
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }

      TaskId id = task.request().task();
      assertThat(told(store, id, "one")).isEqualTo(oneSays.told());
      assertThat(told(store, id, "two")).isEqualTo(twoSays.told());
      assertThat(count(store, id, "outcome = 'unsettled'"))
          .isEqualTo(oneSays.lost() + twoSays.lost());
      assertThat(count(store, id, "outcome = 'answered' and estimated"))
          .isEqualTo(oneSays.uncounted() + twoSays.uncounted());
      assertThat(count(store, id, "outcome = 'failed' and cost_usd_picos > 0")).isZero();
      assertThat(count(store, id, "outcome = 'answered'")).isEqualTo(CALLS - gaveUp.get());
      assertThat(gaveUp.get()).isLessThan(CALLS / 50);
    }
  }

  private void call(TestStore store, ModelRouter router, ModelTask plain) {
    ModelTask streamed =
        new ModelTask(
            plain.request(),
            plain.agent(),
            plain.llm(),
            plain.messages(),
            plain.tools(),
            ModelCaller.STREAM_ABOVE_TOKENS + 1);
    List<Write> booked = new ArrayList<>();
    for (int number = next.getAndIncrement(); number < CALLS; number = next.getAndIncrement()) {
      ModelTask task = number % 2 == 0 ? plain : streamed;
      MemoryDurable durable = new MemoryDurable(task, clock);
      clock.advance(BETWEEN_CALLS);
      try {
        router.complete(durable, "call-" + number, task);
      } catch (AgentOsException e) {
        gaveUp.incrementAndGet();
      }
      booked.addAll(durable.booked());
    }
    store
        .database()
        .inEngine(tx -> {
          tx.updateEach(booked.getFirst().sql(), booked);
          return booked.size();
        });
  }

  private static String told(TestStore store, TaskId task, String provider) {
    return store
        .database()
        .inEngine(tx ->
            tx.queryOne(
                    """
                    select count(*) as calls, sum(input_tokens)::bigint as input,
                           sum(cache_read_tokens)::bigint as read, sum(cache_write_tokens)::bigint as written,
                           sum(output_tokens)::bigint as output, sum(reasoning_tokens)::bigint as reasoned
                    from model_call
                    where task_id = ? and provider = ? and outcome = 'answered' and not estimated
                    """,
                    row ->
                        CountingStory.told(
                            row.longNumber("calls"),
                            row.longNumber("input"),
                            row.longNumber("read"),
                            row.longNumber("written"),
                            row.longNumber("output"),
                            row.longNumber("reasoned")),
                    task.value(),
                    provider)
                .orElseThrow());
  }

  private static long count(TestStore store, TaskId task, String where) {
    return store
        .database()
        .inEngine(tx ->
            tx.queryOne(
                    "select count(*) as found from model_call where task_id = ? and " + where,
                    row -> row.longNumber("found"),
                    task.value())
                .orElseThrow());
  }
}
