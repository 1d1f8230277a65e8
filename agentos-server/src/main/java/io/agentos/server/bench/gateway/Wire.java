package io.agentos.server.bench.gateway;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection, read as HTTP/1.1 between programs that trust each other: the least there is, so
 * that it does not count. One thread at a time.
 */
final class Wire implements Closeable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int LINE_BYTES_MAX = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    socket.setTcpNoDelay(true);
  }

  /** Sends all of it at once. */
  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * First line and headers, in the other side's case, without the empty line after them; empty when
   * the connection ended before.
   */
  String head() throws IOException {
    int scanned = 0;
    while (true) {
      int end = endOfHead(scanned);
      if (end >= 0) {
        String head = ahead(end - from);
        from = end + 4;
        return head;
      }
      scanned = Math.max(0, to - from - 3);
      if (to - from >= LINE_BYTES_MAX) {
        throw new IOException("a head of more than " + LINE_BYTES_MAX + " bytes");
      }
      if (!fill()) {
        if (to > from) {
          throw new EOFException("the connection ended within a head");
        }
        return "";
      }
    }
  }

  /** The next line, without its end. */
  String line() throws IOException {
    int scanned = 0;
    while (true) {
      for (int i = from + scanned; i < to; i++) {
        if (buffer[i] == '\n') {
          int length = i - from;
          String line = ahead(length > 0 && buffer[i - 1] == '\r' ? length - 1 : length);
          from = i + 1;
          return line;
        }
      }
      scanned = to - from;
      if (scanned >= LINE_BYTES_MAX || !fill()) {
        throw new EOFException("the connection ended within a line, or the line is too long");
      }
    }
  }

  /** Reads past {@code count} bytes. */
  void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      if (from == to && !fill()) {
        throw new EOFException("the connection ended within a body");
      }
      int step = (int) Math.min(left, to - from);
      from += step;
      left -= step;
    }
  }

  /** The next {@code count} bytes, as Latin-1. */
  String text(int count) throws IOException {
    byte[] bytes = new byte[count];
    int had = Math.min(count, to - from);
    System.arraycopy(buffer, from, bytes, 0, had);
    from += had;
    if (in.readNBytes(bytes, had, count - had) < count - had) {
      throw new EOFException("the connection ended within a body");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The value of a header in what {@link #head} gave; empty when it is not there. */
  static String header(String head, String name) {
    int line = head.indexOf("\r\n");
    while (line >= 0) {
      int start = line + 2;
      int end = head.indexOf("\r\n", start);
      int value = start + name.length() + 1;
      if (head.regionMatches(true, start, name, 0, name.length())
          && value <= head.length()
          && head.charAt(value - 1) == ':') {
        return head.substring(value, end < 0 ? head.length() : end).strip();
      }
      line = end;
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int endOfHead(int scanned) {
    for (int i = from + scanned; i + 3 < to; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String ahead(int length) {
    return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
  }

  /** Reads more; false at the end. What was not consumed moves to the front when there is need. */
  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      return false;
    }
    to += count;
    return true;
  }
}
