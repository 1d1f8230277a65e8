package io.agentos.server.bench;

import io.agentos.api.TaskId;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.server.bench.StoppableProgram.Marks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How soon a kill switch on a tool stops a thousand tasks that run on two nodes: nine of ten wait
 * inside a call, the others make one call after the other.
 */
final class KillBench {
  private static final int TASKS = 1_000;
  private static final int ROUNDS_MIN = 10;
  private static final long LOOK_NANOS = 500_000;
  private static final long WAIT_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);

  private final Consumer<String> progress;
  private final int rounds;

  KillBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = Math.max(ROUNDS_MIN, rounds);
  }

  /** Milliseconds of all rounds. */
  private static final class Figures {
    private final List<Double> taken = new ArrayList<>();
    private final List<Double> interrupted = new ArrayList<>();
    private final List<Double> last = new ArrayList<>();
    private final List<Double> held = new ArrayList<>();
    private long begunAfter;
  }

  Map<String, Double> run(Path runtimes) {
    Figures figures = new Figures();
    try (BenchStore store = new BenchStore(runtimes)) {
      progress.accept("warming up");
      round(store, new Figures());
      for (int i = 1; i <= rounds; i++) {
        progress.accept("round %d of %d".formatted(i, rounds));
        round(store, figures);
      }
    }
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("running_tasks", (double) TASKS);
    report.put("rounds", (double) rounds);
    put(report, "acknowledged", figures.taken);
    put(report, "effect_interrupted", figures.interrupted);
    put(report, "last_effect_interrupted", figures.last);
    put(report, "all_held", figures.held);
    report.put("effects_begun_after_acknowledgement", (double) figures.begunAfter);
    return report;
  }

  private static void round(BenchStore store, Figures figures) {
    Marks marks = new Marks(TASKS);
    String version = "bench-kill-" + UUID.randomUUID();
    KillSwitches switches = store.killSwitches();
    StoppableProgram first = new StoppableProgram(version, store.stateStore(), marks, "a");
    StoppableProgram second = new StoppableProgram(version, store.stateStore(), marks, "b");
    try (BenchStore.Node a = store.nodeApart(first, TASKS * 6 / 10, "a");
        BenchStore.Node b = store.nodeApart(second, TASKS * 6 / 10, "b")) {
      a.worker().start();
      b.worker().start();
      List<TaskId> tasks = store.submit(TASKS, version);
      until(() -> marks.running() == 0);
      long ordered = System.nanoTime();
      KillSwitch kill = engage(store, switches);
      for (int node = 1; node <= 2; node++) {
        int words = node;
        until(() -> switches.acknowledgements(BenchStore.TENANT, kill.id()).size() >= words);
        figures.taken.add(millisSince(ordered));
      }
      until(() -> held(switches, kill) == TASKS);
      figures.held.add(millisSince(ordered));
      marks.interrupted().forEach(at -> figures.interrupted.add((at - ordered) / 1e6));
      figures.last.add(
          (marks.interrupted().stream().mapToLong(at -> at).max().orElse(ordered) - ordered) / 1e6);
      figures.begunAfter += begunAfter(store, kill, marks, Map.of(a.id(), "a", b.id(), "b"));
      marks.open();
      store
          .database()
          .inControl(
              BenchStore.TENANT, tx -> switches.release(tx, BenchStore.TENANT, kill.id(), "bench"));
      until(() -> marks.ended() >= tasks.size());
    }
  }

  private static KillSwitch engage(BenchStore store, KillSwitches switches) {
    KillSwitches.Order order =
        new KillSwitches.Order(
            KillSwitch.Scope.TOOL, StoppableProgram.TOOL, "It is measured.", "bench");
    return store
        .database()
        .inControl(BenchStore.TENANT, tx -> switches.engage(tx, BenchStore.TENANT, order));
  }

  /** Effects that began after the moment their own node's word carries. */
  private static long begunAfter(
      BenchStore store, KillSwitch kill, Marks marks, Map<UUID, String> nodes) {
    return store.acknowledged(kill.id()).entrySet().stream()
        .mapToLong(word -> marks.begunAfter(nodes.getOrDefault(word.getKey(), ""), word.getValue()))
        .sum();
  }

  private static long held(KillSwitches switches, KillSwitch kill) {
    KillSwitches.Held none = KillSwitches.Held.NONE;
    return switches
        .held(BenchStore.TENANT, List.of(kill.id()))
        .getOrDefault(kill.id(), none)
        .tasks();
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static void until(BooleanSupplier so) {
    long end = System.nanoTime() + WAIT_NANOS_MAX;
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the tasks did not get there within five minutes");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static void put(Map<String, Double> report, String name, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    report.put(name + "_p50_ms", sorted.get(sorted.size() / 2));
    report.put(name + "_p99_ms", sorted.get(sorted.size() * 99 / 100));
    report.put(name + "_max_ms", sorted.getLast());
  }
}
