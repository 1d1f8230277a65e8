package io.agentos.runtime.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AuditRecord;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Identity;
import io.agentos.spi.AuditSink;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery to sinks: in order, at least once, by one node. */
final class SinkDeliveryTest {
  private static final AuditSinks.Settings ALL =
      new AuditSinks.Settings(false, 3, Duration.ofSeconds(10), Duration.ofSeconds(30));

  private final TestStore store = new TestStore();
  private final GrowingLog log = new GrowingLog(store);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void entries_comeWholeInOrder_batchByBatch() throws InterruptedException {
    Told sink = new Told("file");
    log.append(TestStore.ACME, 7);
    log.append(TestStore.OTHER, 2);
    SinkDelivery node = node(sink, ALL);

    drain(node);

    assertThat(sink.of(TestStore.ACME)).isEqualTo(numbers(1, log.head(TestStore.ACME)));
    assertThat(sink.of(TestStore.OTHER)).isEqualTo(numbers(1, log.head(TestStore.OTHER)));
    List<Audit.Stored> stored =
        store
            .audit()
            .list(
                store.database(),
                TestStore.ACME,
                new Audit.Filter(null, null, null, Long.MAX_VALUE),
                1);
    AuditRecord last =
        sink.taken.stream()
            .filter(entry -> entry.entry().tenant().equals(TestStore.ACME))
            .reduce((_, later) -> later)
            .orElseThrow();
    assertThat(last.body()).isEqualTo(stored.getFirst().body());
    assertThat(last.hash()).isEqualTo(stored.getFirst().hash());
    assertThat(last.at()).isEqualTo(stored.getFirst().at());
    assertThat(last.entry().facts()).isEqualTo(Map.of("bird", "owl-6"));
    log.append(TestStore.ACME, 1);
    drain(node);
    assertThat(sink.of(TestStore.ACME)).isEqualTo(numbers(1, log.head(TestStore.ACME)));
    assertThat(AuditSinks.list(store.database(), TestStore.ACME))
        .singleElement()
        .satisfies(view -> {
          assertThat(view.delivered()).isEqualTo(log.head(TestStore.ACME));
          assertThat(view.behind()).isZero();
          assertThat(view.problem()).isEmpty();
        });
  }

  @Test
  void sinkFromTheHead_isToldWhatComes_andNewTenantsFromTheirFirst() throws InterruptedException {
    log.append(TestStore.ACME, 4);
    long head = log.head(TestStore.ACME);
    Told sink = new Told("head");
    SinkDelivery node = node(sink, new AuditSinks.Settings(true, 3, ALL.callMax(), ALL.lease()));
    drain(node);
    log.append(TestStore.ACME, 2);
    TenantId late = new TenantId("late");
    new Identity(store.database(), store.audit()).createTenant(late);
    log.append(late, 2);

    drain(node);

    assertThat(sink.of(TestStore.ACME)).isEqualTo(numbers(head + 1, head + 2));
    assertThat(sink.of(late)).isEqualTo(numbers(1, log.head(late)));
  }

  @Test
  void sinkThatThrows_isTriedAgainLater_fromTheSameEntry_andHoldsUpNoOtherLog()
      throws InterruptedException, SQLException {
    log.append(TestStore.ACME, 2);
    log.append(TestStore.OTHER, 2);
    Told sink = new Told("sick");
    sink.then =
        entries -> {
          if (entries.getFirst().entry().tenant().equals(TestStore.ACME)) {
            throw new IllegalStateException("a secret of the sink");
          }
        };
    SinkDelivery node = node(sink, ALL);

    drain(node);

    assertThat(sink.of(TestStore.OTHER)).isEqualTo(numbers(1, log.head(TestStore.OTHER)));
    AuditSinks.View view = AuditSinks.list(store.database(), TestStore.ACME).getFirst();
    assertThat(view.delivered()).isZero();
    assertThat(view.behind()).isEqualTo(log.head(TestStore.ACME));
    assertThat(view.failures()).isEqualTo(1);
    assertThat(view.problem()).isEqualTo("the sink threw java.lang.IllegalStateException");
    assertThat(view.nextAttemptAt()).isAfter(view.changedAt());
    assertThat(node.pass()).isEqualTo(SinkDelivery.Pass.NOTHING);

    sink.then = _ -> {};
    sink.taken.clear();
    store.run("update audit_sink_cursor set due_at = now()");
    drain(node);
    assertThat(sink.of(TestStore.ACME)).isEqualTo(numbers(1, log.head(TestStore.ACME)));
  }

  @Test
  void failures_waitTwiceAsLongEachTime_fiveMinutesAtMost() throws SQLException {
    log.append(TestStore.ACME, 1);
    Told sink = new Told("sick");
    sink.then =
        _ -> {
          throw new StackOverflowError();
        };
    SinkDelivery node = node(sink, ALL);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      store.run("update audit_sink_cursor set due_at = now() where tenant_id = 'acme'");
      drain(node);
      AuditSinks.View view = AuditSinks.list(store.database(), TestStore.ACME).getFirst();
      waits.add(Duration.between(view.changedAt(), view.nextAttemptAt()).toSeconds());
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
  }

