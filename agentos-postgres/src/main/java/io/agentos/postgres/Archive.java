package io.agentos.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * An archive in tar format compressed by xz. Loaded only when something has to be unpacked, so that
 * a start with unpacked binaries does not pay for it.
 */
final class Archive {
  private static final int ENTRIES_MAX = 20_000;
  private static final long BYTES_MAX = 2_000_000_000;
  private static final int OWNER_EXECUTES = 0100;

  private Archive() {}

  /** Unpacks into an existing empty folder; keeps links and the executable bits. */
  static void unpack(InputStream compressed, Path target) throws IOException {
    long bytes = 0;
    int entries = 0;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(compressed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries++;
        bytes += entry.getSize();
        if (entries > ENTRIES_MAX || bytes > BYTES_MAX) {
          throw new IOException("The archive is larger than any known set of binaries");
        }
        unpack(tar, entry, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = inside(target, target.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      makeFolders(target, path);
      return;
    }
    makeFolders(target, parent(path));
    if (entry.isSymbolicLink()) {
      inside(target, parent(path).resolve(entry.getLinkName()), entry);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (isPlainFile(entry)) {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    } else {
      throw new IOException("The archive holds an entry of unknown type: " + entry.getName());
    }
  }

  /** The library's own answer is yes for pipes, devices and hard links too. */
  private static boolean isPlainFile(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
  }

  /** Makes missing folders open to everyone, whatever the umask: the server is another user. */
  private static void makeFolders(Path target, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (!folder.equals(target)) {
      makeFolders(target, parent(folder));
    }
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path inside(Path target, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(target)) {
      throw new IOException("The archive reaches outside its folder: " + entry.getName());
    }
    return normal;
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("No parent folder: " + path);
    }
    return parent;
  }
}
