package io.agentos.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code agentos test}, which the launcher runs: the jar holds neither sources nor tests. */
@Command(
    name = "test",
    description = "Run the whole test suite, exactly what CI runs.",
    footer = {"%nExample:", "  ./agentos test"})
final class TestCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new CliException(
        ExitCode.USAGE, "The tests run from a checkout of the sources: ./agentos test");
  }
}
