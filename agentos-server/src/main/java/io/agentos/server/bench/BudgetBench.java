package io.agentos.server.bench;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.Budget;
import io.agentos.runtime.budgets.BudgetBook;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.budgets.Period;
import io.agentos.runtime.budgets.Reservation;
import io.agentos.runtime.budgets.Scope;
import io.agentos.runtime.budgets.Spender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Calls per second that reserve from two budgets and settle, beside the rate at which the same
 * Postgres takes one conditional UPDATE of one row, which is the least that a hard cap can cost a
 * system that asks for each call by itself.
 */
public final class BudgetBench {
  private static final int BARE_CONNECTIONS = 8;
  private static final int CALLERS = 64;
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final Duration LEASE = Duration.ofHours(1);
  private static final AgentId AGENT = AgentId.parse("bench.bench");

  private final Consumer<String> progress;
  private final int rounds;

  /**
   * @param progress told what is measured next, a line each
   * @param rounds how often each figure is taken, 1 to 20; the median is reported
   */
  public BudgetBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  /** The figures by name, in order; times in milliseconds. */
  public Map<String, Double> run(Path runtimes) throws SQLException, InterruptedException {
    List<Double> bare = new ArrayList<>();
    List<Double> reserved = new ArrayList<>();
    List<Double> settled = new ArrayList<>();
    List<Double> lone = new ArrayList<>();
    Audit audit = new Audit(InstantSource.system());
    try (BenchStore store = new BenchStore(runtimes);
        Budgets budgets = new Budgets(store.database(), audit)) {
      cap(store, audit);
      progress.accept("warming up");
      calls(budgets, CALLERS, true);
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round %d of %d".formatted(round, rounds));
        bare.add(bareUpdates(store));
        reserved.add(calls(budgets, CALLERS, false));
        settled.add(calls(budgets, CALLERS, true));
        lone.add(1e3 / calls(budgets, 1, false));
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("bare_updates_per_second_8_connections", median(bare));
    figures.put("reservations_per_second_64_callers", median(reserved));
    figures.put("reserved_and_settled_per_second_64_callers", median(settled));
    figures.put("ratio_reservations_to_bare", median(reserved) / median(bare));
    figures.put("ratio_reserved_and_settled_to_bare", median(settled) / median(bare));
    figures.put("lone_reservation_ms", median(lone));
    return figures;
  }

  private static void cap(BenchStore store, Audit audit) {
    BudgetBook book = new BudgetBook(store.database(), audit);
    for (Scope scope : List.of(Scope.TENANT, Scope.AGENT)) {
      Budget.Order order =
          new Budget.Order(
              scope,
              scope == Scope.TENANT ? "" : AGENT.toString(),
              Period.MONTH,
              Optional.of(Budget.LIMIT_MAX),
              List.of(),
              "bench");
      store.database().inTenant(BenchStore.TENANT, tx -> book.set(tx, BenchStore.TENANT, order));
    }
  }

  /** Calls that have reserved, and settled where they do, until all of it is in the windows. */
  private static double calls(Budgets budgets, int callers, boolean settle)
      throws InterruptedException {
    AtomicLong calls = new AtomicLong();
    long begin = System.nanoTime();
    long until = begin + TIME.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(Thread.ofVirtual().start(() -> call(budgets, settle, until, calls)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (settle) {
      budgets.settleAll();
    }
    return calls.get() / ((System.nanoTime() - begin) / 1e9);
  }

  private static void call(Budgets budgets, boolean settle, long until, AtomicLong calls) {
    TaskId task = TaskId.next();
    StepKey key = new StepKey(BenchStore.TENANT, task, 1, "turn-1/model");
    Spender spender = new Spender(BenchStore.TENANT, AGENT, task);
    Budgets.Bounds bounds = new Budgets.Bounds(1_000, 100);
    for (int attempt = 1; System.nanoTime() < until; attempt++) {
      Reservation answer = budgets.reserveFor(LEASE, key, attempt, spender, bounds);
      if (!(answer instanceof Reservation.Granted)) {
        throw new IllegalStateException("the budget of the benchmark is used up");
      }
      if (settle) {
        budgets.settleNow(key, attempt, 400);
      }
      calls.incrementAndGet();
    }
  }

  private static double bareUpdates(BenchStore store) throws SQLException, InterruptedException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(BenchSql.CAP_TABLE);
    }
    AtomicLong updates = new AtomicLong();
    long until = System.nanoTime() + TIME.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < BARE_CONNECTIONS; i++) {
      threads.add(Thread.ofVirtual().start(() -> bareUpdates(store, until, updates)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return updates.get() / (TIME.toMillis() / 1e3);
  }

  private static void bareUpdates(BenchStore store, long until, AtomicLong updates) {
    try (Connection connection = store.connect();
        PreparedStatement update = connection.prepareStatement(BenchSql.CAP_TAKE)) {
      while (System.nanoTime() < until) {
        if (update.executeUpdate() != 1) {
          throw new IllegalStateException("the cap of the benchmark is used up");
        }
        updates.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("bare updates failed", e);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
  }
}
