package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ResponseCacheTest {
  private static final Generation CACHED = new Generation(null, null, false, Duration.ofHours(1));

  private static TestStore store;

  private final FakeClock clock = new FakeClock();
  private final ScriptedProvider provider =
      new ScriptedProvider(
          "one",
          request ->
              ScriptedProvider.completion("one", request, ScriptedProvider.says("in stock")));

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void complete_sameQuestion_isAskedOnce_andCostsNothingAgain() {
    assertThat(ask(CACHED, "same").usage().costUsdMicros()).isEqualTo(20);

    MemoryDurable second = ask(CACHED, "same");

    assertThat(provider.calls()).hasSize(1);
    assertThat(second.usage()).isEqualTo(Usage.NONE);
    assertThat(second.events())
        .containsExactly("model.called {provider=one, model=same, step=m, cached=true}");
    assertThat(second.booked()).hasSize(1);
  }

  @Test
  void complete_notOptedIn_isAskedEachTime() {
    Generation plain = new Generation(null, null, false, null);
    ask(plain, "plain");
    ask(plain, "plain");

    assertThat(provider.calls()).hasSize(2);
  }

  @Test
  void complete_anythingElse_isAnotherQuestion() {
    ask(CACHED, "first");
    ask(CACHED, "second");
    ask(new Generation(null, 0.5, false, Duration.ofHours(1)), "first");

    assertThat(provider.calls()).hasSize(3);
  }

  @Test
  void find_otherTenant_seesNothing() {
    ask(CACHED, "private");
    ModelTask task = Models.task(CACHED, Routing.PINNED, List.of(), "one/private");
    Candidate candidate =
        new Candidates(
                List.of(Models.configured(provider, "private")), Models.catalogue("one/private"))
            .named("one/private")
            .orElseThrow();
    ResponseCache cache = new ResponseCache(store.database(), store.keys());
    var request =
        task.call(
            new io.agentos.api.StepKey(TestStore.ACME, task.request().task(), 1, "m"),
            "private",
            256);
    ResponseCache.Key own = ResponseCache.Key.of(candidate, request);

    assertThat(cache.find(own).answer()).isPresent();
    store.database().inTenantDo(TestStore.OTHER, tx -> store.keys().toExtend(tx, TestStore.OTHER));
    assertThat(cache.find(new ResponseCache.Key(TestStore.OTHER, own.digest())).answer()).isEmpty();
  }

  @Test
  void complete_expired_isAskedAgain() {
    ask(CACHED, "aged");
    store
        .database()
        .inEngine(tx ->
            tx.update("update model_cache set expires_at = now() where tenant_id = ?", "acme"));

    ask(CACHED, "aged");

    assertThat(provider.calls()).hasSize(2);
  }

  /** Asks in a task of its own, and commits what the step wrote. */
  private MemoryDurable ask(Generation generation, String model) {
    ModelTask task = Models.task(generation, Routing.PINNED, List.of(), "one/" + model);
    StateStore stateStore = new StateStore(store.database(), store.keys());
    TaskId id = task.request().task();
    TaskKey key =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> {
                  stateStore.create(tx, task.request(), "test/1");
                  return store.keys().in(tx, TestStore.ACME).ofTask(tx, id);
                });
    MemoryDurable durable = new MemoryDurable(task, clock).sealing(key);
    new ModelRouter(
            List.of(Models.configured(provider, model)),
            Map.of(),
            List.of(),
            Models.catalogue("one/" + model),
            Models.policy(),
            store.database(),
            store.keys(),
            null,
            Privacy.ofDefaults(),
            clock)
        .complete(durable, "m", task);
    store
        .database()
        .inEngine(tx -> {
          durable.written().forEach(write -> tx.updateEach(write.sql(), List.of(write)));
          return null;
        });
    return durable;
  }
}
