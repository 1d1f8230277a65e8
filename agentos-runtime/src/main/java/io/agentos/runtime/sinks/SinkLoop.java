package io.agentos.runtime.sinks;

import io.agentos.runtime.store.Database;
import io.agentos.spi.AuditSink;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells one sink, again and again, on a thread of its own.
 *
 * <p>Thread-safe.
 */
final class SinkLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SinkLoop.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

  /** From here on a sink that fails at nothing is said to be behind. */
  private static final long BEHIND_MIN = 10_000;

  private final Database database;
  private final AuditSink sink;
  private final SinkDelivery delivery;
  private final Duration patience;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile String warning = "";
  private long lookedAtNanos;
  private boolean looked;

  SinkLoop(Database database, AuditSink sink, AuditSinks.Settings settings, UUID node) {
    this.database = database;
    this.sink = sink;
    this.delivery = new SinkDelivery(database, sink, settings, node);
    this.patience = settings.callMax().plusSeconds(5);
    this.thread = Thread.ofVirtual().name("audit-sink-loop-" + sink.id()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What an operator must know; empty for nothing. */
  Optional<String> warning() {
    return warning.isEmpty() ? Optional.empty() : Optional.of(warning);
  }

  /** Waits for the call under way. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      boolean more = false;
      while (!closing.await(more ? 0 : PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        more = look();
      }
      delivery.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the lease of an audit sink runs out by itself", e);
    }
  }

  /** Whether there may be more to tell at once. */
  private boolean look() throws InterruptedException {
    try {
      SinkDelivery.Pass pass = delivery.pass();
      if (pass.failed() > 0 || !warning.isEmpty() || isTime()) {
        lag();
      }
      return pass.taken() > 0;
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "audit sink {0} waits and is tried again: {1}",
          sink.id(),
          e.getMessage());
      return false;
    }
  }

  private record Lag(long behind, int failing, String problem) {}

  private void lag() {
    Lag lag =
        database
            .inAuditor(tx ->
                tx.queryOne(
                    SinksSql.LAG,
                    row ->
                        new Lag(
                            row.longNumber("behind"), row.number("failing"), row.text("problem")),
                    sink.id()))
            .orElseThrow();
    boolean told = lag.failing > 0 || lag.behind >= BEHIND_MIN;
    String now =
        told
            ? "audit sink %s is %d entries behind%s"
                .formatted(sink.id(), lag.behind, lag.problem.isEmpty() ? "" : ": " + lag.problem)
            : "";
    if (told && (isTime() || warning.isEmpty())) {
      LOG.log(System.Logger.Level.WARNING, "{0}", now);
      lookedAtNanos = System.nanoTime();
    } else if (!told) {
      lookedAtNanos = System.nanoTime();
    }
    looked = true;
    warning = now;
  }

  private boolean isTime() {
    return !looked || System.nanoTime() - lookedAtNanos > TOLD_AGAIN.toNanos();
  }
}
