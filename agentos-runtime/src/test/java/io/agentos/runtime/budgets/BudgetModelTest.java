package io.agentos.runtime.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.StepKey;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.budgets.Reservation.Granted;
import io.agentos.runtime.budgets.Reservation.Scarce;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random stories of reserving, settling, dying and changing limits, each step held against a model
 * of one window that is a few lines long.
 */
final class BudgetModelTest {
  private static final long SEED = 20_261_123;
  private static final int STEPS = 250;
  private static final UUID NODE = UUID.randomUUID();

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Call> open = new ArrayList<>();
  private long budgetLimit = 10_000;
  private long limit = 10_000;
  private long committed;
  private long reserved;
  private long overdraft;

  private record Call(StepKey key, long amount) {}

  @Test
  void randomStory_isThatOfTheModel() {
    try (TestStore store = new TestStore();
        Budgets budgets = new Budgets(store.database(), store.audit())) {
      Spending spending = new Spending(store);
      Budget budget = spending.set(Scope.TENANT, "", Period.NONE, limit);
      // The first reservation makes the window.
      reserve(spending, budgets);
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> reserve(spending, budgets);
          case 3, 4 -> settle(spending);
          case 5 -> die(spending);
          case 6 -> again(budgets);
          default -> change(spending);
        }
        budgets.settleAll();
        assertThat(spending.window(budget))
            .as("step %d", step)
            .isEqualTo("%d %d %d %d".formatted(limit, committed, reserved, overdraft));
      }
      while (!open.isEmpty()) {
        die(spending);
      }
      budgets.settleAll();
      assertThat(spending.window(budget))
          .isEqualTo("%d %d 0 %d".formatted(limit, committed, overdraft));
    }
  }

  private void reserve(Spending spending, Budgets budgets) {
    StepKey key = spending.running(NODE);
    long most = random.nextLong(1, 3_000);
    long least = random.nextLong(1, most + 1);
    Reservation answer =
        budgets.reserve(key, 1, Spending.spender(key), new Budgets.Bounds(most, least));
    long left = Math.max(0, Math.min(limit, budgetLimit) - committed - reserved);
    if (Math.min(most, left) >= least) {
      assertThat(answer).isEqualTo(new Granted(Math.min(most, left), true));
      open.add(new Call(key, Math.min(most, left)));
      reserved += Math.min(most, left);
    } else {
      assertThat(answer)
          .isInstanceOfSatisfying(
              Scarce.class,
              scarce ->
                  assertThat(scarce.merelyReserved())
                      .isEqualTo(least <= Math.min(limit, budgetLimit) - committed));
    }
  }

  private void settle(Spending spending) {
    if (open.isEmpty()) {
      return;
    }
    Call call = open.remove(random.nextInt(open.size()));
    long cost = random.nextLong(call.amount * 11 / 10 + 1);
    spending.settle(call.key, 1, cost);
    book(call, cost);
  }

  private void die(Spending spending) {
    if (open.isEmpty()) {
      return;
    }
    Call call = open.remove(random.nextInt(open.size()));
    spending.own(call.key.task(), UUID.randomUUID());
    book(call, call.amount);
  }

  private void again(Budgets budgets) {
    if (open.isEmpty()) {
      return;
    }
    Call call = open.get(random.nextInt(open.size()));
    assertThat(budgets.reserve(call.key, 1, Spending.spender(call.key), new Budgets.Bounds(9, 1)))
        .isEqualTo(new Granted(call.amount, true));
  }

  private void change(Spending spending) {
    budgetLimit = Math.max(0, budgetLimit + random.nextLong(-4_000, 6_000));
    spending.set(Scope.TENANT, "", Period.NONE, budgetLimit);
    limit = Math.max(budgetLimit, committed + reserved);
  }

  private void book(Call call, long cost) {
    reserved -= call.amount;
    committed += Math.min(cost, call.amount);
    long extra = Math.max(0, cost - call.amount);
    long fits = Math.min(extra, limit - committed - reserved);
    committed += fits;
    overdraft += extra - fits;
    limit = Math.max(budgetLimit, committed + reserved);
  }
}
