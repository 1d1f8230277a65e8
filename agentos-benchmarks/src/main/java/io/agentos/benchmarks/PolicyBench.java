package io.agentos.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** How long a decision with 200 rules takes, measured by JMH in sample time, in this process. */
public final class PolicyBench {
  private static final int WARMUPS = 5;
  private static final double MICROS_PER_SECOND = 1_000_000;

  private PolicyBench() {}

  /**
   * The figures by name, in microseconds where they say so.
   *
   * @param rounds of two seconds each
   */
  public static Map<String, Double> run(Consumer<String> progress, int rounds) {
    progress.accept("policy: 3 sets of rules, each %d rounds of 2 s".formatted(WARMUPS + rounds));
    Options options =
        new OptionsBuilder()
            .include(PolicyBenchmark.class.getSimpleName() + "\\.decide")
            .forks(0)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.seconds(2))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    Map<String, Double> figures = new LinkedHashMap<>();
    try {
      for (RunResult result : new Runner(options).run()) {
        String rules = result.getParams().getParam("rules");
        Statistics times = result.getPrimaryResult().getStatistics();
        figures.put(rules + "_p50_us", times.getPercentile(50));
        figures.put(rules + "_p99_us", times.getPercentile(99));
        figures.put(rules + "_decisions_per_s", MICROS_PER_SECOND / times.getMean());
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run", e);
    }
    figures.put(
        "conditions_to_match_p50",
        figures.getOrDefault("conditions_p50_us", 0.0)
            / Math.max(0.001, figures.getOrDefault("match_p50_us", 0.0)));
    return figures;
  }
}
