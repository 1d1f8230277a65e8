package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.RateLimit.Kind;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresWindowsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
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
  void take_twoNodesAtOnce_neverMoreThanTheLimit() throws InterruptedException {
    AtomicLong taken = new AtomicLong();
    try (Database other = new Database(store.settings())) {
      List<Windows> nodes =
          List.of(new PostgresWindows(store.database()), new PostgresWindows(other));
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Windows node = nodes.get(i % 2);
        callers.add(
            Thread.startVirtualThread(() -> {
              for (int n = 0; n < 10; n++) {
                if (node.take("p", "shared", Kind.TOKENS, 1_000, 7).taken()) {
                  taken.addAndGet(7);
                }
              }
            }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }

    assertThat(taken.get()).isEqualTo(994);
  }

  @Test
  void take_nothingLeft_saysHowLongUntilTheMinuteIsOver() {
    Windows windows = new PostgresWindows(store.database());
    assertThat(windows.take("p", "full", Kind.REQUESTS, 10, 10).taken()).isTrue();

    Windows.Taken refused = windows.take("p", "full", Kind.REQUESTS, 10, 1);

    assertThat(refused.taken()).isFalse();
    assertThat(refused.left()).isPositive().isLessThanOrEqualTo(MINUTE);
  }

  @Test
  void take_minuteOver_beginsANewOne() {
    Windows windows = new PostgresWindows(store.database());
    windows.take("p", "old", Kind.REQUESTS, 10, 10);
    store
        .database()
        .inEngine(tx ->
            tx.update(
                "update provider_window set window_start = window_start - interval '60 s' where model = ?",
                "old"));

    Windows.Taken taken = windows.take("p", "old", Kind.REQUESTS, 10, 4);

    assertThat(taken.taken()).isTrue();
    assertThat(windows.take("p", "old", Kind.REQUESTS, 10, 7).taken()).isFalse();
    assertThat(windows.take("p", "old", Kind.REQUESTS, 10, 6).taken()).isTrue();
  }

  @Test
  void take_eachKindAndModelByItself() {
    Windows windows = new PostgresWindows(store.database());

    assertThat(windows.take("p", "x", Kind.REQUESTS, 1, 1).taken()).isTrue();
    assertThat(windows.take("p", "x", Kind.TOKENS, 1, 1).taken()).isTrue();
    assertThat(windows.take("p", "y", Kind.REQUESTS, 1, 1).taken()).isTrue();
    assertThat(windows.take("q", "x", Kind.REQUESTS, 1, 1).taken()).isTrue();
    assertThat(windows.take("p", "x", Kind.REQUESTS, 1, 1).taken()).isFalse();
  }
}
