package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the server is ready, without asking more than once a second and without waiting
 * long: what asks Postgres may hang as long as Postgres does.
 *
 * <p>Thread-safe.
 */
final class ReadinessProbe {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_MILLIS = 2_000;
  private static final String SILENT = "Postgres does not answer; try again.";

  private final Readiness readiness;
  private final AtomicReference<@Nullable CountDownLatch> look = new AtomicReference<>();
  private volatile Finding last = new Finding(SILENT, System.nanoTime() - FRESH_NANOS);

  ReadinessProbe(Readiness readiness) {
    this.readiness = readiness;
  }

  private record Finding(String missing, long atNanos) {
    boolean isFresh() {
      return System.nanoTime() - atNanos < FRESH_NANOS;
    }
  }

  /** What is missing; empty when nothing is. */
  String missing() {
    if (last.isFresh()) {
      return last.missing;
    }
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch underWay = look.compareAndExchange(null, mine);
    if (underWay == null) {
      Thread.ofVirtual().name("readiness").start(() -> look(mine));
    }
    try {
      CountDownLatch awaited = underWay == null ? mine : underWay;
      return awaited.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) ? last.missing : SILENT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SILENT;
    }
  }

  private void look(CountDownLatch done) {
    String missing = SILENT;
    try {
      readiness.check();
      missing = "";
    } catch (AgentOsException e) {
      missing = e.detail();
    } finally {
      last = new Finding(missing, System.nanoTime());
      look.set(null);
      done.countDown();
    }
  }
}
