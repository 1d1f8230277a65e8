package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.identity.Principal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who calls: the holder of a key, or a person in a session. Nothing is remembered between calls.
 *
 * <p>Thread-safe.
 */
final class Callers {
  private static final String SCHEME = "bearer ";
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

  private final Credentials credentials;
  private final HttpSettings settings;
  private final Cookies cookies;
  private final Origins origins;

  Callers(Credentials credentials, HttpSettings settings) {
    this.credentials = credentials;
    this.settings = settings;
    this.cookies = new Cookies(settings.secure());
    this.origins = new Origins(settings);
  }

  /**
   * Who makes a request: by its key where it has one, else by its cookie.
   *
   * @throws AgentOsException UNAUTHENTICATED; FORBIDDEN when a page of another origin uses the
   *     cookie
   */
  Call.Caller of(ServerRequest request, boolean first) {
    Optional<String> authorization = request.headers().first(HeaderNames.AUTHORIZATION);
    Optional<String> session =
        authorization.isPresent()
            ? Optional.empty()
            : request
                .headers()
                .first(HeaderNames.COOKIE)
                .flatMap(header -> cookies.read(header, Cookies.SESSION))
                .filter(Credentials::isSession);
    String address = address(request);
    if (session.isEmpty()) {
      String secret = key(authorization.orElse(""));
      return new Call.Caller(credentials.holder(secret, first), secret, address);
    }
    Principal principal = credentials.holder(session.get(), first);
    String method = request.prologue().method().text();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      origins.mustBeOurs(
          name -> request.headers().first(HeaderNames.create(name)).orElse(null), session.get());
    }
    return new Call.Caller(principal, session.get(), address);
  }

  /** Somebody who has yet to say who it is; with the cookie of a session it may have. */
  Call.Caller stranger(ServerRequest request) {
    if (!request.prologue().method().text().equals("GET")) {
      origins.mustBeOurPage(name -> request.headers().first(HeaderNames.create(name)).orElse(null));
    }
    origins.mustBeConfidential();
    String session =
        request
            .headers()
            .first(HeaderNames.COOKIE)
            .flatMap(header -> cookies.read(header, Cookies.SESSION))
            .orElse("");
    return new Call.Caller(Call.Caller.NOBODY.principal(), session, address(request));
  }

  private static String key(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new AgentOsException(
          ErrorCode.UNAUTHENTICATED, "An API key is needed; send 'Authorization: Bearer aos_…'.");
    }
    String secret = authorization.substring(SCHEME.length()).strip();
    if (!secret.startsWith("aos_")) {
      throw new AgentOsException(
          ErrorCode.UNAUTHENTICATED,
          "The API key is unknown, expired or revoked; send 'Authorization: Bearer aos_…'.");
    }
    return secret;
  }

  /** Where a request comes from, as the outermost proxy of ours saw it. */
  private String address(ServerRequest request) {
    String peer =
        request.remotePeer().address() instanceof InetSocketAddress socket
            ? socket.getAddress().getHostAddress()
            : request.remotePeer().host();
    if (settings.proxies() == 0) {
      return peer;
    }
    String[] hops =
        String.join(",", request.headers().all(FORWARDED_FOR, java.util.List::of)).split(",", -1);
    int hop = hops.length - settings.proxies();
    return hop < 0 || hops[hop].isBlank() ? peer : hops[hop].strip();
  }
}
