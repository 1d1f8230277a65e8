package io.agentos.server.http.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection of Helidon that closes after the answer that says so.
 *
 * <p>Its thread handles it; any thread may close it.
 */
final class BoundedConnection implements ServerConnection, InterruptableTask<Void> {
  private final ServerConnection delegate;
  private final BoundedContext context;
  private final Runnable ended;

  BoundedConnection(ServerConnection delegate, BoundedContext context, Runnable ended) {
    this.delegate = delegate;
    this.context = context;
    this.ended = ended;
    context.closeAfterAnswer(() -> delegate.close(false));
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      delegate.handle(limit);
      context.linger();
    } finally {
      ended.run();
    }
  }

  @Override
  public Duration idleTime() {
    return delegate.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    delegate.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return delegate instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}
