package io.agentos.server.cli;

import com.sun.management.OperatingSystemMXBean;
import io.agentos.server.config.Config;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the machine must have before a server can run on it. */
final class HostChecks {
  private static final int JAVA_MIN = 25;
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long MEMORY_MIN = 256 * MEBIBYTE;
  private static final long MEMORY_GOOD = 1024 * MEBIBYTE;
  private static final long SPACE_MIN = 200 * MEBIBYTE;
  private static final long SPACE_GOOD = 1024 * MEBIBYTE;
  private static final Duration GIT_WAIT_MAX = Duration.ofSeconds(5);

  private HostChecks() {}

  static List<Check> run(Config config) {
    Path data = config.data().directory();
    return List.of(java(), memory(), writable(data), space(data), git(), providers(config));
  }

  private static Check java() {
    String found = Runtime.version() + " at " + System.getProperty("java.home");
    return Runtime.version().feature() >= JAVA_MIN
        ? Check.ok("java", found)
        : Check.fail("java", found, "Install a JDK 25 or newer and set AGENTOS_JAVA_HOME to it.");
  }

  private static Check memory() {
    long bytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return judged("memory", bytes, MEMORY_MIN, MEMORY_GOOD, "Give the machine 1 GiB or more.");
  }

  private static Check writable(Path data) {
    Path existing = existing(data);
    try {
      Files.delete(Files.createTempFile(existing, "agentos", ".tmp"));
      String found = existing.equals(data) ? " can be written" : " can be made";
      return Check.ok("data", data + found);
    } catch (IOException e) {
      return Check.fail(
          "data",
          "%s cannot be written (%s)".formatted(existing, e.getClass().getSimpleName()),
          "Give it to this user, or choose another with --data or AGENTOS_DATA_DIRECTORY.");
    }
  }

  private static Check space(Path data) {
    try {
      long bytes = Files.getFileStore(existing(data)).getUsableSpace();
      return judged("space", bytes, SPACE_MIN, SPACE_GOOD, "Free some, or choose another --data.");
    } catch (IOException e) {
      return Check.warn("space", "unknown", "Look at the file system of " + data + ".");
    }
  }

  private static Check judged(String name, long bytes, long min, long good, String remedy) {
    String found = String.format(Locale.ROOT, "%.1f GiB", (double) bytes / MEBIBYTE / 1024);
    if (bytes >= good) {
      return Check.ok(name, found);
    }
    return bytes >= min ? Check.warn(name, found, remedy) : Check.fail(name, found, remedy);
  }

  private static Check git() {
    String remedy = "Install git; without it the git tools of agents fail.";
    try {
      Process git = new ProcessBuilder("git", "--version").redirectErrorStream(true).start();
      String said =
          new String(git.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8).strip();
      boolean ended = git.waitFor(GIT_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      git.destroyForcibly();
      return ended && git.exitValue() == 0
          ? Check.ok("git", Fields.clean(said).replace("git version ", ""))
          : Check.warn("git", "does not run", remedy);
    } catch (IOException _) {
      return Check.warn("git", "not found", remedy);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Check.warn("git", "interrupted", remedy);
    }
  }

  private static Check providers(Config config) {
    String configured =
        config.providers().entrySet().stream()
            .filter(provider -> provider.getValue().configured())
            .map(provider -> provider.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    return configured.isEmpty()
        ? Check.warn(
            "models",
            "no provider has a key",
            "Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or DEEPSEEK_API_KEY; agents that"
                + " need no model run without.")
        : Check.ok("models", configured);
  }

  /** The directory, or its nearest ancestor that is there. */
  private static Path existing(Path directory) {
    Path found = directory;
    while (!Files.isDirectory(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
