package io.agentos.server.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret's value from where nobody sees it: a variable, a file, a pipe, or a terminal that
 * does not echo. Never from an argument, which every process of the machine could read.
 */
final class SecretValue {
  private static final int LENGTH_MAX = 100_000;

  private final Surroundings surroundings;

  SecretValue(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The value, without a line feed at its end.
   *
   * @param from {@code env:NAME} or {@code file:PATH}; null for the standard input
   */
  String read(@Nullable String from) {
    String value;
    if (from == null) {
      value = surroundings.terminal().typed() ? typed() : piped();
    } else if (from.startsWith("env:")) {
      value = variable(from.substring("env:".length()));
    } else if (from.startsWith("file:")) {
      value = file(from.substring("file:".length()));
    } else {
      throw new CliException(
          ExitCode.USAGE,
          "--from takes env:NAME or file:PATH. A value itself is not given on the command line, where others see it.");
    }
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "The value is empty; nothing was changed.");
    }
    return stripped;
  }

  private String variable(String name) {
    String value = surroundings.variable(name);
    if (value.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "The variable %s is not set.".formatted(name));
    }
    return value;
  }

  private String file(String name) {
    Path path = surroundings.workingDirectory().resolve(name);
    try {
      if (Files.size(path) > LENGTH_MAX) {
        throw new CliException(
            ExitCode.USAGE, "%s is longer than a secret may be.".formatted(path));
      }
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "%s cannot be read as UTF-8 (%s).".formatted(path, e.getClass().getSimpleName()));
    }
  }

  private String piped() {
    try {
      BufferedReader in = surroundings.terminal().in();
      char[] buffer = new char[LENGTH_MAX];
      int length = 0;
      int read = in.read(buffer, 0, LENGTH_MAX);
      while (read > 0) {
        length += read;
        read = in.read(buffer, length, LENGTH_MAX - length);
      }
      return new String(buffer, 0, length);
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "The standard input cannot be read.");
    }
  }

  /** Asks without an echo; where that is not possible, not at all. */
  private static String typed() {
    return Optional.ofNullable(System.console())
        .map(Console::readPassword)
        .map(typed -> {
          String value = new String(typed);
          Arrays.fill(typed, '\0');
          return value;
        })
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "This terminal cannot be asked without an echo; use a pipe, --from env:NAME or --from file:PATH."));
  }
}
