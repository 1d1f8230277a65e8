package io.agentos.tools.dependencies;

import io.agentos.tools.code.Manifest;
import io.agentos.tools.code.Manifests;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Walk;
import io.agentos.tools.files.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The manifests and lock files of a workspace. */
record Inventory(List<Listed> manifests, List<Lock> locks, Walk.Outcome outcome) {
  private static final int ENTRIES_MAX = 100_000;
  private static final int MANIFESTS_MAX = 200;
  private static final int MANIFEST_BYTES_MAX = 1024 * 1024;
  private static final int LOCK_BYTES_MAX = 16 * 1024 * 1024;
  private static final int LOCK_BYTES_TOTAL_MAX = 48 * 1024 * 1024;
  private static final Duration TIME_MAX = Duration.ofSeconds(60);
  private static final Set<String> LOCK_NAMES =
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lock",
          "bun.lockb",
          "cargo.lock",
          "composer.lock",
          "gemfile.lock",
          "poetry.lock",
          "uv.lock",
          "pdm.lock",
          "pipfile.lock",
          "pylock.toml",
          "go.sum",
          "packages.lock.json",
          "gradle.lockfile");

  /**
   * A manifest.
   *
   * @param folder in which it lies; empty for the top
   */
  record Listed(String folder, Manifest manifest, String text) {
    /** The first line on which a name stands, from 1; 1 when it is not found. */
    int lineOf(String name) {
      int at = text.indexOf('"' + name + '"');
      at = at < 0 ? text.indexOf(name.substring(name.lastIndexOf(':') + 1)) : at;
      return at < 0
          ? 1
          : 1 + (int) text.substring(0, at).chars().filter(one -> one == '\n').count();
    }
  }

  /** A lock file; its text is empty when it is binary. */
  record Lock(String folder, String name, String path, String text) {}

  static Inventory of(Workspace workspace) throws IOException {
    List<Listed> manifests = new ArrayList<>();
    List<Lock> locks = new ArrayList<>();
    int[] lockBytes = {0};
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            Path.of(""),
            new Walk.Bounds(ENTRIES_MAX, Walk.Bounds.DEPTH_MAX, TIME_MAX),
            entry -> {
              String path = entry.path();
              String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
              if (entry.kind() != Walk.Kind.FILE) {
                return true;
              }
              if (LOCK_NAMES.contains(name)) {
                byte[] bytes =
                    lockBytes[0] < LOCK_BYTES_TOTAL_MAX ? entry.read(LOCK_BYTES_MAX) : new byte[0];
                lockBytes[0] += bytes.length;
                locks.add(new Lock(folder(path), name, Printable.name(path), text(bytes)));
              } else if (Manifests.isOne(path) && manifests.size() < MANIFESTS_MAX) {
                String text = text(entry.read(MANIFEST_BYTES_MAX));
                Manifests.read(Printable.name(path), text)
                    .ifPresent(one -> manifests.add(new Listed(folder(path), one, text)));
              }
              return true;
            });
    return new Inventory(List.copyOf(manifests), List.copyOf(locks), outcome);
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return unmarked.indexOf('\0') >= 0 ? "" : unmarked;
  }

  /** The lock files of these names in the folder of a manifest or the nearest above it. */
  List<Lock> locksOf(Listed manifest, Set<String> names) {
    String folder = manifest.folder();
    while (true) {
      String here = folder;
      List<Lock> found =
          locks.stream()
              .filter(lock -> lock.folder().equals(here) && names.contains(lock.name()))
              .toList();
      if (!found.isEmpty() || folder.isEmpty()) {
        return found;
      }
      folder = folder(folder);
    }
  }

  /** The manifest whose lock file a path is, in the same folder. */
  Optional<Listed> manifestIn(String folder, String tool) {
    return manifests.stream()
        .filter(one -> one.folder().equals(folder) && one.manifest().tool().equals(tool))
        .findFirst();
  }
}
