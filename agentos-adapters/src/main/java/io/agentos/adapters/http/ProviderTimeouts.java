package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;

/**
 * How long one call of a provider may take, part by part; each above 0 and up to 1 hour.
 *
 * @param connect until the connection stands, TLS included
 * @param firstByte until a stream has begun; a plain answer begins when it is whole, so only {@code
 *     total} bounds it
 * @param idle between two deliveries of a stream, comments and pings included
 * @param total from connecting to the last byte
 */
public record ProviderTimeouts(
    Duration connect, Duration firstByte, Duration idle, Duration total) {
  private static final Duration MAX = Duration.ofHours(1);

  /** Where nothing else is said: 10 s, 2 min, 2 min, and 10 min, as in the vendors' own SDKs. */
  public static final ProviderTimeouts DEFAULT =
      new ProviderTimeouts(
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  /**
   * @throws AgentOsException INVALID_DEFINITION when one is out of its bounds
   */
  public ProviderTimeouts {
    check("connect", connect);
    check("first-byte", firstByte);
    check("idle", idle);
    check("total", total);
  }

  /** The default ones, with another total. */
  public static ProviderTimeouts ofTotal(Duration total) {
    return new ProviderTimeouts(DEFAULT.connect, DEFAULT.firstByte, DEFAULT.idle, total);
  }

  private static void check(String name, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(MAX) > 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION,
          "The %s timeout of a provider is %s; allowed is above 0 and up to 1 hour."
              .formatted(name, timeout));
    }
  }
}
