package io.agentos.adapters.http;

import java.nio.ByteBuffer;
import java.util.List;

/** Bytes one after the other in one array that grows. Not thread-safe. */
final class Bytes {
  private static final int CAPACITY_MIN = 8 * 1024;

  private byte[] array = new byte[CAPACITY_MIN];
  private int start;
  private int end;

  /** The array in which they lie, from {@link #start} to {@link #end}; good until the next add. */
  byte[] array() {
    return array;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int size() {
    return end - start;
  }

  void add(List<ByteBuffer> buffers) {
    buffers.forEach(this::add);
  }

  void add(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (more > array.length - end) {
      makeRoom(more);
    }
    buffer.get(array, end, more);
    end += more;
  }

  /** Forgets the first {@code count} bytes. */
  void drop(int count) {
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  private void makeRoom(int more) {
    int size = size();
    int needed = Math.addExact(size, more);
    byte[] from = array;
    if (needed > array.length / 2) {
      array = new byte[Math.max(needed, array.length * 2)];
    }
    System.arraycopy(from, start, array, 0, size);
    start = 0;
    end = size;
  }
}
