package io.agentos.server.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies of browsers. Over https they carry the prefix {@code __Host-} (RFC 6265bis), so that
 * no other host and no plain page can set them; on this machine over http, where browsers refuse
 * that prefix, they do not. Immutable.
 */
final class Cookies {
  /** The cookie that holds a session. */
  static final String SESSION = "agentos-session";

  /** The cookie that binds a sign-in at a provider to its browser. */
  static final String FLOW = "agentos-flow";

  private final boolean secure;

  Cookies(boolean secure) {
    this.secure = secure;
  }

  /** The header that sets a cookie until the browser is closed. */
  String set(String cookie, String value) {
    return name(cookie) + "=" + value + attributes();
  }

  /** The header that sets a cookie for a while. */
  String set(String cookie, String value, Duration life) {
    return set(cookie, value) + "; Max-Age=" + life.toSeconds();
  }

  /** The header that takes a cookie away. */
  String cleared(String cookie) {
    return set(cookie, "") + "; Max-Age=0";
  }

  /**
   * The value of a cookie in a {@code Cookie} header. None where there are two of one name: another
   * page of the site may have put one beside ours.
   */
  Optional<String> read(String header, String cookie) {
    String start = name(cookie) + "=";
    List<String> found = new ArrayList<>();
    for (String part : header.split(";", -1)) {
      String each = part.strip();
      if (each.startsWith(start)) {
        found.add(each.substring(start.length()));
      }
    }
    return found.size() == 1 && !found.getFirst().isEmpty()
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }

  private String name(String cookie) {
    return secure ? "__Host-" + cookie : cookie;
  }

  private String attributes() {
    return "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
  }
}
