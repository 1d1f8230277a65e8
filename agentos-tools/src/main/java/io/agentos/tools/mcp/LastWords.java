package io.agentos.tools.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Empties a stream and keeps its end. Thread-safe. */
final class LastWords {
  private static final int BYTES_MAX = 4_000;

  private final byte[] ring = new byte[BYTES_MAX];
  private long written;

  void drain(InputStream stream) {
    byte[] chunk = new byte[BYTES_MAX];
    try (stream) {
      for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
        keep(chunk, read);
      }
    } catch (IOException e) {
      // The program is gone; what it said until then is kept.
    }
  }

  synchronized String text() {
    int length = (int) Math.min(written, BYTES_MAX);
    byte[] kept = new byte[length];
    for (int i = 0; i < length; i++) {
      kept[i] = ring[(int) ((written - length + i) % BYTES_MAX)];
    }
    return new String(kept, StandardCharsets.UTF_8);
  }

  private synchronized void keep(byte[] chunk, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % BYTES_MAX)] = chunk[i];
    }
  }
}
