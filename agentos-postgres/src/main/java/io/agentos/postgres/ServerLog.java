package io.agentos.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The file that takes what the server and initdb print. Bounded at each start. */
record ServerLog(Path path) {
  /** Larger, it becomes the older log at the next start, and the older one before it goes. */
  static final long BYTES_MAX = 8_000_000;

  private static final int TAIL_BYTES_MAX = 4_000;
  private static final int TAIL_LINES_MAX = 20;

  static ServerLog open(ClusterDirectory directory, Account account) throws IOException {
    Path path = directory.log();
    if (Files.exists(path) && Files.size(path) > BYTES_MAX) {
      Files.move(path, directory.olderLog(), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      account.own(path);
    } catch (FileAlreadyExistsException e) {
      return new ServerLog(path);
    }
    return new ServerLog(path);
  }

  long size() throws IOException {
    return Files.size(path);
  }

  /** The last lines that were printed after the file had the given size. */
  String tail(long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(from, file.length() - TAIL_BYTES_MAX));
      byte[] bytes = new byte[(int) Math.max(0, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES_MAX), lines.size()));
    }
  }
}
