package io.agentos.tools.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a stream of UTF-8, none longer than a bound. Used by one thread. */
final class BoundedLines implements Closeable {
  private final InputStream in;
  private final int bytesMax;

  BoundedLines(InputStream in, int bytesMax) {
    this.in = new BufferedInputStream(in, 64 * 1024);
    this.bytesMax = bytesMax;
  }

  /** A line longer than the bound. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** The next line without its end; null after the last. What has no end is no line. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == bytesMax) {
        throw new TooLongException();
      }
      line.write(next);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
