package io.agentos.runtime.egress;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a body as text: by its byte order mark, its Content-Type, or as UTF-8. */
final class HttpText {
  private static final Pattern CHARSET =
      Pattern.compile(
          "(?i);[ \\t]*charset[ \\t]*=[ \\t]*(?:\"([a-z0-9._:+-]{1,40})\"|([a-z0-9._:+-]{1,40}))");

  private HttpText() {}

  static String of(Map<String, List<String>> headers, byte[] body) {
    if (begins(body, 0xEF, 0xBB, 0xBF)) {
      return new String(body, 3, body.length - 3, StandardCharsets.UTF_8);
    }
    if (begins(body, 0xFE, 0xFF)) {
      return new String(body, 2, body.length - 2, StandardCharsets.UTF_16BE);
    }
    if (begins(body, 0xFF, 0xFE)) {
      return new String(body, 2, body.length - 2, StandardCharsets.UTF_16LE);
    }
    List<String> types = headers.getOrDefault("content-type", List.of());
    Charset charset =
        types.size() == 1
            ? named(types.getFirst()).orElse(StandardCharsets.UTF_8)
            : StandardCharsets.UTF_8;
    return new String(body, charset);
  }

  private static Optional<Charset> named(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name that is none, or unknown here
    }
  }

  private static boolean begins(byte[] body, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= body.length || (body[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