  @Test
  void sinkThatDoesNotComeBack_keepsItsOwnEntriesWaiting_andNoOtherSink()
      throws InterruptedException, SQLException {
    log.append(TestStore.ACME, 2);
    log.append(TestStore.OTHER, 1);
    CountDownLatch stuck = new CountDownLatch(1);
    Told slow = new Told("slow");
    CountDownLatch entered = new CountDownLatch(1);
    slow.then =
        _ -> {
          entered.countDown();
          Told.uninterruptibly(stuck);
        };
    Told well = new Told("well");
    SinkDelivery node =
        node(
            slow,
            new AuditSinks.Settings(false, 500, Duration.ofMillis(20), Duration.ofSeconds(30)));

    assertThat(node.pass().failed()).isEqualTo(2);
    drain(node(well, ALL));
    store.run(
        "update audit_sink_cursor set due_at = now() where sink = 'slow' and tenant_id = 'acme'");
    assertThat(node.pass().failed()).isPositive();
    entered.await();

    assertThat(well.of(TestStore.ACME)).isEqualTo(numbers(1, log.head(TestStore.ACME)));
    assertThat(AuditSinks.list(store.database(), TestStore.ACME).getFirst().problem())
        .isEqualTo("a call has not come back that began more than PT0.02S ago");
    assertThat(slow.taken.stream().map(entry -> entry.entry().tenant()).distinct()).hasSize(1);
    stuck.countDown();
  }

  @Test
  void ofTwoNodes_oneTells_andTheOtherTakesOver_whenItsLeaseIsOver()
      throws InterruptedException, SQLException {
    log.append(TestStore.ACME, 2);
    Told first = new Told("file");
    Told second = new Told("file");
    SinkDelivery one = node(first, ALL);
    SinkDelivery two = node(second, ALL);
    drain(one);
    log.append(TestStore.ACME, 2);

    assertThat(two.pass()).isEqualTo(SinkDelivery.Pass.NOTHING);
    store.run("update audit_sink set leased_until = now() - interval '1 second'");
    drain(two);
    assertThat(one.pass()).isEqualTo(SinkDelivery.Pass.NOTHING);
    assertThat(second.of(TestStore.ACME))
        .isEqualTo(numbers(log.head(TestStore.ACME) - 1, log.head(TestStore.ACME)));
    log.append(TestStore.ACME, 1);
    two.release();
    drain(one);
    assertThat(first.of(TestStore.ACME)).endsWith(log.head(TestStore.ACME));
  }

  /** Dies, or seems to, after the sink took a batch and before the cursor says so. */
  @Test
  void nodeThatDiesBeforeTheCursorMoves_leavesTheBatchToTheNext_withoutAGap()
      throws InterruptedException, SQLException {
    log.append(TestStore.ACME, 5);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch dead = new CountDownLatch(1);
    Told sink = new Told("file");
    sink.then =
        _ -> {
          taken.countDown();
          Told.uninterruptibly(dead);
        };
    Thread dying =
        Thread.ofVirtual()
            .start(() -> {
              try {
                node(sink, ALL).pass();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    taken.await();
    assertThat(sink.taken).hasSize(3);
    store.run("update audit_sink set leased_until = now() - interval '1 second'");
    Told again = new Told("file");

    drain(node(again, ALL));
    dead.countDown();
    dying.join();

    assertThat(again.of(TestStore.ACME)).isEqualTo(numbers(1, log.head(TestStore.ACME)));
    assertThat(AuditSinks.list(store.database(), TestStore.ACME).getFirst().delivered())
        .isEqualTo(log.head(TestStore.ACME));
    assertThatThrownBy(() -> store.run("update audit_sink_cursor set seq = 0"))
        .hasMessageContaining("the cursor of an audit sink only grows");
  }

  @Test
  void logWithAGap_isNotTold_asIfItWereWhole() throws InterruptedException, SQLException {
    log.append(TestStore.ACME, 5);
    store.run("alter table audit_entry disable trigger audit_append_only");
    store.run("delete from audit_entry where tenant_id = 'acme' and seq = 3");
    Told sink = new Told("file");

    drain(node(sink, new AuditSinks.Settings(false, 2, ALL.callMax(), ALL.lease())));

    assertThat(sink.of(TestStore.ACME)).containsExactly(1L, 2L);
    assertThat(AuditSinks.list(store.database(), TestStore.ACME).getFirst().problem())
        .isEqualTo("entry 3 is missing in the log");
  }

  @Test
  void loops_tellWhatComes_andStopWithTheServer() throws InterruptedException {
    Told sink = new Told("file");
    CountDownLatch told = new CountDownLatch(1);
    sink.then =
        entries -> {
          if (entries.getLast().entry().actor().equals("system:test")) {
            told.countDown();
          }
        };
    try (AuditSinks sinks = new AuditSinks(store.database(), List.of(sink), ALL)) {
      sinks.start();
      log.append(TestStore.ACME, 4);
      assertThat(told.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(sinks.warnings()).isEmpty();
    }
    assertThatThrownBy(() -> new AuditSinks(store.database(), List.of(sink, new Told("file")), ALL))
        .hasMessage("two audit sinks, or none, may be named file");
  }

  private SinkDelivery node(AuditSink sink, AuditSinks.Settings settings) {
    return new SinkDelivery(store.database(), sink, settings, UUID.randomUUID());
  }

  private static void drain(SinkDelivery node) {
    try {
      while (node.pass().taken() > 0) {
        // Until nothing is taken any more.
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
