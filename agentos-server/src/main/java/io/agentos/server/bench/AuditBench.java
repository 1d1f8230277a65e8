package io.agentos.server.bench;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.checkpoints.AuditExport;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.checkpoints.SigningKey;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.store.Tx;
import io.agentos.server.cli.OfflineVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Appends to the hash chain, each in a transaction of its own, beside the insert of the same row
 * without a chain; then building checkpoints, exporting and verifying what was appended.
 */
public final class AuditBench {
  private static final int WRITERS = 16;
  private static final int PER_COMMIT = 500;
  private static final int ENTRIES_MIN = 50_000;
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final byte[] HASH = new byte[Audit.HASH_BYTES];
  private static final List<TenantId> TENANTS =
      IntStream.range(0, WRITERS).mapToObj(i -> new TenantId("bench-" + i)).toList();
  private static final Map<String, String> FACTS =
      Map.of("tool", "crm.post", "version", "7", "outcome", "committed", "bytes", "1824");

  private final Consumer<String> progress;
  private final int rounds;
  private final Audit audit = new Audit(InstantSource.system());

  /**
   * @param progress told what is measured next, a line each
   * @param rounds how often each rate of writing is taken, 1 to 20; the median is reported
   */
  public AuditBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  /** One way to write a row of a tenant. */
  private interface Writing extends BiConsumer<Tx, TenantId> {}

  /** The figures by name, in order. */
  public Map<String, Double> run(Path runtimes) throws SQLException, InterruptedException {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    Map<String, Double> figures = new LinkedHashMap<>();
    try (BenchStore store = new BenchStore(runtimes)) {
      prepare(store);
      progress.accept("warming up");
      write(store, WRITERS, true, this::append);
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round %d of %d".formatted(round, rounds));
        rate(rates, "1_writer", store, 1, false);
        rate(rates, "16_writers_1_tenant", store, WRITERS, false);
        rate(rates, "16_writers_16_tenants", store, WRITERS, true);
      }
      rates.forEach((name, values) -> figures.put(name, median(values)));
      for (String how : List.of("1_writer", "16_writers_1_tenant", "16_writers_16_tenants")) {
        figures.put(
            "ratio_chained_to_bare_" + how,
            median(rates.getOrDefault("chained_per_second_" + how, List.of()))
                / median(rates.getOrDefault("bare_per_second_" + how, List.of())));
      }
      read(store, figures);
    }
    return figures;
  }

  private void prepare(BenchStore store) throws SQLException {
    Identity identity = new Identity(store.database(), audit);
    TENANTS.forEach(identity::createTenant);
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(BenchSql.BARE_ENTRIES);
    }
  }

  private void rate(
      Map<String, List<Double>> rates, String how, BenchStore store, int writers, boolean apart)
      throws InterruptedException {
    rates
        .computeIfAbsent("chained_per_second_" + how, _ -> new ArrayList<>())
        .add(write(store, writers, apart, this::append));
    rates
        .computeIfAbsent("bare_per_second_" + how, _ -> new ArrayList<>())
        .add(write(store, writers, apart, AuditBench::insert));
  }

  private void append(Tx tx, TenantId tenant) {
    audit.append(
        tx, List.of(new AuditEntry(tenant, "tool.called", "agent:shop.clerk", "task_1", FACTS)));
  }

  private static void insert(Tx tx, TenantId tenant) {
    tx.update(BenchSql.BARE_ENTRY, tenant.value(), tenant.value(), HASH);
  }

  /** Rows per second of so many writers, each of a tenant of its own or all of one. */
  private static double write(BenchStore store, int writers, boolean apart, Writing writing)
      throws InterruptedException {
    AtomicLong written = new AtomicLong();
    long begin = System.nanoTime();
    long until = begin + TIME.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      TenantId tenant = apart ? TENANTS.get(i) : BenchStore.TENANT;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (System.nanoTime() < until) {
                  store.database().inTenantDo(tenant, tx -> writing.accept(tx, tenant));
                  written.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return written.get() / ((System.nanoTime() - begin) / 1e9);
  }

  /** What is made of a log of some size, on one thread each. */
  private void read(BenchStore store, Map<String, Double> figures) {
    progress.accept("filling a log");
    double batches = fill(store);
    figures.put("chained_per_second_500_a_commit", batches);
    Path folder = temporary();
    try (Checkpoints checkpoints =
        new Checkpoints(
            store.database(),
            audit,
            new Checkpoints.Settings(
                folder,
                SigningKey.of(SigningKey.random()),
                "bench",
                Duration.ofSeconds(10),
                1_000,
                null))) {
      progress.accept("checkpoint, export, verification");
      double build = seconds(() -> checkpoints.bringUpToDate(BenchStore.TENANT));
      Path export = folder.resolve("log.ndjson");
      double exported = seconds(() -> export(store, checkpoints, export));
      long[] entries = new long[1];
      double walked = seconds(() -> entries[0] = checkpoints.verify(BenchStore.TENANT).entries());
      double offline = seconds(() -> verify(folder, export));
      figures.put("entries", (double) entries[0]);
      figures.put("checkpointed_per_second", entries[0] / build);
      figures.put("exported_per_second", entries[0] / exported);
      figures.put("exported_mib_per_second", size(export) / (1 << 20) / exported);
      figures.put("walked_per_second", entries[0] / walked);
      figures.put("verified_offline_per_second", entries[0] / offline);
    } finally {
      delete(folder);
    }
  }

  private double fill(BenchStore store) {
    AuditEntry entry =
        new AuditEntry(BenchStore.TENANT, "tool.called", "agent:shop.clerk", "task_1", FACTS);
    List<AuditEntry> batch = IntStream.range(0, PER_COMMIT).mapToObj(_ -> entry).toList();
    double taken =
        seconds(() -> {
          for (int i = 0; i < ENTRIES_MIN; i += PER_COMMIT) {
            store.database().inTenantDo(BenchStore.TENANT, tx -> audit.append(tx, batch));
          }
        });
    return ENTRIES_MIN / taken;
  }

  private static void export(BenchStore store, Checkpoints checkpoints, Path file) {
    try (AuditExport.Document document =
            new AuditExport(store.database(), checkpoints)
                .log(BenchStore.TENANT, AuditExport.Part.WHOLE);
        OutputStream out = Files.newOutputStream(file)) {
      document.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void verify(Path folder, Path export) {
    String tenant = BenchStore.TENANT.value();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        OfflineVerifier.run(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            List.of(
                export.toString(),
                folder.resolve(tenant + ".txt").toString(),
                folder.resolve(tenant + ".pub").toString()));
    if (code != 0) {
      throw new IllegalStateException(said.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("agentos-bench-audit");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
  }
}
