package io.agentos.server.http;

import io.agentos.api.Ids;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of requests, by which callers and logs find each other. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";

  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  private RequestIds() {}

  /** The name the caller gave, when it is one that can stand in a log; else a new one. */
  static String of(Optional<String> given) {
    return given
        .filter(id -> SANE.matcher(id).matches())
        .orElseGet(() -> Ids.format("req", Ids.next()));
  }
}
