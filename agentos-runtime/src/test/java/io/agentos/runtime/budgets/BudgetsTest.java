package io.agentos.runtime.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.budgets.Budgets.Bounds;
import io.agentos.runtime.budgets.Reservation.Granted;
import io.agentos.runtime.budgets.Reservation.Scarce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BudgetsTest {
  private static final UUID NODE = UUID.randomUUID();

  private TestStore store;
  private Spending spending;
  private Budgets budgets;

  @BeforeEach
  void open() {
    store = new TestStore();
    spending = new Spending(store);
    budgets = new Budgets(store.database(), store.audit());
  }

  @AfterEach
  void close() {
    budgets.close();
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    store.close();
  }

  @Test
  void aTasksBudget_coversTheTasksBelowIt() {
    StepKey root = spending.running(NODE);
    StepKey child = spending.running(NODE);
    Budget budget = spending.set(Scope.TASK, root.task().toString(), Period.NONE, 1_000);
    Budget own = spending.set(Scope.TASK, child.task().toString(), Period.NONE, 5_000);
    Spender below = new Spender(TestStore.ACME, Spending.AGENT, child.task(), List.of(root.task()));

    assertThat(budgets.reserve(child, 1, below, new Bounds(800, 800)))
        .isEqualTo(new Granted(800, true));
    assertThat(reserve(root, 500, 10)).isEqualTo(new Granted(200, true));
    assertThat(spending.window(budget)).isEqualTo("1000 0 1000 0");
    assertThat(spending.window(own)).isEqualTo("5000 0 800 0");
    assertThat(budgets.reserve(child, 2, below, new Bounds(1, 1))).isInstanceOf(Scarce.class);
  }

  private Reservation reserve(StepKey key, long most, long least) {
    return budgets.reserve(key, 1, Spending.spender(key), new Bounds(most, least));
  }

  @Test
  void reserve_noBudget_grantsAndHoldsNothing() {
    assertThat(reserve(spending.running(NODE), 5_000_000, 1))
        .isEqualTo(new Granted(5_000_000, false));
  }

  @Test
  void reserve_takesFromEveryScope_andSettleGivesTheRestBack() {
    StepKey key = spending.running(NODE);
    Budget tenant = spending.set(Scope.TENANT, "", Period.MONTH, 1_000);
    Budget pack = spending.set(Scope.PACK, "shop", Period.DAY, 900);
    Budget agent = spending.set(Scope.AGENT, "shop.keeper", Period.NONE, 800);
    Budget task = spending.set(Scope.TASK, key.task().toString(), Period.NONE, 700);
    Budget other = spending.set(Scope.PACK, "bank", Period.DAY, 0);

    assertThat(reserve(key, 600, 10)).isEqualTo(new Granted(600, true));
    assertThat(spending.window(tenant)).isEqualTo("1000 0 600 0");
    assertThat(spending.window(pack)).isEqualTo("900 0 600 0");
    assertThat(spending.window(agent)).isEqualTo("800 0 600 0");
    assertThat(spending.window(task)).isEqualTo("700 0 600 0");

    spending.settle(key, 1, 250);
    budgets.settleAll();
    assertThat(spending.window(tenant)).isEqualTo("1000 250 0 0");
    assertThat(spending.window(task)).isEqualTo("700 250 0 0");
    assertThat(spending.window(other)).isEmpty();
  }

  @Test
  void reserve_again_reservesOnce() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = spending.running(NODE);

    assertThat(reserve(key, 600, 10)).isEqualTo(new Granted(600, true));
    assertThat(reserve(key, 600, 10)).isEqualTo(new Granted(600, true));
    assertThat(spending.window(budget)).isEqualTo("1000 0 600 0");
  }

  @Test
  void reserve_tooLittleLeft_grantsWhatIsLeft_downToTheLeast() {
    spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    reserve(spending.running(NODE), 700, 10);

    assertThat(reserve(spending.running(NODE), 700, 300)).isEqualTo(new Granted(300, true));
    assertThat(reserve(spending.running(NODE), 700, 1)).isInstanceOf(Scarce.class);
  }

  @Test
  void reserve_merelyReserved_isRetriable_andExhausted_saysWhatIsMissing() {
    Budget budget = spending.set(Scope.AGENT, "shop.keeper", Period.NONE, 1_000_000);
    StepKey first = spending.running(NODE);
    reserve(first, 800_000, 1);

    AgentOsException reserved =
        ((Scarce) reserve(spending.running(NODE), 500_000, 500_000)).failure();
    assertThat(reserved.code()).isEqualTo(ErrorCode.BUDGET_RESERVED);
    assertThat(reserved)
        .hasMessage(
            "Budget %s of agent shop.keeper for all time: limit 1.000000, spent 0.000000, reserved 0.800000; the call needs 0.300000 more. Calls under way hold it; some of it comes back."
                .formatted(budget.window().key().budget()));

    spending.settle(first, 1, 700_000);
    AgentOsException exhausted =
        ((Scarce) reserve(spending.running(NODE), 500_000, 500_000)).failure();
    assertThat(exhausted.code()).isEqualTo(ErrorCode.BUDGET_EXHAUSTED);
    assertThat(exhausted)
        .hasMessage(
            "Budget %s of agent shop.keeper for all time: limit 1.000000, spent 0.700000, reserved 0.000000; the call needs 0.200000 more. Raise the budget or wait for its next period."
                .formatted(budget.window().key().budget()));
  }

  @Test
  void sweep_ownerGone_chargesAll_andALateSettleChangesNothing() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = spending.running(NODE);
    reserve(key, 600, 10);

    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 0 600 0");

    spending.own(key.task(), UUID.randomUUID());
    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 600 0 0");
    spending.settle(key, 1, 1);
    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 600 0 0");
    assertThat(spending.audited(key.task().toString())).contains("budget.settled");
  }

  @Test
  void sweep_callOutsideOfATask_isChargedAfterItsLease() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = new StepKey(TestStore.ACME, io.agentos.api.TaskId.next(), 1, "direct");
    budgets.reserveFor(Duration.ofHours(1), key, 1, Spending.spender(key), new Bounds(400, 1));
    budgets.reserveFor(Duration.ofMillis(1), key, 2, Spending.spender(key), new Bounds(300, 1));

    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 300 400 0");
    budgets.settleNow(key, 1, 100);
    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 400 0 0");
  }

  @Test
  void settle_aboveTheReservation_isBooked_andBeyondTheLimitIsOverdraft() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = spending.running(NODE);
    reserve(key, 600, 10);
    spending.settle(key, 1, 1_700);
    budgets.settleAll();

    assertThat(spending.window(budget)).isEqualTo("1000 1000 0 700");
    assertThat(spending.audited(key.task().toString())).contains("budget.exceeded");
    assertThat(spending.audited(budget.window().key().budget().toString()))
        .containsExactly("config.changed", "alert.firing", "alert.firing", "budget.exceeded");
  }

  @Test
  void settle_crossingThresholds_tellsOfEachOnce() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    for (int cost : new int[] {400, 200, 100, 150}) {
      StepKey key = spending.running(NODE);
      reserve(key, cost, cost);
      spending.settle(key, 1, cost);
      budgets.settleAll();
    }
    assertThat(spending.audited(budget.window().key().budget().toString()))
        .containsExactly("config.changed", "alert.firing", "alert.firing");
    reserve(spending.running(NODE), 200, 200);
    reserve(spending.running(NODE), 200, 200);
    assertThat(spending.audited(budget.window().key().budget().toString()))
        .containsExactly("config.changed", "alert.firing", "alert.firing", "budget.exceeded");
  }

  @Test
  void set_lowerThanSpentAndReserved_refusesMore_andFollowsAsItComesBack() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = spending.running(NODE);
    reserve(key, 800, 10);
    spending.set(Scope.TENANT, "", Period.NONE, 300);

    assertThat(spending.window(budget)).isEqualTo("800 0 800 0");
    assertThat(reserve(spending.running(NODE), 10, 1)).isInstanceOf(Scarce.class);
    spending.settle(key, 1, 100);
    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("300 100 0 0");
    assertThat(reserve(spending.running(NODE), 500, 1)).isEqualTo(new Granted(200, true));
  }

  @Test
  void set_ended_coversNothing_andWhatIsReservedComesBack() {
    Budget budget = spending.set(Scope.TENANT, "", Period.NONE, 1_000);
    StepKey key = spending.running(NODE);
    reserve(key, 800, 10);
    assertThat(spending.order(Scope.TENANT, "", Period.NONE, Optional.empty())).isEmpty();

    assertThat(reserve(spending.running(NODE), 5_000, 5_000)).isEqualTo(new Granted(5_000, false));
    spending.settle(key, 1, 100);
    budgets.settleAll();
    assertThat(spending.window(budget)).isEqualTo("1000 100 0 0");
    assertThat(new BudgetBook(store.database(), store.audit()).list(TestStore.ACME, null, 9))
        .isEmpty();
  }

  @Test
  void otherTenant_isNotCovered() {
    spending.set(Scope.TENANT, "", Period.NONE, 0);
    StepKey key = new StepKey(TestStore.OTHER, io.agentos.api.TaskId.next(), 1, "direct");

    assertThat(budgets.reserve(key, 1, Spending.spender(key), Bounds.exactly(9)))
        .isEqualTo(new Granted(9, false));
  }
}
