package io.agentos.runtime.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.StepKey;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.budgets.Reservation.Granted;
import io.agentos.runtime.budgets.Reservation.Scarce;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two hundred workers on four nodes want more than a dollar, and get no more than a dollar. */
final class CapTest {
  private static final long CAP = 1_000_000;
  private static final int NODES = 4;
  private static final int WORKERS = 200;
  private static final int MOST = 12_000;
  private static final int LEAST = 1_500;
  private static final long SEED = 20_261_123;

  private final AtomicLong paidOutside = new AtomicLong();
  private final AtomicLong abandoned = new AtomicLong();

  @Test
  void workersThatAskUntilRefused_useNearlyAllOfTheCap_andNeverMore() throws InterruptedException {
    Ended ended = spend(0);

    assertThat(ended.overCap).isZero();
    assertThat(ended.reserved).isZero();
    assertThat(ended.committed).isEqualTo(paidOutside.get());
    assertThat(ended.committed).isBetween(CAP * 95 / 100, CAP);
    assertThat(ended.looks).isPositive();
  }

  @Test
  void workersThatDieBetweenReserveAndSettle_leaveNothingReserved() throws InterruptedException {
    Ended ended = spend(15);

    assertThat(abandoned.get()).isGreaterThan(10);
    assertThat(ended.overCap).isZero();
    assertThat(ended.reserved).isZero();
    assertThat(ended.committed).isBetween(paidOutside.get(), CAP);
  }

  /** What a reader saw: how often, how often too much, and what there is at rest. */
  private record Ended(long looks, long overCap, long committed, long reserved) {}

  private Ended spend(int diePercent) throws InterruptedException {
    try (TestStore store = new TestStore()) {
      Spending spending = new Spending(store);
      Budget tenant = spending.set(Scope.TENANT, "", Period.MONTH, CAP);
      Budget agent = spending.set(Scope.AGENT, "shop.keeper", Period.NONE, 2 * CAP);
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong looks = new AtomicLong();
      AtomicLong overCap = new AtomicLong();
      Thread reader = Thread.ofVirtual().start(() -> watch(store, over, looks, overCap));
      List<Database> databases = new ArrayList<>();
      List<Budgets> nodes = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        databases.add(new Database(store.settings()));
        nodes.add(new Budgets(databases.getLast(), store.audit()));
      }
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        int number = i;
        workers.add(
            Thread.ofVirtual()
                .start(() -> work(spending, nodes.get(number % NODES), number, diePercent)));
      }
      for (Thread worker : workers) {
        worker.join();
      }
      nodes.getFirst().settleAll();
      over.set(true);
      reader.join();
      nodes.forEach(Budgets::close);
      databases.forEach(Database::close);
      String[] rest = spending.window(tenant).split(" ", -1);
      String[] other = spending.window(agent).split(" ", -1);
      assertThat(List.of(other).subList(1, 4)).isEqualTo(List.of(rest).subList(1, 4));
      assertThat(rest[3]).isEqualTo("0");
      return new Ended(
          looks.get(), overCap.get(), Long.parseLong(rest[1]), Long.parseLong(rest[2]));
    }
  }

  /** Calls of random cost until the budget refuses for good, or the worker dies. */
  private void work(Spending spending, Budgets node, int number, int diePercent) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    StepKey key = spending.running(UUID.randomUUID());
    for (int attempt = 1; ; attempt++) {
      long most = random.nextLong(LEAST, MOST);
      Reservation answer =
          node.reserve(key, attempt, Spending.spender(key), new Budgets.Bounds(most, LEAST));
      if (answer instanceof Scarce scarce && scarce.merelyReserved()) {
        continue;
      }
      if (!(answer instanceof Granted(long amount, boolean _))) {
        return;
      }
      long cost = random.nextLong(amount + 1);
      paidOutside.addAndGet(cost);
      if (random.nextInt(100) < diePercent) {
        abandoned.incrementAndGet();
        spending.own(key.task(), UUID.randomUUID());
        return;
      }
      spending.settle(key, attempt, cost);
    }
  }

  private static void watch(
      TestStore store, AtomicBoolean over, AtomicLong looks, AtomicLong overCap) {
    try (Database database = new Database(store.settings())) {
      while (!over.get()) {
        boolean tooMuch =
            database.inTenant(
                TestStore.ACME,
                tx ->
                    tx.query(
                            """
                            select w.committed + w.reserved > b.limit_usd_micros as over
                            from budget_window w join budget b using (tenant_id, budget_id)
                            """,
                            row -> row.flag("over"))
                        .contains(true));
        looks.incrementAndGet();
        overCap.addAndGet(tooMuch ? 1 : 0);
      }
    }
  }
}
