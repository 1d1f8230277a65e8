package io.agentos.server;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.definitions.McpServerDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.policy.PolicyEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes packs as their files are now, while tasks run: those that are routed from then on get the
 * new definitions, those that were keep theirs. Files that do not make good packs change nothing
 * and are told; they are read again when they have changed again.
 *
 * <p>Other policies or MCP servers are taken at the next start alone: what is allowed does not
 * change because somebody saves a file.
 *
 * <p>Thread-safe.
 */
final class PackReload implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PackReload.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int FILES_MAX = 100_000;

  private final Consumer<List<PackDefinition>> taken;
  private final Supplier<Definitions> load;
  private final List<Path> folders;
  private final String policyVersion;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private List<PackDefinition> packs;
  private Map<String, String> seen;

  /**
   * @param started what the server began with
   * @param load reads all definitions anew
   * @param folders the folders of packs
   * @param taken gets all packs when some have changed
   */
  PackReload(
      Definitions started,
      Supplier<Definitions> load,
      List<Path> folders,
      Consumer<List<PackDefinition>> taken) {
    this.packs = started.packs();
    this.load = load;
    this.taken = taken;
    // What is inside of the jar does not change.
    this.folders =
        folders.stream()
            .filter(folder -> folder.getFileSystem().equals(FileSystems.getDefault()))
            .toList();
    this.policyVersion = version(started);
    this.seen = files();
    this.thread = Thread.ofVirtual().name("pack-reload").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what has changed since the last look. */
  synchronized void look() {
    try {
      Map<String, String> now = files();
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      take(load.get());
    } catch (AgentOsException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "packs have changed and are not taken; those of before stay: {0}",
          e.detail());
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "folders of packs cannot be read", e);
    }
  }

  private void take(Definitions now) {
    List<PackDefinition> before = packs;
    if (!version(now).equals(policyVersion) || !servers(now.packs()).equals(servers(before))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "packs have changed and are not taken: their policies or MCP servers are others; restart to take them");
      return;
    }
    Map<String, String> old = digests(before);
    Map<String, String> fresh = digests(now.packs());
    if (fresh.equals(old)) {
      return;
    }
    packs = now.packs();
    taken.accept(packs);
    fresh.forEach((pack, digest) -> {
      String was = old.get(pack);
      if (!digest.equals(was)) {
        String what = was == null ? "added" : "changed";
        LOG.log(System.Logger.Level.INFO, "pack {0} pack={1} digest={2}", what, pack, digest);
      }
    });
    old.keySet().stream()
        .filter(pack -> !fresh.containsKey(pack))
        .forEach(pack -> LOG.log(System.Logger.Level.INFO, "pack removed pack={0}", pack));
  }

  private static String version(Definitions definitions) {
    return new PolicyEngine(definitions.policies()).version();
  }

  private static List<McpServerDefinition> servers(List<PackDefinition> packs) {
    return packs.stream().flatMap(pack -> pack.mcpServers().stream()).toList();
  }

  private static Map<String, String> digests(List<PackDefinition> packs) {
    Map<String, String> digests = new TreeMap<>();
    packs.forEach(pack -> digests.put(pack.name(), pack.digest()));
    return digests;
  }

  /** What tells that files have changed, without reading them: size and time by name. */
  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (Path folder : folders) {
      try (Stream<Path> found = Files.walk(folder)) {
        found
            .filter(Files::isRegularFile)
            .limit(FILES_MAX)
            .forEach(file -> files.put(file.toString(), stamp(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.size() + " " + found.lastModifiedTime().toInstant();
    } catch (IOException e) {
      return "gone";
    }
  }
}
