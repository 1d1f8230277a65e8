package io.agentos.runtime.egress;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.Egress.HttpCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The bytes of a request, RFC 9112. */
final class HttpRequest {
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E\\t]{0,8190}[\\x21-\\x7E])?|");
  private static final int HEADERS_MAX = 64;

  /** What says where a message begins and ends, or to whom it goes, is not for callers. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect");

  private HttpRequest() {}

  /**
   * Head and body of a call.
   *
   * @throws AgentOsException EGRESS_REFUSED when method or headers are none, or not for callers
   */
  static byte[] bytes(Destination destination, HttpCall call) {
    if (!METHOD.matcher(call.method()).matches() || call.method().equals("CONNECT")) {
      throw refused("the method is none");
    }
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(512);
    head.append(call.method()).append(' ').append(destination.target()).append(" HTTP/1.1\r\n");
    header(head, "Host", destination.authority());
    header(head, "Connection", "close");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", "AgentOS");
    headers.put("Accept-Encoding", "identity");
    headers.putAll(call.headers());
    if (headers.size() > HEADERS_MAX) {
      throw refused("there are more than %d headers".formatted(HEADERS_MAX));
    }
    headers.forEach((name, value) -> {
      boolean own = OWN.contains(name.toLowerCase(Locale.ROOT));
      if (own || !NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        throw refused("a header is malformed, or not for callers to set");
      }
      header(head, name, value);
    });
    if (body.length > 0 || !call.method().equals("GET")) {
      header(head, "Content-Length", Integer.toString(body.length));
    }
    head.append("\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static AgentOsException refused(String why) {
    return new AgentOsException(
        ErrorCode.EGRESS_REFUSED, "The call is refused: %s.".formatted(why));
  }
}
