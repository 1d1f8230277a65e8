package io.agentos.server.cli;

import java.net.URI;
import java.util.Optional;

/** A server in this process that answers requests until it is closed. */
public interface RunningServer extends AutoCloseable {
  /** Where it listens, such as {@code http://127.0.0.1:7070}. */
  URI url();

  /**
   * A page that signs its first administrator in once, within a short while; empty where that user
   * is disabled.
   */
  Optional<URI> signInLink();

  /** Returns when the server has been closed. */
  void awaitShutdown() throws InterruptedException;

  /** Stops it and all it started; closing twice does no harm. */
  @Override
  void close();
}
