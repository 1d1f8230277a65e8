package io.agentos.server.cli;

import picocli.CommandLine.Option;

/** The option that says how many objects are listed at most. */
final class ListLimit {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "at most so many (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  int limit() {
    return checked(limit);
  }

  /** A limit that may be used. */
  static int checked(int limit) {
    if (limit < 1 || limit > Session.LIST_LENGTH_MAX) {
      throw new CliException(
          ExitCode.USAGE,
          "--limit is %d; allowed is 1 to %d.".formatted(limit, Session.LIST_LENGTH_MAX));
    }
    return limit;
  }
}
