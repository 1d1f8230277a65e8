package io.agentos.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer tells browsers: to take it for what it says it is, to show it in no frame, to
 * tell nobody where they come from, to keep no copy, and to share nothing with other origins.
 */
final class SecurityHeaders {
  /** Two years, as browsers ask for. */
  private static final String HSTS = "max-age=63072000";

  private SecurityHeaders() {}

  /**
   * The headers, each of which an answer may replace by its own.
   *
   * @param secure whether browsers reach the server over https
   */
  static Map<String, String> of(boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", Pages.NO_PAGE_POLICY);
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    if (secure) {
      headers.put("Strict-Transport-Security", HSTS);
    }
    return headers;
  }
}
