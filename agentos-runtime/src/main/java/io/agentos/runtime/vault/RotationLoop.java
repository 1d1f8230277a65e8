package io.agentos.runtime.vault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has all sealed values wrapped by the master key of now, while the server works, and says whether
 * the previous one is still needed. Looks again from time to time, for a node that runs with the
 * former key still seals under it.
 *
 * <p>Thread-safe.
 */
public final class RotationLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RotationLoop.class.getName());
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final Duration CLEAN = Duration.ofMinutes(10);

  private final MasterKeyRotation rotation;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile String state =
      "sealed values are being wrapped by vault.master_key; keep vault.previous_master_key";

  public RotationLoop(MasterKeyRotation rotation) {
    this.rotation = rotation;
    this.thread = Thread.ofVirtual().name("master-key").unstarted(this::run);
  }

  /** Begins to sweep. */
  public void start() {
    thread.start();
  }

  /** Whether the previous key is needed, for the operator. */
  public List<String> warnings() {
    return List.of(state);
  }

  /** Waits for the batch under way. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST;
    try {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = pass() ? CLEAN : AGAIN;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One sweep; whether it found nothing that needs the previous key. */
  boolean pass() {
    try {
      MasterKeyRotation.Tally found = rotation.sweep(() -> closing.getCount() == 0);
      String told = told(found);
      if (!told.equals(state)) {
        LOG.log(
            System.Logger.Level.INFO,
            "master key: looked at {0} sealed values, wrapped {1} anew; {2}",
            found.values(),
            found.rewrapped(),
            told);
      }
      state = told;
      return found.isClean();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "sealed values wait to be wrapped by vault.master_key; they are tried again: {0}",
          e.getMessage());
      return false;
    }
  }

  private static String told(MasterKeyRotation.Tally found) {
    if (found.shut() > 0) {
      return "%d sealed values open with neither vault.master_key nor vault.previous_master_key; keep both and see docs/sealing.md"
          .formatted(found.shut());
    }
    if (found.isClean()) {
      return "no sealed value is under vault.previous_master_key any more; it may be dropped";
    }
    return "%d sealed values were under vault.previous_master_key at the last look; keep it until this says none"
        .formatted(found.rewrapped() + found.left());
  }
}
