package io.agentos.server.cli;

import io.agentos.server.config.ConfigLoader.Flag;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server is meant. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration (default: agentos.yaml here or in the data directory)")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data directory (default: ~/.agentos/data)")
  private @Nullable String data;

  /** The file asked for; null for none. */
  @Nullable Path file() {
    return file;
  }

  /** What was given on the command line. */
  List<Flag> flags() {
    return data == null ? List.of() : List.of(new Flag("--data", "data.directory", data));
  }
}
