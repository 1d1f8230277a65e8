package io.agentos.server.cli;

import java.util.List;

/** The benchmarks. */
@FunctionalInterface
public interface Bench {
  /** Runs those that the arguments ask for, prints their report and gives the exit code. */
  int run(List<String> arguments);
}
