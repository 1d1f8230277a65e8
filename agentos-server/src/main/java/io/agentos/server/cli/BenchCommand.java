package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code agentos bench}. */
@Command(
    name = "bench",
    description = {
      "Run the benchmarks and print their report.",
      "All of them where none is named:",
      "  durable   steps and commits per second, submit to finished",
      "  budget    calls per second that reserve and settle, beside one bare UPDATE",
      "  audit     appends to the hash chain beside bare inserts; checkpoint, export, verification",
      "  parked    tasks that wait for people: threads, memory, decision to end",
      "  start     from the command to the first answer",
      "  kill      a kill switch on 1,000 running tasks: acknowledged, interrupted, held",
      "  policy    a decision with 200 rules, with and without conditions (JMH)",
      "  redaction texts of 1 to 64 KiB, against plain regular expressions (JMH)",
      "  routing   which agent a task is for, over all packs: a sentence, an input, a megabyte",
      "  gateway   a model call: direct, through the model router, through Portkey (needs npm)"
    },
    footer = {
      "%nExamples:",
      "  agentos bench durable rounds=5",
      "  # its memory over a million calls",
      "  agentos bench gateway rounds=3 requests=1000000",
      "  agentos bench start json"
    })
final class BenchCommand implements Callable<Integer> {
  private final Bench bench;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "NAME..., rounds=N, requests=N, json")
  private List<String> arguments = new ArrayList<>();

  BenchCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    return bench.run(arguments);
  }
}
