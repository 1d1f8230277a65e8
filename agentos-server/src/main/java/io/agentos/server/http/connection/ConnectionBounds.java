package io.agentos.server.http.connection;

import java.time.Duration;

/**
 * What a connection may take.
 *
 * @param idle the longest pause before a request, and the longest time to read what is left of one
 *     that was answered
 * @param request the longest time from a request's first line to its last byte
 * @param write the longest time to take an answer; {@link #WRITE_BYTES_A_SECOND} more for long ones
 * @param linger how long a sender who was refused may pause before the connection is closed
 * @param requestBytes the largest request as it comes over the wire, headers and framing included
 */
public record ConnectionBounds(
    Duration idle, Duration request, Duration write, Duration linger, int requestBytes) {
  /** A reader that is slower than this may be cut. */
  static final long WRITE_BYTES_A_SECOND = 64 * 1024;

  /** How long a refused sender may go on sending. */
  static final Duration LINGER_MAX = Duration.ofSeconds(10);

  /** How much a refused sender may go on sending; it is read and forgotten. */
  static final long LINGER_BYTES_MAX = 128L * 1024 * 1024;
}
