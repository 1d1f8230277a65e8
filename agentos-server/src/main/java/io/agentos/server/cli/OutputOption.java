package io.agentos.server.cli;

import picocli.CommandLine.Option;

/** The option that says how a result is printed. */
final class OutputOption {
  /** A way to print. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text or json (default: text)")
  private Format format = Format.TEXT;

  boolean json() {
    return format == Format.JSON;
  }
}
