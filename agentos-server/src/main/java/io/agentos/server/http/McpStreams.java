package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The streams that MCP clients read, bounded in number. Thread-safe. */
final class McpStreams {
  private static final int STREAMS_MAX = 512;
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);
  private static final Duration LIFE_MAX = Duration.ofHours(1);

  private final Credentials credentials;
  private final Semaphore places = new Semaphore(STREAMS_MAX);

  McpStreams(Credentials credentials) {
    this.credentials = credentials;
  }

  /** What writes a stream. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** An answer that is a stream. */
  Answer open(Writing writing) {
    if (!places.tryAcquire()) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "%,d MCP streams are open, which is the most at once; try again.".formatted(STREAMS_MAX));
    }
    return new Answer.Events(
        new Answer.Events.Body() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            try {
              writing.to(out);
            } catch (UncheckedIOException e) {
              throw e.getCause();
            }
          }

          @Override
          public void close() {
            places.release();
          }
        });
  }

  /** Shows that the line is alive until the reader goes, the key falls or an hour is over. */
  void keepAlive(Call call, McpStream stream) throws IOException {
    long end = System.nanoTime() + LIFE_MAX.toNanos();
    try {
      stream.signOfLife();
      while (!stream.isClosed() && System.nanoTime() < end) {
        Thread.sleep(SILENCE_MAX);
        // A key that was revoked meanwhile listens no longer.
        credentials.holder(call.caller().secret(), false);
        stream.signOfLife();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
