package io.agentos.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder the caller gave, and the names in it.
 *
 * <pre>
 * lock           held by the JVM that may use the folder; holds its process id
 * password       of the superuser, mode 0600
 * cluster/       the data, mode 0700; appears whole or not at all
 * server.log     what the server and initdb said
 * server.log.1   the same, older
 * </pre>
 */
record ClusterDirectory(Path root) {
  private static final String VERSION_FILE = "PG_VERSION";

  /** A user and a group of the operating system. */
  record Owner(int user, int group) {
    static final int ROOT = 0;

    static Owner of(Path path) throws IOException {
      return new Owner((int) number(path, "uid"), (int) number(path, "gid"));
    }

    void take(Path path) throws IOException {
      Files.setAttribute(path, "unix:gid", group);
      Files.setAttribute(path, "unix:uid", user);
    }
  }

  /**
   * Makes the folder if it is missing. Others may then pass through it only where the server will
   * run as another user than the JVM; all that is in it is closed to them in either case.
   */
  static ClusterDirectory make(Path root, boolean passable) throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(
          root, PosixFilePermissions.fromString(passable ? "rwx--x--x" : "rwx------"));
    }
    return new ClusterDirectory(root.toRealPath());
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path password() {
    return root.resolve("password");
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path processFile() {
    return cluster().resolve("postmaster.pid");
  }

  Path log() {
    return root.resolve("server.log");
  }

  Path olderLog() {
    return root.resolve("server.log.1");
  }

  boolean hasCluster() {
    return Files.exists(cluster());
  }

  /** Who owns the data; empty if there is none yet. */
  Optional<Owner> clusterOwner() throws IOException {
    return hasCluster() ? Optional.of(Owner.of(cluster())) : Optional.empty();
  }

  /**
   * The name that tells this cluster's processes from all others of the machine: the server shows
   * it in every command line. It follows the folder when that is renamed, and differs for a copy.
   */
  String clusterName() throws IOException {
    return "embedded-"
        + Long.toHexString(number(cluster(), "dev"))
        + "-"
        + Long.toHexString(number(cluster(), "ino"));
  }

  /** Refuses data that these binaries cannot read, and touches nothing. */
  void requireMajorVersion(int wanted) throws IOException {
    if (!hasCluster()) {
      return;
    }
    String found;
    try {
      found = Files.readString(cluster().resolve(VERSION_FILE)).strip();
    } catch (NoSuchFileException e) {
      throw new PostgresStartException(
          cluster() + " holds no Postgres data. Move it away, or choose another directory.", e);
    }
    if (!found.equals(Integer.toString(wanted))) {
      throw new PostgresStartException(
          "%s was made by Postgres %s, these binaries are Postgres %d. Nothing was changed. Start the release that made it and export the data, or choose another directory."
              .formatted(cluster(), found, wanted));
    }
  }

  /** The superuser's password; empty if none was made yet or the file was emptied. */
  Optional<String> recordedPassword() throws IOException {
    if (Files.notExists(password())) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(password()).strip()).filter(text -> !text.isEmpty());
  }

  /** The superuser's password of an existing cluster. */
  String requirePassword() throws IOException {
    return recordedPassword()
        .orElseThrow(() ->
            new PostgresStartException(
                password()
                    + " is missing or empty, and the data beside it cannot be used without."
                    + " Restore the file from a backup, or choose another directory."));
  }

  private static long number(Path path, String attribute) throws IOException {
    return Long.parseLong(String.valueOf(Files.getAttribute(path, "unix:" + attribute)));
  }
}
