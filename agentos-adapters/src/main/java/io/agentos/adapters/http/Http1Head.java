package io.agentos.adapters.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The head of an answer, RFC 9112.
 *
 * @param keepAlive whether the connection may serve another call after the body
 */
record Http1Head(int status, HttpHeaders headers, boolean keepAlive) {
  private static final Pattern FIRST_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?");
  private static final int LINES_MAX = 256;

  /** Answers before the answer: 100, 102, 103. */
  private static final int INTERIM_MAX = 10;

  /**
   * Reads the next head, past interim ones.
   *
   * @throws IOException when it is none, or the connection ends before its end
   */
  static Http1Head read(Http1Connection connection, Deadline deadline)
      throws IOException, InterruptedException {
    for (int interim = 0; interim <= INTERIM_MAX; interim++) {
      Http1Head head = readOne(connection, deadline);
      if (head.status() >= 200) {
        return head;
      }
      if (head.status() == 101) {
        break;
      }
    }
    throw new IOException("interim answers instead of one");
  }

  /** Whether the body comes in chunks. */
  boolean isChunked() throws IOException {
    List<String> codings = headers.allValues("transfer-encoding");
    if (codings.isEmpty()) {
      return false;
    }
    if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new IOException("an unknown transfer coding");
    }
    return true;
  }

  /** How long the body is; -1 when it ends with the connection. */
  long length() throws IOException {
    if (status == 204 || status == 304) {
      return 0;
    }
    List<String> lengths = headers.allValues("content-length").stream().distinct().toList();
    if (lengths.isEmpty()) {
      return -1;
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new IOException("an impossible length");
    }
    return Long.parseLong(lengths.getFirst());
  }

  /** The next line without its end, of a head, a chunk's size or a trailer. */
  static String line(Http1Connection connection, Deadline deadline)
      throws IOException, InterruptedException {
    int scanned = 0;
    while (true) {
      for (int i = scanned; i < connection.available(); i++) {
        if (connection.peek(i) == '\n') {
          String line = connection.takeText(i + 1);
          return line.substring(0, line.endsWith("\r\n") ? i - 1 : i);
        }
      }
      scanned = connection.available();
      if (!connection.fill(deadline)) {
        throw new EOFException("the answer was cut, or a line of its head is too long");
      }
    }
  }

  private static Http1Head readOne(Http1Connection connection, Deadline deadline)
      throws IOException, InterruptedException {
    String first = line(connection, deadline);
    if (!FIRST_LINE.matcher(first).matches()) {
      throw new IOException("no HTTP/1.1 answer");
    }
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String line = line(connection, deadline);
    for (int lines = 1; !line.isEmpty(); lines++) {
      int colon = line.indexOf(':');
      if (colon < 1 || lines > LINES_MAX || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        throw new IOException("a malformed head");
      }
      fields
          .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
      line = line(connection, deadline);
    }
    HttpHeaders headers = HttpHeaders.of(fields, (_, _) -> true);
    return new Http1Head(
        Integer.parseInt(first.substring(9, 12)), headers, keepAlive(first, headers));
  }

  private static boolean keepAlive(String first, HttpHeaders headers) {
    String connection = headers.firstValue("connection").orElse("");
    return first.startsWith("HTTP/1.1")
        ? !connection.equalsIgnoreCase("close")
        : connection.equalsIgnoreCase("keep-alive");
  }
}
