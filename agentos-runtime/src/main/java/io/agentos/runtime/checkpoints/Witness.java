package io.agentos.runtime.checkpoints;

import io.agentos.api.TenantId;
import io.agentos.runtime.merkle.Hash;
import io.agentos.runtime.merkle.Proofs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAUSES_AFTER_FAILURE = 10;
  private static final int ANSWER_BYTES_MAX = 16_384;

  private final URI url;
  private final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Map<TenantId, String> waiting = new LinkedHashMap<>();
  private final Map<TenantId, Long> told = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("witness").unstarted(this::run);
  private volatile String problem = "";

  /**
   * @param url of the witness's {@code add-checkpoint}
   * @param folder of the kept trees
   */
  Witness(URI url, Path folder) {
    this.url = url;
    this.folder = folder;
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
        thread.join(CONNECT_MAX.plus(ANSWER_MAX).toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
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
  boolean pass() throws InterruptedException {
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
  private String send(TenantId tenant, String note) throws InterruptedException {
    Checkpoint checkpoint = Checkpoint.of(note).orElseThrow();
    try {
      HttpResponse<InputStream> answer = post(tenant, checkpoint, note);
      String said = text(answer);
      if (answer.statusCode() == 409 && said.strip().matches("[0-9]{1,18}")) {
        told.put(tenant, Long.parseLong(said.strip()));
        answer = post(tenant, checkpoint, note);
        text(answer);
      }
      if (answer.statusCode() / 100 != 2) {
        return "the witness answered %d".formatted(answer.statusCode());
      }
      told.put(tenant, checkpoint.size());
      return "";
    } catch (IOException | UncheckedIOException e) {
      return "the witness does not answer (%s)".formatted(e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      return "the witness knows a longer log than this one";
    }
  }

  private HttpResponse<InputStream> post(TenantId tenant, Checkpoint checkpoint, String note)
      throws IOException, InterruptedException {
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
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream in = answer.body()) {
      return new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
    }
  }
}
