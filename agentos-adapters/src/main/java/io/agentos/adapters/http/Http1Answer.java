package io.agentos.adapters.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * The answer of one call over a kept connection, read as its bytes come. One reader; {@link
 * #cancel} by the same thread.
 */
final class Http1Answer implements Incoming {
  private static final int CHUNK_LINE_LENGTH_MAX = 1_024;
  private static final int TRAILERS_MAX = 256;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

  private final Http1Connection connection;
  private final Http1Pool pool;
  private final Http1Head head;
  private final boolean chunked;

  /** What is left of the body or the chunk; -1 when the body ends with the connection. */
  private long left;

  private boolean chunkBegun;
  private boolean ended;
  private boolean released;

  Http1Answer(Http1Connection connection, Http1Head head, Http1Pool pool) throws IOException {
    this.connection = connection;
    this.pool = pool;
    this.head = head;
    this.chunked = head.isChunked();
    this.left = chunked ? 0 : head.length();
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public HttpHeaders headers() {
    return head.headers();
  }

  @Override
  public List<ByteBuffer> next(Duration atMost) throws IOException, InterruptedException {
    if (ended) {
      return List.of();
    }
    Deadline deadline = Deadline.in(atMost);
    if (chunked && left == 0) {
      beginChunk(deadline);
    }
    if (left == 0) {
      end();
      return List.of();
    }
    if (connection.available() == 0 && !connection.fill(deadline)) {
      if (left > 0) {
        throw new EOFException("the body was cut");
      }
      end();
      return List.of();
    }
    ByteBuffer bytes = connection.take(left < 0 ? Long.MAX_VALUE : left);
    left -= left < 0 ? 0 : bytes.remaining();
    return List.of(bytes);
  }

  @Override
  public void cancel() {
    if (!ended && left == 0 && (!chunked || isLastChunkHere())) {
      end();
    }
    release(false);
  }

  /** At the end of a chunk: reads the size of the next one; past the last one, the trailers. */
  private void beginChunk(Deadline deadline) throws IOException, InterruptedException {
    if (chunkBegun && !Http1Head.line(connection, deadline).isEmpty()) {
      throw new IOException("a chunk longer than it said");
    }
    chunkBegun = true;
    left = size(Http1Head.line(connection, deadline));
    for (int lines = 0; left == 0; lines++) {
      if (Http1Head.line(connection, deadline).isEmpty()) {
        return;
      }
      if (lines > TRAILERS_MAX) {
        throw new IOException("too many trailers");
      }
    }
  }

  private static long size(String line) throws IOException {
    int end = line.indexOf(';');
    String size = (end < 0 ? line : line.substring(0, end)).strip();
    if (line.length() > CHUNK_LINE_LENGTH_MAX || size.isEmpty() || size.length() > 15) {
      throw new IOException("a malformed chunk");
    }
    try {
      return Long.parseUnsignedLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("a malformed chunk", e);
    }
  }

  /** A reader that has read a stream's last event leaves the mark of its end behind. */
  private boolean isLastChunkHere() {
    if (connection.available() != LAST_CHUNK.length()) {
      return false;
    }
    for (int i = 0; i < LAST_CHUNK.length(); i++) {
      if (connection.peek(i) != LAST_CHUNK.charAt(i)) {
        return false;
      }
    }
    connection.take(LAST_CHUNK.length());
    return true;
  }

  private void end() {
    ended = true;
    release(head.keepAlive() && left == 0 && connection.available() == 0);
  }

  private void release(boolean reusable) {
    if (!released) {
      released = true;
      pool.release(connection, reusable);
    }
  }
}
