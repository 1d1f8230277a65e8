package io.agentos.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * One unpacked set of Postgres binaries. Its folder is named after the platform and the checksum
 * that the jar holds of the archive, so that a new version is a new folder and an unpacked one is
 * recognised without reading it.
 */
record Binaries(Path home) {
  private static final String VERSION_MARK = "# PostgreSQL ";
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  /**
   * The binaries for this machine, unpacked if they are not yet. Any number of JVMs may do this at
   * once: each unpacks into a folder of its own, the first to rename it wins.
   */
  static Binaries install(HostTools tools, Path runtimes) throws IOException {
    Platform platform = Platform.current();
    String resource = platform.archive() + ".txz";
    URL archive = Binaries.class.getClassLoader().getResource(resource);
    if (archive == null) {
      throw new PostgresStartException(
          "There are no Postgres binaries for this machine on the class path: wanted "
              + resource
              + ". Add "
              + platform.artifact()
              + " if there is one, or use a Postgres server of your own.");
    }
    Binaries binaries =
        new Binaries(runtimes.resolve(platform.archive() + "-" + fingerprint(archive)));
    if (!binaries.complete()) {
      Files.createDirectories(runtimes);
      binaries.sweep(runtimes);
      binaries.unpack(tools, archive);
      Folders.force(runtimes);
    }
    return binaries;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** The version that names the format of the data, such as 18. */
  int majorVersion() throws IOException {
    Path catalog = home.resolve("share/postgresql/postgres.bki");
    try (BufferedReader reader = Files.newBufferedReader(catalog)) {
      String first = String.valueOf(reader.readLine()).strip();
      if (!first.startsWith(VERSION_MARK)) {
        throw new IOException("No Postgres version in the first line of " + catalog);
      }
      return Integer.parseInt(first.substring(VERSION_MARK.length()));
    }
  }

  private boolean complete() {
    return Files.isExecutable(program("postgres")) && Files.isExecutable(program("initdb"));
  }

  private void unpack(HostTools tools, URL archive) throws IOException {
    Path fresh = Folders.makeBeside(home, "rwxr-xr-x");
    try {
      if (!unpackByProgram(tools, archive, fresh)) {
        try (InputStream compressed = archive.openStream()) {
          Archive.unpack(compressed, fresh);
        }
      }
      Folders.forceFiles(fresh);
      publish(fresh);
    } finally {
      Folders.delete(fresh);
    }
  }

  /** The system's tar is twice as fast as Java where it is there and knows the format. */
  private static boolean unpackByProgram(HostTools tools, URL archive, Path fresh)
      throws IOException {
    Optional<String> tar = tools.find("tar");
    if (tar.isEmpty()) {
      return false;
    }
    try (InputStream compressed = archive.openStream()) {
      List<String> command =
          List.of(
              "/bin/sh",
              "-c",
              "umask 022; exec \"$@\"",
              "sh",
              tar.get(),
              "-xJf",
              "-",
              "--no-same-owner",
              "-C",
              fresh.toString());
      if (HostTools.complaint(command, compressed).isEmpty()) {
        return true;
      }
    }
    Folders.empty(fresh);
    return false;
  }

  private void publish(Path fresh) throws IOException {
    if (Files.exists(home) && !complete()) {
      Path damaged = Folders.makeBeside(home, "rwxr-xr-x");
      Files.move(home, damaged, StandardCopyOption.ATOMIC_MOVE);
      Folders.delete(damaged);
    }
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!complete()) {
        throw e;
      }
    }
  }

  /** Removes what JVMs left behind that were killed while they unpacked. */
  private void sweep(Path runtimes) throws IOException {
    Instant abandoned = Instant.now().minus(ABANDONED_AFTER);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runtimes)) {
      for (Path folder : folders) {
        if (Folders.isBeside(home, folder)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(abandoned)) {
          Folders.delete(folder);
        }
      }
    }
  }

  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      jar.setUseCaches(false);
      try (JarFile opened = jar.getJarFile()) {
        long checksum = opened.getEntry(jar.getEntryName()).getCrc();
        return HexFormat.of().toHexDigits((int) checksum);
      }
    }
    return Long.toHexString(connection.getContentLengthLong())
        + "-"
        + Long.toHexString(connection.getLastModified());
  }
}
