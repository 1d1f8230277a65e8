package io.agentos.server.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.TimeUnit;

/** Writes an answer, and gives a reader up that does not take it. Used by one thread. */
final class BoundedWriter implements DataWriter {
  private final DataWriter delegate;
  private final Guard guard;
  private final ConnectionBounds bounds;

  BoundedWriter(DataWriter delegate, Guard guard, ConnectionBounds bounds) {
    this.delegate = delegate;
    this.guard = guard;
    this.bounds = bounds;
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    bounded(buffer, () -> delegate.write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    bounded(buffer, () -> delegate.writeNow(buffer));
  }

  @Override
  public void flush() {
    delegate.flush();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private void bounded(BufferData buffer, Runnable write) {
    long more =
        TimeUnit.SECONDS.toNanos(buffer.available() / ConnectionBounds.WRITE_BYTES_A_SECOND);
    guard.before(
        System.nanoTime() + bounds.write().toNanos() + more,
        () -> {
          write.run();
          return true;
        });
  }
}
