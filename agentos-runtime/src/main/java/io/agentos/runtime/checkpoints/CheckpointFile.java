package io.agentos.runtime.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * The checkpoints of one log, one note after the other, each with an empty line after it. A write
 * that a crash cut short is cut off.
 *
 * <p>Not thread-safe where it is written; reading what was written is.
 */
final class CheckpointFile {
  /** A note is some 200 bytes; the last lie whole in the tail that is read. */
  private static final int TAIL_BYTES = 16_384;

  /** The tail is looked at byte by byte, for it may end within a character. */
  private static final String SIGNATURE =
      new String("\n— ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  private final Path file;

  CheckpointFile(Path file) {
    this.file = file;
  }

  /** The last whole note; empty when there is none. */
  Optional<String> last() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String tail = tail(channel);
      int end = end(tail);
      if (end == 0) {
        return Optional.empty();
      }
      int signature = tail.lastIndexOf(SIGNATURE, end - 1);
      // The text before the signature ends with an empty line; so does the note before it.
      int before = tail.lastIndexOf("\n\n", signature - 2);
      int begin = before < 0 ? 0 : before + 2;
      byte[] note = tail.substring(begin, end - 1).getBytes(StandardCharsets.ISO_8859_1);
      return Optional.of(new String(note, StandardCharsets.UTF_8));
    }
  }

  /** Adds a note; returns when it is on the disk. */
  void append(String note) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      String tail = tail(channel);
      long at = channel.size() - tail.length() + end(tail);
      channel.truncate(at);
      ByteBuffer bytes = ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    }
  }

  private static String tail(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - TAIL_BYTES);
    ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - from));
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, from + buffer.position());
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
  }

  /**
   * Where the last whole note ends: after the empty line that follows its signature; 0 for none.
   */
  private static int end(String tail) {
    int signature = tail.lastIndexOf(SIGNATURE);
    while (signature >= 0) {
      int after = tail.indexOf("\n\n", signature + 1);
      if (after >= 0) {
        return after + 2;
      }
      signature = tail.lastIndexOf(SIGNATURE, signature - 1);
    }
    return 0;
  }
}
