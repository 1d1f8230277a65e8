package io.agentos.adapters.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Server-sent events out of bytes, as they arrive, by the rules of the WHATWG (HTML, section
 * 9.2.6): lines end in LF, CR or CRLF, lines of data are joined, comments and unknown fields are
 * skipped, and an event that no blank line ends is none.
 *
 * <p>Not thread-safe.
 */
final class EventStream {
  /** The longest event, and the longest line. */
  static final int EVENT_BYTES_MAX = 8 * 1024 * 1024;

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Takes events; says whether it has enough. */
  @FunctionalInterface
  interface Sink {
    boolean on(String event, String data);
  }

  /** An event or a line is longer than {@link #EVENT_BYTES_MAX}. */
  static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Bytes bytes = new Bytes();
  private final Sink sink;
  private final StringBuilder joined = new StringBuilder();
  private String data = "";
  private int dataLines;
  private String event = "";
  private int scanned;
  private boolean begun;
  private boolean afterCarriageReturn;

  EventStream(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes what came; whether the sink has enough.
   *
   * @throws CharacterCodingException when a line is not UTF-8
   * @throws TooLongException when an event is beyond its bound
   */
  boolean add(List<ByteBuffer> buffers) throws CharacterCodingException, TooLongException {
    bytes.add(buffers);
    byte[] array = bytes.array();
    int from = bytes.start();
    for (int at = from + scanned; at < bytes.end(); at++) {
      byte next = array[at];
      if (next == '\n' || next == '\r') {
        boolean ofCrLf = next == '\n' && afterCarriageReturn && at == from;
        afterCarriageReturn = next == '\r';
        if (!ofCrLf && line(array, from, at)) {
          return true;
        }
        from = at + 1;
      }
    }
    bytes.drop(from - bytes.start());
    scanned = bytes.size();
    bound(scanned);
    return false;
  }

  private boolean line(byte[] array, int from, int to)
      throws CharacterCodingException, TooLongException {
    int start = from;
    if (!begun) {
      begun = true;
      start += startsWith(array, from, to, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    }
    if (start == to) {
      return dispatch();
    }
    if (isField(array, start, to, DATA)) {
      add(value(array, start + DATA.length, to));
    } else if (isField(array, start, to, EVENT)) {
      event = value(array, start + EVENT.length, to);
    }
    return false;
  }

  private void add(String line) throws TooLongException {
    if (dataLines == 0) {
      data = line;
    } else {
      if (dataLines == 1) {
        joined.append(data);
      }
      joined.append('\n').append(line);
      bound(joined.length());
    }
    dataLines++;
  }

  private boolean dispatch() {
    boolean enough = dataLines > 0 && sink.on(event, dataLines == 1 ? data : joined.toString());
    event = "";
    data = "";
    dataLines = 0;
    joined.setLength(0);
    return enough;
  }

  /** What stands behind the colon, without one space; empty where there is no colon. */
  private static String value(byte[] array, int afterName, int to) throws CharacterCodingException {
    int from = Math.min(afterName + 1, to);
    if (from < to && array[from] == ' ') {
      from++;
    }
    return Utf8.text(array, from, to - from);
  }

  private static boolean isField(byte[] array, int from, int to, byte[] name) {
    int end = from + name.length;
    return startsWith(array, from, to, name) && (end == to || array[end] == ':');
  }

  private static boolean startsWith(byte[] array, int from, int to, byte[] what) {
    int end = from + what.length;
    return end <= to && Arrays.equals(array, from, end, what, 0, what.length);
  }

  private static void bound(int length) throws TooLongException {
    if (length > EVENT_BYTES_MAX) {
      throw new TooLongException();
    }
  }
}
