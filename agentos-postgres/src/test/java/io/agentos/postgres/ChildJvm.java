package io.agentos.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs {@link ChildMain}; killed at the latest when it is closed. */
final class ChildJvm implements AutoCloseable {
  private static final long EXIT_SECONDS_MAX = 60;

  private final Process process;
  private final BufferedReader output;
  private String lastLine = "";

  private ChildJvm(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::endInTime);
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Path directory, Path runtimes, String... options) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), directory, runtimes, options);
  }

  static ChildJvm start(
      List<String> before, String classPath, Path directory, Path runtimes, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m"));
    for (String option : options) {
      if (option.startsWith("-X")) {
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", classPath, ChildMain.class.getName()));
    command.add(directory.toString());
    command.add(runtimes.toString());
    for (String option : options) {
      if (!option.startsWith("-X")) {
        command.add(option);
      }
    }
    return new ChildJvm(
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** Reads on until a line starts as given, and returns the rest of it. */
  String await(String start) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lastLine = line;
      if (line.startsWith(start)) {
        return line.substring(start.length()).strip();
      }
    }
    throw new IOException("The child ended without a line that starts with " + start);
  }

  /** The last whole line it printed before it ended. */
  String lastLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int character = output.read(); character >= 0; character = output.read()) {
      if (character == '\n') {
        lastLine = line.toString();
        line.setLength(0);
      } else {
        line.append((char) character);
      }
    }
    return lastLine;
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Whoever waits for a line of it then sees the end of the output. */
  private void endInTime() {
    try {
      awaitExit();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  int awaitExit() throws IOException {
    try {
      if (!process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException("The child did not end in time");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  /** Leaves the output readable, which destroying the process itself would not. */
  void kill() throws IOException {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  @Override
  public void close() throws IOException {
    kill();
  }
}
