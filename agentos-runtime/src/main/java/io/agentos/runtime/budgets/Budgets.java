package io.agentos.runtime.budgets;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides before each call that costs money whether it may be paid: the most it can cost is
 * reserved from every budget that covers it, at once or not at all, and what it did cost is settled
 * after it. What is committed and reserved of a budget is never more than its limit.
 *
 * <p>Thread-safe. Closing it lets what is under way end; reservations of calls that go on stay.
 */
public final class Budgets implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Budgets.class.getName());

  private static final int SETTLE_TRIES_MAX = 2_000;
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(10);

  private final Database database;
  private final Reserver reserver;
  private final Settler settler;
  private final Grouped<Want, Reservation> reservations;
  private final Grouped<Write, Boolean> settlements;
  private final SettlerLoop loop;

  public Budgets(Database database, Audit audit) {
    Alerts alerts = new Alerts(audit);
    this.database = database;
    this.reserver = new Reserver(database, alerts);
    this.settler = new Settler(database, audit, alerts);
    this.reservations = new Grouped<>("reserve-group", Want::name, this::reserveAll);
    this.settlements = new Grouped<>("settle-group", Write::parameters, this::settleAll);
    this.loop = new SettlerLoop(settler);
  }

  /** The most and the least that a call may cost, in micros, 0 or more. */
  public record Bounds(long most, long least) {
    /** A call that cannot be made cheaper. */
    public static Bounds exactly(long micros) {
      return new Bounds(micros, micros);
    }
  }

  /**
   * Reserves for one attempt of a step, in a transaction of its own; to be asked after the intent
   * is committed and before the call. Asking again for the same task, position and attempt reserves
   * nothing more and gives the first answer. The reservation is the owner's of the task: when the
   * task changes hands before it is settled, all of it is charged.
   *
   * @return granted with {@code most} or what is left of it, at least {@code least}
   * @throws io.agentos.api.AgentOsException STORE_UNAVAILABLE, CANCELLED on interrupt: whether
   *     something is reserved is then not known
   */
  public Reservation reserve(StepKey key, int attempt, Spender spender, Bounds bounds) {
    return ask(new Want(key, attempt, spender, bounds.most(), bounds.least(), null));
  }

  /**
   * Reserves for a call outside of a task.
   *
   * @param key under which no other call reserves
   * @param lease after which the call is taken to be dead and charged in full
   */
  public Reservation reserveFor(
      Duration lease, StepKey key, int attempt, Spender spender, Bounds bounds) {
    return ask(new Want(key, attempt, spender, bounds.most(), bounds.least(), lease));
  }

  /**
   * What settles an attempt, to commit with what becomes of it. Does nothing where nothing is held.
   *
   * @param micros what the call cost, 0 or more
   */
  public static Write settle(StepKey key, int attempt, long micros) {
    return Write.any(
        BudgetsSql.SETTLE,
        micros,
        key.tenant().value(),
        key.task().value(),
        key.position(),
        attempt);
  }

  /**
   * Settles an attempt at once, for a call outside of a task. Where that cannot be written, the
   * call is charged in full after its lease.
   */
  public void settleNow(StepKey key, int attempt, long micros) {
    Write settle = settle(key, attempt, micros);
    try {
      settlements.ask(settle);
    } catch (AgentOsException e) {
      LOG.log(System.Logger.Level.WARNING, "not settled, charged after its lease", e);
    }
  }

  /**
   * Brings everything that is settled into the windows, and charges what nobody holds any more; the
   * same is done by itself within a second or two. Waits for other nodes that are at it.
   *
   * @throws AgentOsException STORE_UNAVAILABLE when it is not done after some seconds
   */
  public void settleAll() {
    for (int i = 0; i < SETTLE_TRIES_MAX; i++) {
      int found = settler.settle() + settler.sweep();
      if (found == 0 && !settler.pending()) {
        return;
      }
      if (found == 0) {
        LockSupport.parkNanos(SETTLE_PAUSE.toNanos());
      }
    }
    throw new AgentOsException(
        ErrorCode.STORE_UNAVAILABLE, "Budgets are not settled in time; look at the other nodes.");
  }

  @Override
  public void close() {
    reservations.close();
    settlements.close();
    loop.close();
  }

  private Reservation ask(Want want) {
    Reservation answer = reservations.ask(want);
    if (answer instanceof Reservation.Granted(long _, boolean held) && held) {
      loop.granted();
    }
    return answer;
  }

  private List<Boolean> settleAll(List<Write> settles) {
    return database.inEngine(tx -> {
      tx.updateEach(BudgetsSql.SETTLE, settles);
      return settles.stream().map(_ -> true).toList();
    });
  }

  /** Looks for what calls have given back before it says that nothing is left. */
  private List<Reservation> reserveAll(List<Want> wants) {
    List<Reservation> answers = reserver.reserve(wants);
    boolean scarce =
        answers.stream().anyMatch(a -> a instanceof Reservation.Scarce s && s.merelyReserved());
    return scarce && settler.settle() > 0 ? reserver.reserve(wants) : answers;
  }
}
