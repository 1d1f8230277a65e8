package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An error as callers see it: a problem document of RFC 9457. */
final class Problem {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "urn:agentos:error:";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private Problem() {}

  /** Where and for which request something went wrong. */
  record Place(String instance, String requestId) {}

  /** The answer that tells an error. */
  static Answer.Ready answer(AgentOsException error, Place place) {
    ErrorCode code = error.code();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", MEDIA_TYPE);
    if (code == ErrorCode.UNAUTHENTICATED) {
      headers.put("WWW-Authenticate", "Bearer realm=\"agentos\"");
    }
    if (code.retriable()) {
      Duration wait = error.retryAfter().orElse(RETRY_AFTER);
      headers.put("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
    }
    String body =
        body(new Facts(code.name(), code.httpStatus(), error.detail()), place, error.fieldErrors());
    return new Answer.Ready(code.httpStatus(), body, headers);
  }

  /** What an error says of itself. */
  record Facts(String code, int status, String detail) {}

  /** The document itself. */
  static String body(Facts facts, Place place, List<FieldError> errors) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", TYPE + facts.code.toLowerCase(Locale.ROOT).replace('_', '-'));
    body.put("title", title(facts.code));
    body.put("status", facts.status);
    body.put("detail", facts.detail);
    body.put("instance", place.instance);
    body.put("code", facts.code);
    body.put("request_id", place.requestId);
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    return Json.write(body);
  }

  /** The code as people write it. */
  private static String title(String code) {
    return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
