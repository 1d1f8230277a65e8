package io.agentos.adapters.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** An answer whose head has come, read as its bytes come. One reader. */
interface Incoming {
  int status();

  HttpHeaders headers();

  /**
   * The next bytes, good until the next call; empty at the end of the body.
   *
   * @throws HttpTimeoutException when nothing came within {@code atMost}
   * @throws IOException when the body was cut
   */
  List<ByteBuffer> next(Duration atMost) throws IOException, InterruptedException;

  /** Gives the place back, and the connection if the body has ended. May be called twice. */
  void cancel();
}
