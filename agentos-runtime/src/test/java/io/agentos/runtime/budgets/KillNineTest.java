package io.agentos.runtime.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.TestStore;
import io.agentos.runtime.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes of 50 workers each that share a dollar; all but one are killed with -9 on their way.
 */
final class KillNineTest {
  private static final long CAP = 1_000_000;
  private static final int PROCESSES = 4;
  private static final int WORKERS = 50;
  private static final long SEED = 20_261_123;

  private final TestStore store = new TestStore();
  private final Spending spending = new Spending(store);
  private final AtomicLong paidOutside = new AtomicLong();
  private final AtomicLong killed = new AtomicLong();
  private final CountDownLatch oneDied = new CountDownLatch(1);

  @Test
  @Timeout(120)
  void processesKilledBetweenReserveAndSettle_neverPassTheCap_andLeaveNothingReserved()
      throws InterruptedException, IOException {
    Budget budget = spending.set(Scope.TENANT, "", Period.MONTH, CAP);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong looks = new AtomicLong();
    AtomicLong tooMuch = new AtomicLong();
    Thread reader = Thread.ofVirtual().start(() -> watch(over, looks, tooMuch));
    List<Thread> followers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 1; i < PROCESSES; i++) {
      followers.add(followed(SEED + 1_000L * i, random.nextInt(10, 40)));
    }
    // The one that lives comes when one has died, or it could spend all before any does.
    TestStore.await(oneDied);
    followers.add(followed(SEED, Integer.MAX_VALUE));
    for (Thread follower : followers) {
      follower.join();
    }
    try (Budgets budgets = new Budgets(store.database(), store.audit())) {
      budgets.settleAll();
      over.set(true);
      reader.join();
    }
    String[] rest = spending.window(budget).split(" ", -1);
    assertThat(killed.get()).isPositive();
    assertThat(looks.get()).isPositive();
    assertThat(tooMuch.get()).isZero();
    assertThat(rest[2]).as("reserved at rest").isEqualTo("0");
    assertThat(rest[3]).as("overdraft").isEqualTo("0");
    assertThat(Long.parseLong(rest[1])).isBetween(paidOutside.get(), CAP);
    assertThat(Long.parseLong(rest[1])).isGreaterThan(CAP * 95 / 100);
    store.close();
  }

  private Thread followed(long seed, int linesMax) throws IOException {
    UUID node = UUID.randomUUID();
    Process process = start(node, seed);
    return Thread.ofVirtual().start(() -> follow(process, node, linesMax));
  }

  private Process start(UUID node, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SpendingProcess.class.getName(),
            store.settings().jdbcUrl(),
            store.settings().user(),
            store.settings().password(),
            node.toString(),
            String.valueOf(seed),
            String.valueOf(WORKERS))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Adds up what a process pays, and kills it after some payments. */
  private void follow(Process process, UUID node, int linesMax) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int read = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("paid ")) {
          paidOutside.addAndGet(Long.parseLong(line.substring("paid ".length())));
          read++;
        }
        if (read == linesMax) {
          killed.incrementAndGet();
          // Not by the process itself, which would close its output, and hide what it has paid.
          process.toHandle().destroyForcibly();
          oneDied.countDown();
        }
      }
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new AssertionError("the process does not end");
      }
      spending.takeOver(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(AtomicBoolean over, AtomicLong looks, AtomicLong tooMuch) {
    try (Database database = new Database(store.settings())) {
      while (!over.get()) {
        boolean above =
            database.inTenant(
                TestStore.ACME,
                tx ->
                    tx.query(
                            "select committed + reserved > %d as above from budget_window"
                                .formatted(CAP),
                            row -> row.flag("above"))
                        .contains(true));
        looks.incrementAndGet();
        tooMuch.addAndGet(above ? 1 : 0);
      }
    }
  }
}
