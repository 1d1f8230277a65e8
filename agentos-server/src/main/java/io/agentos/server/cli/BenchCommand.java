package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agentos bench}. */
@Command(
    name = "bench",
    description = "Run the benchmarks and print their report.",
    footer = {"%nExample:", "  agentos bench"})
final class BenchCommand implements Callable<Integer> {
  private final Bench bench;

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "for the benchmarks")
  private List<String> arguments = new ArrayList<>();

  BenchCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return bench.run(arguments);
  }
}
