package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a provider is reached and how.
 *
 * <p>Checked when made: INVALID_DEFINITION says what to change. Its text never shows a header's
 * value, for keys travel there.
 *
 * @param provider the provider's name in configuration and records
 * @param baseUrl used as given, without a slash at the end; the path of a call is appended. Plain
 *     http is refused for hosts other than this machine unless {@code allowPlainHttp}
 * @param headers sent with each call, authentication included
 * @param timeouts how long one call may take
 * @param allowPlainHttp whether keys and prompts may travel unencrypted, for private networks only
 */
public record ProviderEndpoint(
    String provider,
    URI baseUrl,
    Map<String, String> headers,
    ProviderTimeouts timeouts,
    boolean allowPlainHttp) {
  private static final int SECRET_LENGTH_MIN = 8;
  private static final Set<String> HEADERS_RESERVED =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,4096}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  public ProviderEndpoint {
    baseUrl = checked(provider, baseUrl, allowPlainHttp);
    headers.forEach((name, value) -> checkHeader(provider, name, value));
    headers = Map.copyOf(headers);
  }

  /** The address of a call: the base URL with {@code path}, which begins with a slash. */
  URI resolve(String path) {
    return URI.create(baseUrl + path);
  }

  /** Whether it is reached over TLS. */
  boolean secure() {
    return baseUrl.getScheme().equalsIgnoreCase("https");
  }

  /** Whether {@code text} holds a part of a header that could be a key. */
  boolean isSecret(String text) {
    return headers.values().stream()
        .flatMap(value -> Stream.of(value.split(" ", -1)))
        .anyMatch(part -> part.length() >= SECRET_LENGTH_MIN && text.contains(part));
  }

  @Override
  public String toString() {
    return "ProviderEndpoint[provider=%s, baseUrl=%s, headers=%s, timeouts=%s]"
        .formatted(provider, baseUrl, headers.keySet(), timeouts);
  }

  private static URI checked(String provider, URI url, boolean allowPlainHttp) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw wrong(provider, "The base URL must be like https://host/v1.");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getFragment() != null) {
      throw wrong(provider, "The base URL must have no user, '?' or '#' part.");
    }
    if (scheme.equals("http") && !allowPlainHttp && !isLoopback(url.getHost())) {
      throw wrong(
          provider,
          "The base URL http://"
              + url.getHost()
              + " would send keys and prompts unencrypted. Use https, or allow plain http for this"
              + " provider if the network is private.");
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static void checkHeader(String provider, String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw wrong(provider, "A header's name must be of letters, digits and '-'.");
    }
    if (HEADERS_RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw wrong(provider, "The header " + name + " cannot be set: the connection makes its own.");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw wrong(
          provider,
          "The value of header "
              + name
              + " must be 1 to 4096 visible ASCII characters on one line.");
    }
  }

  private static AgentOsException wrong(String provider, String message) {
    return new AgentOsException(
        ErrorCode.INVALID_DEFINITION, "Provider %s: %s".formatted(provider, message));
  }
}
