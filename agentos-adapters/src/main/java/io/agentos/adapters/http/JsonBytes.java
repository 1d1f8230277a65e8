package io.agentos.adapters.http;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is written, in one array that is handed out as it is. One thread. */
final class JsonBytes extends OutputStream {
  private static final int CAPACITY_MIN = 1_024;

  private byte[] bytes;
  private int length;

  /**
   * @param expected about how many bytes will come; a good guess saves copies
   */
  JsonBytes(int expected) {
    bytes = new byte[Math.max(CAPACITY_MIN, expected)];
  }

  @Override
  public void write(int next) {
    makeRoom(1);
    bytes[length++] = (byte) next;
  }

  @Override
  public void write(byte[] more, int from, int count) {
    makeRoom(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
  }

  /** All that was written; nothing more may be. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  private void makeRoom(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 3L * needed / 2));
    }
  }
}
