package io.agentos.server.bench;

import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.definitions.PackLoader;
import io.agentos.runtime.routing.Analysis;
import io.agentos.runtime.routing.TaskRouter;
import io.agentos.server.config.BuiltIn;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long it takes to find the agent of a task over all built-in packs: of a sentence, of a
 * sentence with an input, and of a text of a megabyte.
 */
final class RoutingBench {
  private static final Request.Target ANYBODY = new Request.Target(null, null, null);
  private static final int WARM_UP_ROUNDS = 40;
  private static final int WARM_UP_LEAST = 3_000;
  private static final int TIMES_LEAST = 1_000;
  private static final int ROUNDS_EACH = 40;
  private static final int LONG_TEXT = 1_000_000;
  private static final double NANOS_PER_MICRO = 1_000.0;
  private static final double NANOS_PER_MILLI = 1_000_000.0;
  private static final String LINE = "2026-03-01 02:11:09 ERROR the pool of orders is exhausted\n";

  /** By the clock, and by what the thread was given of a processor: machines are busy. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  private record Times(long[] wall, long[] processor) {}

  private final Consumer<String> progress;
  private final int rounds;

  RoutingBench(Consumer<String> progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  Map<String, Double> run() {
    List<PackDefinition> packs;
    try (BuiltIn builtIn = BuiltIn.open(System.getenv())) {
      packs = PackLoader.load(builtIn.folder("packs"));
    }
    TaskRouter router = new TaskRouter();
    long begin = System.nanoTime();
    found(router.analyse(ANYBODY, new TaskInput.Text("begin"), packs));
    double first = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    List<TaskInput> sentences = sentences(packs);
    List<TaskInput> inputs = sentences.stream().map(RoutingBench::withInput).toList();
    String lines = LINE.repeat(LONG_TEXT / LINE.length());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("agents", (double) packs.stream().mapToInt(pack -> pack.agents().size()).sum());
    figures.put("index_and_first_ms", first);
    measure(figures, "sentence", router, packs, sentences);
    measure(figures, "input", router, packs, inputs);
    measure(figures, "megabyte", router, packs, List.of(new TaskInput.Text(lines)));
    return figures;
  }

  private void measure(
      Map<String, Double> figures,
      String name,
      TaskRouter router,
      List<PackDefinition> packs,
      List<TaskInput> inputs) {
    progress.accept("%s: %d different tasks".formatted(name, inputs.size()));
    var _ = times(router, packs, inputs, Math.max(WARM_UP_ROUNDS, WARM_UP_LEAST / inputs.size()));
    Times times =
        times(router, packs, inputs, rounds * Math.max(ROUNDS_EACH, TIMES_LEAST / inputs.size()));
    put(figures, name, "", times.wall());
    put(figures, name, "_processor", times.processor());
  }

  private static void put(Map<String, Double> figures, String name, String of, long[] nanos) {
    Arrays.sort(nanos);
    figures.put(name + of + "_p50_us", nanos[nanos.length / 2] / NANOS_PER_MICRO);
    figures.put(name + of + "_p99_us", nanos[nanos.length * 99 / 100] / NANOS_PER_MICRO);
  }

  private static Times times(
      TaskRouter router, List<PackDefinition> packs, List<TaskInput> inputs, int times) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long[] wall = new long[inputs.size() * times];
    long[] processor = new long[wall.length];
    for (int i = 0; i < wall.length; i++) {
      TaskInput input = inputs.get(i % inputs.size());
      long used = thread.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      found(router.analyse(ANYBODY, input, packs));
      wall[i] = System.nanoTime() - begin;
      processor[i] = thread.getCurrentThreadCpuTime() - used;
    }
    return new Times(wall, processor);
  }

  /** What the agents themselves name as their tasks. */
  private static List<TaskInput> sentences(List<PackDefinition> packs) {
    List<TaskInput> sentences = new ArrayList<>();
    for (PackDefinition pack : packs) {
      for (AgentDefinition agent : pack.agents()) {
        sentences.add(new TaskInput.Text(agent.description()));
        agent.hints().examples().forEach(text -> sentences.add(new TaskInput.Text(text)));
      }
    }
    return sentences;
  }

  private static TaskInput withInput(TaskInput sentence) {
    return new TaskInput.Fields(Map.of("text", sentence.text(), "log", LINE.repeat(100)));
  }

  /** Keeps the compiler from leaving out what nobody reads. */
  private static void found(Analysis analysis) {
    if (analysis.reason().isEmpty()) {
      throw new IllegalStateException("a route without a reason");
    }
  }
}
