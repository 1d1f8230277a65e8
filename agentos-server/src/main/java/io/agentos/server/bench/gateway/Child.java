package io.agentos.server.bench.gateway;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of our own beside this one, with this one's options, that answers each line with a line.
 * One thread at a time.
 */
final class Child implements AutoCloseable {
  private static final long END_SECONDS_MAX = 10;

  private final Process process;
  private final BufferedReader answers;

  private Child(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a class's main.
   *
   * @param options of the JVM, after those that this JVM was started with
   */
  static Child start(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Dagentos."))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    try {
      return new Child(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Measured measure(Order order) {
    try {
      process.getOutputStream().write((order.line() + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return Measured.parse(answer());
  }

  /** The next line that it prints. */
  String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new EOFException("no answer");
      }
      return line;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** Lets it end by itself, and makes it end when it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private static AgentOsException ended(IOException cause) {
    return new AgentOsException(
        ErrorCode.ENVIRONMENT,
        "A process of the benchmark ended before its work; its error output says why.",
        cause);
  }
}
