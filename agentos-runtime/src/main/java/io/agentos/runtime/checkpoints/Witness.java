package io.agentos.runtime.checkpoints;

import io.agentos.api.AgentOsException;
import io.agentos.api.TenantId;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.Proofs;
import io.agentos.spi.Egress;
import io.agentos.spi.Egress.HttpAnswer;
import io.agentos.spi.Egress.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells somebody elsewhere each newest checkpoint, with the proof that it follows the one told
 * before, as in C2SP tlog-witness. Nothing waits for it: a checkpoint that is newer takes the place
 * of one that was not told yet, and what fails is tried again.
 *
 * <p>Thread-safe.
 */
final class Witness implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Witness.class.getName());
  private static final Duration CALL_MAX = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAUSES_AFTER_FAILURE = 10;
  private static final int ANSWER_BYTES_MAX = 16_384;

  /** How a witness says that it knows another checkpoint, and which. */
  private static final int CONFLICT = 409;

  private final URI url;
  private final Path folder;
  private final Egress egress;
  private final Map<TenantId, String> waiting = new LinkedHashMap<>();
  private final Map<TenantId, Long> told = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("witness").unstarted(this::run);
  private volatile String problem = "";

  /**
   * @param url of the witness's {@code add-checkpoint}
   * @param folder of the kept trees
   * @param egress the way out, which refuses what is inside unless the operator listed it
   */
  Witness(URI url, Path folder, Egress egress) {
    this.url = url;
    this.folder = folder;
    this.egress = egress;
  }

  void start() {
    thread.start();
  }

  /** Has a checkpoint told, soon. */
  void tell(TenantId tenant, String note) {
    synchronized (waiting) {
      waiting.put(tenant, note);
    }
  }

  /** Why it was not told; empty when it was. */
  String problem() {
    return problem;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(CALL_MAX.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int pauses = 1;
    try {
      while (!closing.await(PAUSE.toMillis() * pauses, TimeUnit.MILLISECONDS)) {
        pauses = pass() ? 1 : PAUSES_AFTER_FAILURE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells what waits; no when it was not heard. Package-private for tests. */
  boolean pass() {
    Map<TenantId, String> now;
    synchronized (waiting) {
      now = new LinkedHashMap<>(waiting);
    }
    for (Map.Entry<TenantId, String> one : now.entrySet()) {
      String failed = send(one.getKey(), one.getValue());
      if (!failed.isEmpty()) {
        if (problem.isEmpty()) {
          LOG.log(
              System.Logger.Level.WARNING,
              "the witness was not told: {0} tenant={1}; it is tried again",
              failed,
              one.getKey());
        }
        problem = failed;
        return false;
      }
      synchronized (waiting) {
        waiting.remove(one.getKey(), one.getValue());
      }
    }
    if (!now.isEmpty()) {
      problem = "";
    }
    return true;
  }

  /** Sends one; once more when the witness says which one it knows. */
  private String send(TenantId tenant, String note) {
    Checkpoint checkpoint = Checkpoint.of(note).orElseThrow();
    try {
      HttpAnswer answer = post(tenant, checkpoint, note);
      String said = answer.body().strip();
      if (answer.status() == CONFLICT && said.matches("[0-9]{1,18}")) {
        told.put(tenant, Long.parseLong(said));
        answer = post(tenant, checkpoint, note);
      }
      if (answer.status() / 100 != 2) {
        return "the witness answered %d".formatted(answer.status());
      }
      told.put(tenant, checkpoint.size());
      return "";
    } catch (AgentOsException e) {
      return "the witness is not reached: " + e.detail();
    } catch (IOException | UncheckedIOException e) {
      return "the tree of the log cannot be read (%s)".formatted(e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      return "the witness knows a longer log than this one";
    }
  }

  private HttpAnswer post(TenantId tenant, Checkpoint checkpoint, String note) throws IOException {
    long old = told.getOrDefault(tenant, 0L);
    StringBuilder body = new StringBuilder("old %d\n".formatted(old));
    if (old > 0) {
      try (TreeFile tree = TreeFile.read(new KeptFiles(folder, tenant).tree())) {
        for (Hash hash : Proofs.consistency(old, checkpoint.size(), tree)) {
          body.append(hash).append('\n');
        }
      }
    }
    body.append('\n').append(note);
    return egress.call(
        new HttpCall(
            "POST",
            url.toString(),
            Map.of("Content-Type", "text/plain; charset=utf-8"),
            body.toString(),
            CALL_MAX,
            ANSWER_BYTES_MAX));
  }
}
