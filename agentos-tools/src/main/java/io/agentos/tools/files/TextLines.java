package io.agentos.tools.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The lines of a text file, one after another, however large the file and however long its lines.
 *
 * <p>UTF-8, or UTF-16 where a byte order mark says so; bytes that are no text become U+FFFD. Owned
 * by one thread; closes its channel.
 */
final class TextLines implements Closeable {
  private static final int LOOK_AHEAD_BYTES = 8_000;
  private static final int BUFFER_LENGTH = 16 * 1024;

  private final SeekableByteChannel channel;
  private final Reader reader;
  private final int lineLengthMax;
  private final char[] buffer = new char[BUFFER_LENGTH];
  private int at;
  private int end;
  private boolean lineCut;

  private TextLines(SeekableByteChannel channel, Charset charset, int lineLengthMax) {
    this.channel = channel;
    this.reader = new InputStreamReader(Channels.newInputStream(channel), charset);
    this.lineLengthMax = lineLengthMax;
  }

  /**
   * Begins to read; empty, with the channel closed, when the file is binary.
   *
   * @param lineLengthMax what of a line is kept, in characters
   */
  static Optional<TextLines> of(SeekableByteChannel channel, int lineLengthMax) throws IOException {
    try {
      byte[] head = head(channel);
      Mark mark = Mark.of(head);
      if (mark == Mark.NONE && isBinary(head)) {
        channel.close();
        return Optional.empty();
      }
      channel.position(mark.length());
      return Optional.of(new TextLines(channel, mark.charset, lineLengthMax));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The byte order mark of a file. */
  private enum Mark {
    UTF_8(StandardCharsets.UTF_8, "EFBBBF"),
    UTF_16_LITTLE(StandardCharsets.UTF_16LE, "FFFE"),
    UTF_16_BIG(StandardCharsets.UTF_16BE, "FEFF"),
    NONE(StandardCharsets.UTF_8, "");

    @SuppressWarnings("ImmutableEnumChecker") // a charset never changes
    private final Charset charset;

    private final String hex;

    Mark(Charset charset, String hex) {
      this.charset = charset;
      this.hex = hex;
    }

    static Mark of(byte[] head) {
      String begin = HexFormat.of().withUpperCase().formatHex(head, 0, Math.min(3, head.length));
      for (Mark mark : values()) {
        if (begin.startsWith(mark.hex)) {
          return mark;
        }
      }
      return NONE;
    }

    int length() {
      return hex.length() / 2;
    }
  }

  private static byte[] head(SeekableByteChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(LOOK_AHEAD_BYTES);
    int read = 0;
    while (head.hasRemaining() && read >= 0) {
      read = channel.read(head);
    }
    byte[] bytes = new byte[head.position()];
    head.flip().get(bytes);
    return bytes;
  }

  /** Whether bytes without a byte order mark are no text, by the rule that git uses. */
  static boolean isBinary(byte[] head) {
    for (int i = 0; i < Math.min(head.length, LOOK_AHEAD_BYTES); i++) {
      if (head[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** The next line without its end, cut to the longest kept; empty at the end of the file. */
  Optional<String> next() throws IOException {
    StringBuilder line = new StringBuilder();
    lineCut = false;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      char character = buffer[at++];
      if (character == '\n') {
        return Optional.of(withoutReturn(line));
      }
      if (line.length() < lineLengthMax) {
        line.append(character);
      } else {
        lineCut |= character != '\r';
      }
    }
    return any ? Optional.of(withoutReturn(line)) : Optional.empty();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }

  private static String withoutReturn(StringBuilder line) {
    int length = line.length();
    boolean returned = length > 0 && line.charAt(length - 1) == '\r';
    return returned ? line.substring(0, length - 1) : line.toString();
  }

  /** Whether the last line was longer than what was kept of it. */
  boolean wasLineCut() {
    return lineCut;
  }

  /** How far the file has been read, in bytes, give or take a buffer. */
  long bytesRead() throws IOException {
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
