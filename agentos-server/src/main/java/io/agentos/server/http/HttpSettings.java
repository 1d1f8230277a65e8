package io.agentos.server.http;

/**
 * Where the API listens.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port 1 to 65,535, or 0 for any free one
 */
public record HttpSettings(String host, int port) {
  private static final int PORT_MAX = 65_535;

  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host to listen on is blank");
    }
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port is 0 to %d, not %d".formatted(PORT_MAX, port));
    }
  }
}
