package io.agentos.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the API listens, and what browsers know it by.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port 1 to 65,535, or 0 for any free one
 * @param publicUrl where browsers reach it; null where they use {@code host} itself
 * @param proxies how many proxies stand before it, each of which appends to {@code X-Forwarded-For}
 */
public record HttpSettings(String host, int port, @Nullable URI publicUrl, int proxies) {
  private static final int PORT_MAX = 65_535;
  private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host to listen on is blank");
    }
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port is 0 to %d, not %d".formatted(PORT_MAX, port));
    }
  }

  /** A server that browsers reach where it listens. */
  public HttpSettings(String host, int port) {
    this(host, port, null, 0);
  }

  /** Whether browsers reach it over https. */
  boolean secure() {
    return publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
  }

  /** Whether what it says to browsers stays between the two: by https, or on this machine. */
  boolean confidential() {
    return secure() || (publicUrl == null && isLoopback(host));
  }

  /** Whether a name stands for this machine alone. */
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || name.matches("127(\\.[0-9]{1,3}){3}");
  }
}
