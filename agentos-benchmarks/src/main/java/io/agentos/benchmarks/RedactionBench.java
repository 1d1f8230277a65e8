package io.agentos.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** How long redaction takes, measured by JMH in sample time, in this process. */
public final class RedactionBench {
  private static final int WARMUPS = 3;

  private RedactionBench() {}

  /**
   * The figures by name, in microseconds where they say so.
   *
   * @param rounds of two seconds each
   */
  public static Map<String, Double> run(Consumer<String> progress, int rounds) {
    progress.accept(
        "redaction: 2 ways, 4 lengths, each %d rounds of 2 s".formatted(WARMUPS + rounds));
    Options options =
        new OptionsBuilder()
            .include(RedactionBenchmark.class.getSimpleName() + "\\.(redact|patterns)")
            .forks(0)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.seconds(2))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    Map<String, Double> figures = new TreeMap<>();
    try {
      for (RunResult result : new Runner(options).run()) {
        String way = result.getPrimaryResult().getLabel();
        String size = result.getParams().getParam("size");
        Statistics times = result.getPrimaryResult().getStatistics();
        figures.put("%s_%s_kib_p50_us".formatted(way, size), times.getPercentile(50));
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run", e);
    }
    figures.put("ratio_64_to_4_kib", ratio(figures, "redact_64_kib", "redact_4_kib"));
    figures.put("ratio_patterns_to_redact", ratio(figures, "patterns_4_kib", "redact_4_kib"));
    return figures;
  }

  private static double ratio(Map<String, Double> figures, String one, String other) {
    return figures.getOrDefault(one + "_p50_us", 0.0)
        / Math.max(0.001, figures.getOrDefault(other + "_p50_us", 0.0));
  }
}
