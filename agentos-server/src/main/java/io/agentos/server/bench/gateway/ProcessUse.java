package io.agentos.server.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a process has used, as its system tells: on Linux from {@code /proc}. */
final class ProcessUse {
  private static final double KIB_PER_MIB = 1024.0;

  private ProcessUse() {}

  /** Processor time of all its threads, in user and system mode, to 10 ms; zero once it ended. */
  static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory now in MiB; 0 where the system does not tell. */
  static double rssMib(ProcessHandle process) {
    return statusMib(process, "VmRSS");
  }

  /** The most memory that was ever resident in MiB; 0 where the system does not tell. */
  static double rssMaxMib(ProcessHandle process) {
    return statusMib(process, "VmHWM");
  }

  private static double statusMib(ProcessHandle process, String field) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      return Files.exists(status) ? mib(Files.readAllLines(status), field) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The field of a {@code /proc/PID/status}, such as {@code VmRSS: 1024 kB}, in MiB; else 0. */
  static double mib(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
        .findFirst()
        .orElse(0);
  }
}
