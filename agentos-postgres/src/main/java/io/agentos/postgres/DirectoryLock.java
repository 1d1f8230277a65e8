package io.agentos.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one JVM to use a directory. The operating system takes it back when the JVM ends,
 * however it ends; child processes do not inherit it.
 */
final class DirectoryLock implements AutoCloseable {
  private static final int PROCESS_ID_BYTES_MAX = 20;

  /**
   * What this JVM holds. Asked before the file is opened: closing any channel of a file gives up
   * every lock that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DirectoryLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DirectoryLock acquire(ClusterDirectory directory) throws IOException {
    Path path = directory.lock();
    if (!HELD.add(path)) {
      throw inUse(directory, "this process");
    }
    boolean acquired = false;
    try {
      FileChannel channel = open(path);
      try {
        claim(directory, channel);
        acquired = true;
        return new DirectoryLock(path, channel);
      } finally {
        if (!acquired) {
          channel.close();
        }
      }
    } finally {
      if (!acquired) {
        HELD.remove(path);
      }
    }
  }

  /** Gives the directory free; again is harmless. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(path);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void claim(ClusterDirectory directory, FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      ByteBuffer holder = ByteBuffer.allocate(PROCESS_ID_BYTES_MAX);
      channel.read(holder, 0);
      throw inUse(
          directory,
          "process " + StandardCharsets.US_ASCII.decode(holder.flip()).toString().strip());
    }
    channel.truncate(0);
    byte[] own = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(own), 0);
  }

  private static PostgresStartException inUse(ClusterDirectory directory, String holder) {
    return new PostgresStartException(
        "%s is in use by %s. Stop that first, or choose another directory."
            .formatted(directory.root(), holder));
  }
}
