package io.agentos.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

  private TraceParent() {}

  /** The id of the caller's trace; empty when the header is absent or not well formed. */
  static String traceId(Optional<String> header) {
    Matcher matcher = SHAPE.matcher(header.orElse(""));
    return matcher.matches() ? matcher.group(1) : "";
  }
}
