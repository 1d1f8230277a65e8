package io.agentos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port of this machine that refuses connections: it is taken, so that nobody else can begin to
 * listen there while it is open.
 */
public final class ClosedPort implements AutoCloseable {
  private final Socket holder = new Socket();

  private ClosedPort() {
    try {
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a free port. */
  public static ClosedPort take() {
    return new ClosedPort();
  }

  /** Its address, such as {@code http://127.0.0.1:41234}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + holder.getLocalPort());
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
