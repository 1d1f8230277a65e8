package io.agentos.server.bench;

import io.agentos.api.TaskId;
import io.agentos.runtime.durable.TaskFeed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Steps per second of the durable engine, beside the rate of plain single-row commits on the same
 * Postgres in the same run, which is the ceiling of an engine that commits each step by itself.
 */
public final class DurableBench {
  private static final int STEPS = 6;
  private static final int PLAIN_CONNECTIONS = 8;
  private static final Duration PLAIN_TIME = Duration.ofSeconds(4);
  private static final int LONE_TASKS = 300;
  private static final long WAIT_MINUTES_MAX = 10;

  private final Consumer<String> progress;
  private final int rounds;

  /**
   * @param progress told what is measured next, a line each
   * @param rounds how often each figure is taken, 1 to 20; the median is reported
   */
  public DurableBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  /** The figures by name, in order; times in milliseconds. */
  public Map<String, Double> run(Path runtimes) throws SQLException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (BenchStore store = new BenchStore(runtimes)) {
      progress.accept("warming up");
      drain(store, 64, 1_000);
      drain(store, 512, 4_000);
      List<Double> plain = new ArrayList<>();
      List<Double> at64 = new ArrayList<>();
      List<Double> at512 = new ArrayList<>();
      List<Double> perCommit = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        progress.accept("round %d of %d".formatted(round, rounds));
        plain.add(plainCommits(store));
        at64.add(drain(store, 64, 2_000).stepsPerSecond);
        Drain wide = drain(store, 512, 8_000);
        at512.add(wide.stepsPerSecond);
        perCommit.add(wide.stepsPerCommit);
      }
      figures.put("plain_commits_per_second_8_connections", median(plain));
      figures.put("steps_per_second_64_tasks", median(at64));
      figures.put("steps_per_second_512_tasks", median(at512));
      figures.put("steps_per_commit_512_tasks", median(perCommit));
      figures.put("ratio_512_to_plain", median(at512) / median(plain));
      progress.accept("one task at a time");
      double[] lone = loneTasks(store);
      figures.put("submit_to_finished_p50_ms", lone[lone.length / 2]);
      figures.put("submit_to_finished_p99_ms", lone[lone.length * 99 / 100]);
    }
    return figures;
  }

  private record Drain(double stepsPerSecond, double stepsPerCommit) {}

  /** Runs {@code tasks} queued tasks of six effects each, at most {@code concurrent} at once. */
  private static Drain drain(BenchStore store, int concurrent, int tasks)
      throws SQLException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(tasks);
    String version = "bench-" + UUID.randomUUID();
    store.submit(tasks, version);
    StepProgram program = new StepProgram(version, store.stateStore(), STEPS, ended);
    try (BenchStore.Node node = store.node(program, concurrent)) {
      long commitsBefore = commits(store);
      long begin = System.nanoTime();
      node.worker().start();
      if (!ended.await(WAIT_MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the tasks did not end within ten minutes");
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      double commits = Math.max(1, commits(store) - commitsBefore);
      return new Drain(tasks * STEPS / seconds, tasks * STEPS / commits);
    }
  }

  /** Transactions that Postgres has committed; its statistics lag by up to a second. */
  private static long commits(BenchStore store) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(BenchSql.COMMITS)) {
      found.next();
      return found.getLong(2);
    }
  }

  private static double plainCommits(BenchStore store) throws SQLException, InterruptedException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(BenchSql.PLAIN_TABLE);
    }
    AtomicLong commits = new AtomicLong();
    long until = System.nanoTime() + PLAIN_TIME.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PLAIN_CONNECTIONS; i++) {
      threads.add(Thread.ofVirtual().start(() -> plainCommits(store, until, commits)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return commits.get() / (PLAIN_TIME.toMillis() / 1e3);
  }

  private static void plainCommits(BenchStore store, long until, AtomicLong commits) {
    try (Connection connection = store.connect();
        PreparedStatement insert = connection.prepareStatement(BenchSql.PLAIN_INSERT)) {
      for (int i = 0; System.nanoTime() < until; i++) {
        insert.setObject(1, UUID.randomUUID());
        insert.setInt(2, i);
        insert.executeUpdate();
        commits.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("plain commits failed", e);
    }
  }

  /** Milliseconds from submit to finished of a task with one effect on an idle node, sorted. */
  private static double[] loneTasks(BenchStore store) throws InterruptedException {
    double[] millis = new double[LONE_TASKS];
    CountDownLatch ended = new CountDownLatch(LONE_TASKS);
    String version = "bench-lone";
    StepProgram program = new StepProgram(version, store.stateStore(), 1, ended);
    try (BenchStore.Node node = store.node(program, 512)) {
      node.worker().start();
      for (int i = 0; i < LONE_TASKS; i++) {
        long left = ended.getCount();
        long begin = System.nanoTime();
        TaskId task = store.submit(1, version).getFirst();
        try (TaskFeed.Follower follower = store.feed().follow(task)) {
          while (ended.getCount() == left) {
            follower.await(Duration.ofMillis(1));
          }
        }
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
  }
}
