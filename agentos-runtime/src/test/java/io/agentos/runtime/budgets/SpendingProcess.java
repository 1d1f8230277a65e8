package io.agentos.runtime.budgets;

import io.agentos.api.StepKey;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.Reservation.Granted;
import io.agentos.runtime.budgets.Reservation.Scarce;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A process of workers that spend until the budget refuses for good. Says on its standard output, a
 * line each and before it settles, what the world outside has charged it.
 */
final class SpendingProcess {
  static final int MOST = 12_000;
  static final int LEAST = 1_500;

  private SpendingProcess() {}

  /** Arguments: URL, user, password, the node's id, a seed, and how many workers. */
  public static void main(String[] arguments) throws InterruptedException {
    UUID node = UUID.fromString(arguments[3]);
    long seed = Long.parseLong(arguments[4]);
    Audit audit = new Audit(InstantSource.system());
    try (Database database =
            new Database(new DatabaseSettings(arguments[0], arguments[1], arguments[2], 8));
        Budgets budgets = new Budgets(database, audit)) {
      Spending spending = new Spending(database, audit);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
        SplittableRandom random = new SplittableRandom(seed + i);
        workers.add(
            Thread.ofVirtual()
                .start(() -> spend(spending, budgets, spending.running(node), random)));
      }
      for (Thread worker : workers) {
        worker.join();
      }
    }
  }

  private static void spend(
      Spending spending, Budgets budgets, StepKey key, SplittableRandom random) {
    for (int attempt = 1; ; ) {
      Reservation answer =
          budgets.reserve(
              key,
              attempt,
              Spending.spender(key),
              new Budgets.Bounds(random.nextLong(LEAST, MOST), LEAST));
      if (answer instanceof Granted(long amount, boolean _)) {
        long cost = random.nextLong(amount + 1);
        System.out.println("paid " + cost);
        spending.settle(key, attempt, cost);
        attempt++;
      } else if (answer instanceof Scarce scarce && !scarce.merelyReserved()) {
        return;
      }
    }
  }
}
