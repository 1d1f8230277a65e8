package io.agentos.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One HTTP/1.1 request off a socket. Header names are in lower case. */
record FakeRequest(String path, Map<String, String> headers, String body) {
  private static final int LINE_LENGTH_MAX = 64 * 1024;
  private static final int HEADERS_MAX = 200;
  private static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

  FakeRequest {
    headers = Map.copyOf(headers);
  }

  /** The next request of a connection; empty when the client has closed it between requests. */
  static Optional<FakeRequest> read(InputStream in) throws IOException {
    Optional<String> first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = List.of(first.get().split(" ", 3));
    if (words.size() != 3) {
      throw new IOException("not an HTTP request line");
    }
    Map<String, String> headers = headers(in);
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equals("chunked")
            ? chunks(in)
            : in.readNBytes(bounded(headers.getOrDefault("content-length", "0"), 10));
    return Optional.of(
        new FakeRequest(words.get(1), headers, new String(body, StandardCharsets.UTF_8)));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < HEADERS_MAX; i++) {
      String line = line(in).orElseThrow(EOFException::new);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not an HTTP header line");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    throw new IOException("more than " + HEADERS_MAX + " headers");
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = bounded(line(in).orElseThrow(EOFException::new), 16);
      body.writeBytes(in.readNBytes(size));
      bounded(Integer.toString(body.size()), 10);
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static int bounded(String number, int radix) throws IOException {
    int size = Integer.parseInt(number, radix);
    if (size < 0 || size > BODY_BYTES_MAX) {
      throw new IOException("a body of %d bytes; allowed are %d".formatted(size, BODY_BYTES_MAX));
    }
    return size;
  }

  private static Optional<String> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        return Optional.empty();
      }
      if (line.length() == LINE_LENGTH_MAX) {
        throw new IOException("a line of more than " + LINE_LENGTH_MAX + " characters");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return Optional.of(line.toString());
  }
}
