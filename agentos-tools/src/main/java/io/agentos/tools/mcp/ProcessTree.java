package io.agentos.tools.mcp;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program and all that it started. Thread-safe. */
final class ProcessTree {
  static final ProcessTree NONE = new ProcessTree(null);

  private static final long EXIT_MILLIS = 5_000;

  private final @Nullable Process process;

  ProcessTree(@Nullable Process process) {
    this.process = process;
  }

  /** Asks it to end, and ends it when it has not after so long. */
  void end(long patienceMillis) {
    if (process == null) {
      return;
    }
    // Children of a parent that is gone are nobody's: they are named before it is asked.
    List<ProcessHandle> children = process.descendants().toList();
    try {
      if (patienceMillis > 0 && process.isAlive()) {
        process.destroy();
        process.waitFor(patienceMillis, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** How it ended, for people. */
  String ending() {
    if (process == null) {
      return "its program was not started";
    }
    try {
      return process.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS)
          ? "its program ended with code %d".formatted(process.exitValue())
          : "its program closed its output";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "its program closed its output";
    }
  }
}
