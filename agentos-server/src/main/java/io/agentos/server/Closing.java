package io.agentos.server;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened, to be closed in reverse. A part that fails to close does not keep the others
 * open.
 *
 * <p>Thread-safe.
 */
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Remembers a part and returns it. */
  synchronized <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part = next(); part != null; part = next()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(
            System.Logger.Level.WARNING, "could not close " + part.getClass().getSimpleName(), e);
      }
    }
  }

  private synchronized @org.jspecify.annotations.Nullable AutoCloseable next() {
    return opened.poll();
  }
}
