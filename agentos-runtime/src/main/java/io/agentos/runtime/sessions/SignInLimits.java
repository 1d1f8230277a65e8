package io.agentos.runtime.sessions;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.store.Transactions;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.List;

/**
 * How often signing in may fail, over all nodes: for an account from one address, from one address
 * at all, and for an account from anywhere. Beyond what is free, each failure doubles the wait.
 *
 * <p>The wait of an account from anywhere is short, and does not hold for an address that signed in
 * to it before, so that nobody can lock somebody out for good by failing in their name. A try
 * counts before its end is known: a hundred at once are a hundred. Counts drain with time.
 *
 * <p>Rows hold hashes and belong to the tenant that owns the installation: whoever tries is not
 * known yet, and neither is whether its tenant exists. Thread-safe.
 */
final class SignInLimits {
  private static final TenantId OWNER = TenantId.DEFAULT;

  private final Transactions transactions;

  SignInLimits(Transactions transactions) {
    this.transactions = transactions;
  }

  /** What is counted; in the order in which rows are locked. */
  private enum Kind {
    ADDRESS(30, Duration.ofMinutes(15), Duration.ofMinutes(10)),
    ACCOUNT(50, Duration.ofMinutes(1), Duration.ofMinutes(2)),
    PAIR(5, Duration.ofMinutes(15), Duration.ofMinutes(15)),
    CODE(5, Duration.ofMinutes(15), Duration.ofMinutes(15));

    private final int free;
    private final Duration waitMax;
    private final Duration drain;

    Kind(int free, Duration waitMax, Duration drain) {
      this.free = free;
      this.waitMax = waitMax;
      this.drain = drain;
    }

    /** How long after so many failures nothing is tried. */
    private Duration waitAfter(int failures) {
      if (failures < free) {
        return Duration.ZERO;
      }
      Duration wait = Duration.ofSeconds(1L << Math.min(failures - free, 20));
      return wait.compareTo(waitMax) < 0 ? wait : waitMax;
    }

    private String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A row that is counted in. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; lives for one call.
  private record Counter(Kind kind, byte[] subject) {
    static Counter of(Kind kind, String... parts) {
      return new Counter(kind, Credential.sha256(String.join("\n", parts)));
    }
  }

  /** A try that was let through. Say how it ended; a failure needs no word. */
  final class Try {
    private final List<Counter> counters;

    private Try(List<Counter> counters) {
      this.counters = counters;
    }

    /** It turned out well. */
    void passed() {
      end(LimitsSql.PASS);
    }

    /** It was no failure, and proved nothing either. */
    void givenBack() {
      end(LimitsSql.GIVE_BACK);
    }

    private void end(String ofOwn) {
      transactions.run(
          OWNER,
          tx -> {
            for (Counter counter : counters) {
              boolean own = counter.kind == Kind.PAIR || counter.kind == Kind.CODE;
              tx.update(
                  own ? ofOwn : LimitsSql.GIVE_BACK,
                  OWNER.value(),
                  counter.kind.text(),
                  counter.subject);
            }
            return tx.update(LimitsSql.SWEEP, OWNER.value());
          });
    }
  }

  /**
   * Counts a try to sign in to an account.
   *
   * @throws AgentOsException RATE_LIMITED with how long to wait
   */
  Try account(String tenant, String email, String address) {
    return begin(
        List.of(
            Counter.of(Kind.ADDRESS, address),
            Counter.of(Kind.ACCOUNT, tenant, email),
            Counter.of(Kind.PAIR, tenant, email, address)));
  }

  /** Counts a try to use a link. */
  Try address(String address) {
    return begin(List.of(Counter.of(Kind.ADDRESS, address)));
  }

  /** Counts a try of a second factor's code. */
  Try code(TenantId tenant, String user) {
    return begin(List.of(Counter.of(Kind.CODE, tenant.value(), user)));
  }

  private Try begin(List<Counter> counters) {
    long wait = transactions.run(OWNER, tx -> secondsToWait(tx, counters));
    if (wait > 0) {
      throw AgentOsException.retryAfter(
          ErrorCode.RATE_LIMITED,
          "Too many tries failed; try again in %d seconds.".formatted(wait),
          Duration.ofSeconds(wait));
    }
    return new Try(counters);
  }

  /** Counts in all rows, or in none when one of them is blocked. */
  private static long secondsToWait(Tx tx, List<Counter> counters) {
    boolean known =
        counters.stream()
            .filter(counter -> counter.kind == Kind.PAIR)
            .anyMatch(pair ->
                tx.queryOne(LimitsSql.KNOWN, row -> true, OWNER.value(), pair.subject).isPresent());
    List<State> states = counters.stream().map(counter -> lock(tx, counter)).toList();
    long wait = 0;
    for (State state : states) {
      boolean passes = state.counter.kind == Kind.ACCOUNT && known;
      wait = passes ? wait : Math.max(wait, state.secondsBlocked);
    }
    if (wait == 0) {
      states.forEach(state -> count(tx, state));
    }
    return wait;
  }

  private record State(Counter counter, int failures, long secondsBlocked) {}

  private static State lock(Tx tx, Counter counter) {
    String kind = counter.kind.text();
    tx.update(LimitsSql.ENSURE, OWNER.value(), kind, counter.subject);
    return tx.queryOne(
            LimitsSql.LOCK,
            row -> {
              long drained = row.longNumber("seconds_idle") / counter.kind.drain.toSeconds();
              long failures = Math.max(0, row.number("failures") - drained);
              return new State(
                  counter, Math.toIntExact(failures), row.longNumber("seconds_blocked"));
            },
            OWNER.value(),
            kind,
            counter.subject)
        .orElseThrow();
  }

  private static void count(Tx tx, State state) {
    int failures = state.failures + 1;
    tx.update(
        LimitsSql.COUNT,
        failures,
        Math.toIntExact(state.counter.kind.waitAfter(failures).toSeconds()),
        OWNER.value(),
        state.counter.kind.text(),
        state.counter.subject);
  }
}
