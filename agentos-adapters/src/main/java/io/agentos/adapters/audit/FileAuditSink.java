package io.agentos.adapters.audit;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditRecord;
import io.agentos.api.ErrorCode;
import io.agentos.spi.AuditSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit logs of all tenants to a file, one line of JSON per entry: {@code
 * {"hash":"…","entry":{…}}}, the entry being the stored text byte for byte. A batch is on the disk
 * before it counts as taken. A file that is full is renamed to {@code NAME.1}, the one before to
 * {@code NAME.2} and so on; of these, so many are kept.
 *
 * <p>Thread-safe. One process writes a file.
 */
public final class FileAuditSink implements AuditSink, AutoCloseable {
  /** What this sink is known by. */
  public static final String ID = "file";

  private static final int LOOK_BACK_BYTES = 8_192;

  private final Path file;
  private final long bytesMax;
  private final int filesMax;
  private @Nullable FileChannel channel;
  private @Nullable Object identity;

  /**
   * @param bytesMax of one file; a line that is longer has a file of its own
   * @param filesMax full ones that are kept beside the one that is written
   */
  public FileAuditSink(Path file, long bytesMax, int filesMax) {
    if (bytesMax < 1 || filesMax < 1) {
      throw new IllegalArgumentException(
          "a file holds a byte, and one full file is kept, at least");
    }
    this.file = file.toAbsolutePath();
    this.bytesMax = bytesMax;
    this.filesMax = filesMax;
  }

  @Override
  public String id() {
    return ID;
  }

  /**
   * @throws AgentOsException ENVIRONMENT when the file cannot be written; what of the batch is in
   *     it comes again
   */
  @Override
  public synchronized void accept(List<AuditRecord> entries) {
    try {
      FileChannel out = opened();
      ByteArrayOutputStream pending = new ByteArrayOutputStream();
      for (AuditRecord entry : entries) {
        byte[] line = line(entry);
        long size = out.size() + pending.size();
        if (size > 0 && size + line.length > bytesMax) {
          write(out, pending);
          out = rotated();
        }
        pending.writeBytes(line);
      }
      write(out, pending);
    } catch (IOException e) {
      close();
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "The audit log cannot be written to %s (%s); give it room, or set audit.file to another."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  @Override
  public synchronized void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // What counts is on the disk.
      }
    }
  }

  private static byte[] line(AuditRecord entry) {
    return "{\"hash\":\"%s\",\"entry\":%s}\n"
        .formatted(entry.hash(), entry.body())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void write(FileChannel out, ByteArrayOutputStream pending) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    while (bytes.hasRemaining()) {
      int _ = out.write(bytes);
    }
    out.force(true);
    pending.reset();
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open != null && open.isOpen() && Files.exists(file) && identity().equals(identity)) {
      return open;
    }
    close();
    Path folder = folder();
    Files.createDirectories(folder);
    boolean isNew = !Files.exists(file);
    FileChannel made =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel = made;
    if (isNew) {
      if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      sync(folder);
    }
    made.truncate(end(made));
    made.position(made.size());
    identity = identity();
    return made;
  }

  /** What tells this file from another that somebody put in its place. */
  private Object identity() throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key;
  }

  /** Where the last whole line ends: what a crash cut off comes again. */
  private static long end(FileChannel in) throws IOException {
    long end = in.size();
    while (end > 0) {
      int length = (int) Math.min(LOOK_BACK_BYTES, end);
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining() && in.read(bytes, end - length + bytes.position()) >= 0) {
        // Until the piece is whole.
      }
      for (int i = length - 1; i >= 0; i--) {
        if (bytes.get(i) == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  private FileChannel rotated() throws IOException {
    close();
    for (int number = filesMax - 1; number > 0; number--) {
      if (Files.exists(full(number))) {
        Files.move(full(number), full(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(file, full(1), StandardCopyOption.REPLACE_EXISTING);
    return opened();
  }

  private Path full(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private Path folder() {
    Path parent = file.getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** A name is on the disk when its folder is. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
