package io.agentos.runtime.egress;

import io.agentos.spi.Egress.HttpAnswer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one answer, RFC 9112, with a bound for every line, head and body. */
final class HttpAnswerReader {
  private static final Pattern FIRST_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2}(?: .*)?");
  private static final int LINE_LENGTH_MAX = 16 * 1024;
  private static final int LINES_MAX = 128;
  private static final int BUFFER_BYTES = 8 * 1024;

  /** Answers before the answer, such as 103. */
  private static final int INTERIM_MAX = 5;

  private final InputStream in;

  HttpAnswerReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /** An answer that is none; its words say what is wrong and quote nothing. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String words;

    MalformedException(String words) {
      super(words);
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  HttpAnswer read(String method, int bytesMax) throws IOException {
    for (int interim = 0; interim <= INTERIM_MAX; interim++) {
      String first = line();
      if (!FIRST_LINE.matcher(first).matches()) {
        throw new MalformedException("it does not speak HTTP/1.1");
      }
      int status = Integer.parseInt(first.substring(9, 12));
      Map<String, List<String>> headers = headers();
      if (status >= 200) {
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean cut = !empty && body(headers, body, bytesMax);
        return new HttpAnswer(status, headers, HttpText.of(headers, body.toByteArray()), cut);
      }
      if (status == 101) {
        break;
      }
    }
    throw new MalformedException("it sent interim answers instead of one");
  }

  /** Reads the body up to its bound; whether it went on. */
  private boolean body(Map<String, List<String>> headers, ByteArrayOutputStream body, int bytesMax)
      throws IOException {
    List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new MalformedException("it used an unknown transfer coding");
      }
      return chunks(body, bytesMax);
    }
    List<String> lengths =
        headers.getOrDefault("content-length", List.of()).stream().distinct().toList();
    if (lengths.isEmpty()) {
      return copy(Long.MAX_VALUE, body, bytesMax, false);
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new MalformedException("it sent an impossible length");
    }
    return copy(Long.parseLong(lengths.getFirst()), body, bytesMax, true);
  }

  private boolean chunks(ByteArrayOutputStream body, int bytesMax) throws IOException {
    while (true) {
      String size = line();
      int end = size.indexOf(';');
      String digits = (end < 0 ? size : size.substring(0, end)).strip();
      if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
        throw new MalformedException("it sent a malformed chunk");
      }
      long length = Long.parseLong(digits, 16);
      if (length == 0) {
        headers();
        return false;
      }
      if (copy(length, body, bytesMax, true)) {
        return true;
      }
      if (!line().isEmpty()) {
        throw new MalformedException("it sent a malformed chunk");
      }
    }
  }

  /** Copies up to {@code length} bytes; whether the bound was met before them. */
  private boolean copy(long length, ByteArrayOutputStream body, int bytesMax, boolean whole)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = length;
    while (left > 0) {
      int room = bytesMax - body.size();
      if (room == 0 && !(left == Long.MAX_VALUE && peekEnd())) {
        return true;
      }
      if (room == 0) {
        return false;
      }
      int read = in.read(buffer, 0, (int) Math.min(Math.min(left, buffer.length), room));
      if (read < 0) {
        if (whole) {
          throw new MalformedException("it cut its answer");
        }
        return false;
      }
      body.write(buffer, 0, read);
      left -= left == Long.MAX_VALUE ? 0 : read;
    }
    return false;
  }

  private boolean peekEnd() throws IOException {
    return in.read() < 0;
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    String line = line();
    for (int lines = 1; !line.isEmpty(); lines++) {
      int colon = line.indexOf(':');
      if (colon < 1 || lines > LINES_MAX || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        throw new MalformedException("it sent a malformed head");
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
      line = line();
    }
    return Collections.unmodifiableMap(headers);
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    while (bytes.size() < LINE_LENGTH_MAX) {
      int next = in.read();
      if (next < 0) {
        throw new MalformedException("it closed the connection without an answer");
      }
      if (next == '\n') {
        String line = bytes.toString(StandardCharsets.ISO_8859_1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      }
      bytes.write(next);
    }
    throw new MalformedException("it sent a line that is too long");
  }
}
