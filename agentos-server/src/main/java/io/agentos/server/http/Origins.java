package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of others from acting with a browser's cookie: where the browser says from which page
 * a request comes, that page must be ours, and what changes something must carry a token that only
 * our pages can read. Requests with keys need neither, for no browser adds a key by itself.
 *
 * <p>Immutable.
 */
final class Origins {
  /** The header that carries the token. */
  static final String TOKEN = "X-CSRF-Token";

  private final HttpSettings settings;

  Origins(HttpSettings settings) {
    this.settings = settings;
  }

  /** The token of a session; a page of another origin cannot learn it. */
  static String token(String session) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Credential.sha256("csrf\n" + session));
  }

  /**
   * Stops a request with a session's cookie that changes something and does not come from a page of
   * ours.
   *
   * @param headers the first value of a header by its name; null when it is not there
   */
  void mustBeOurs(Function<String, @Nullable String> headers, String session) {
    mustBeOurPage(headers);
    String given = Objects.requireNonNullElse(headers.apply(TOKEN), "");
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), token(session).getBytes(StandardCharsets.UTF_8))) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "In a session, the header %s must hold the csrf_token of GET /v1/session."
              .formatted(TOKEN));
    }
  }

  /** Stops a request that a page of another origin makes. */
  void mustBeOurPage(Function<String, @Nullable String> headers) {
    String site = headers.apply("Sec-Fetch-Site");
    String origin = headers.apply("Origin");
    boolean ours =
        (site == null || site.equals("same-origin") || site.equals("none"))
            && (origin == null || isOurs(origin, headers.apply("Host")));
    if (!ours) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "The request comes from a page of another origin; where a proxy stands before this server, set server.public_url.");
    }
  }

  /** Stops who would send a password or a session in the clear over a network. */
  void mustBeConfidential() {
    if (!settings.confidential()) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "People sign in over https, or on the server's own machine; set server.public_url to the https URL of this server.");
    }
  }

  private boolean isOurs(String origin, @Nullable String host) {
    URI publicUrl = settings.publicUrl();
    if (publicUrl != null) {
      return origin.equalsIgnoreCase(origin(publicUrl));
    }
    if (host == null || !isOwnName(host)) {
      return false;
    }
    return origin.equalsIgnoreCase("http://" + host);
  }

  /** A name of others that leads here, by a DNS answer that changed, is not ours. */
  private boolean isOwnName(String host) {
    int port = host.lastIndexOf(':');
    String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    return HttpSettings.isLoopback(name) || name.equalsIgnoreCase(settings.host());
  }

  private static String origin(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getHost() + port;
  }
}
