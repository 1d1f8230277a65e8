package io.agentos.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The small programs of the operating system that are used beside the server, found in fixed
 * folders rather than on the caller's PATH.
 */
record HostTools(List<Path> folders) {
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/bin"),
          Path.of("/bin"),
          Path.of("/usr/sbin"),
          Path.of("/sbin"),
          Path.of("/usr/local/bin"),
          Path.of("/run/current-system/sw/bin"));
  private static final Duration RUN_TIMEOUT = Duration.ofSeconds(10);
  private static final int OUTPUT_BYTES_MAX = 4_096;

  HostTools {
    folders = List.copyOf(folders);
  }

  static HostTools standard() {
    return new HostTools(FOLDERS);
  }

  Optional<String> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** A process builder with an environment of its own: nothing of the caller's leaks into it. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin");
    builder.environment().put("LC_ALL", "C");
    builder.directory(Path.of("/").toFile());
    return builder;
  }

  /** Runs a short command; empty if it succeeded, else what it said. */
  static Optional<String> complaint(List<String> command) {
    return complaint(command, InputStream.nullInputStream());
  }

  /** The same for a command that is given something to read, and reads all of it. */
  static Optional<String> complaint(List<String> command, InputStream input) {
    try {
      Process process = builder(command).redirectErrorStream(true).start();
      try (OutputStream output = process.getOutputStream()) {
        input.transferTo(output);
      }
      if (!process.waitFor(RUN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.of("no answer within " + RUN_TIMEOUT);
      }
      byte[] output = process.getInputStream().readNBytes(OUTPUT_BYTES_MAX);
      if (process.exitValue() == 0) {
        return Optional.empty();
      }
      String said = new String(output, StandardCharsets.UTF_8).strip();
      return Optional.of(said.isEmpty() ? "exit code " + process.exitValue() : said);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Runs a short command and returns what it printed, however much that is. */
  static String output(List<String> command) {
    try {
      Path printed = Files.createTempFile("output", null);
      try {
        Process process = builder(command).redirectOutput(printed.toFile()).start();
        if (!process.waitFor(RUN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IOException("no answer from " + command.getFirst() + " within " + RUN_TIMEOUT);
        }
        return Files.readString(printed);
      } finally {
        Files.delete(printed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }

  /**
   * Sends a signal. A process that is gone already is no failure: whoever signals looks afterwards
   * whether it ended.
   */
  static void signal(String signal, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "sh", signal, "--"));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    var _ = complaint(command);
  }
}
