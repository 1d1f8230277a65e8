package io.agentos.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of this machine, whoever started it.
 *
 * @param command the words it was called with joined by spaces, or what it shows instead; empty for
 *     one that ended, even if it is still listed
 */
record RunningProcess(long pid, String command) {
  private static final Path LINUX_PROCESSES = Path.of("/proc/self/cmdline");

  static List<RunningProcess> all(HostTools tools) {
    return Files.exists(LINUX_PROCESSES) ? fromLinux() : fromProgram(tools);
  }

  /** Reads what Linux shows to everyone; the JDK would also want what containers hide from root. */
  static List<RunningProcess> fromLinux() {
    return ProcessHandle.allProcesses()
        .map(process -> new RunningProcess(process.pid(), command(process.pid())))
        .toList();
  }

  /** Asks the ps program, which every Unix has. */
  static List<RunningProcess> fromProgram(HostTools tools) {
    return tools
        .find("ps")
        .map(ps -> HostTools.output(List.of(ps, "-A", "-ww", "-o", "pid=", "-o", "args=")))
        .orElse("")
        .lines()
        .map(RunningProcess::parse)
        .toList();
  }

  /** Whether this is the first process of the named cluster's server. */
  boolean isServer(String clusterName) {
    return !command.startsWith(Lifeline.SHELL + " ")
        && command.contains("/postgres -D ")
        && (command + " ").contains(" cluster_name=" + clusterName + " ");
  }

  /** Whether this is one of the processes that the named cluster's server started. */
  boolean isServersChild(String clusterName) {
    return command.startsWith("postgres: " + clusterName + ": ");
  }

  /** Whether this is a server on the data folder, whoever started it and how. */
  boolean isServerOn(Path cluster) {
    int space = command.indexOf(' ');
    return space > 0
        && command.substring(0, space).endsWith("postgres")
        && command.contains(cluster.toString());
  }

  private static RunningProcess parse(String line) {
    String stripped = line.strip();
    int space = stripped.indexOf(' ');
    return space < 0
        ? new RunningProcess(0, "")
        : new RunningProcess(
            Long.parseLong(stripped.substring(0, space)), stripped.substring(space).strip());
  }

  private static String command(long pid) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return new String(words, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    } catch (IOException e) {
      return "";
    }
  }
}
