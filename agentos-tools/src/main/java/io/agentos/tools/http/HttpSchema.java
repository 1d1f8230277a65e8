package io.agentos.tools.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the arguments of the tools may be. */
final class HttpSchema {
  static final int URL_LENGTH_MAX = 2_048;
  static final int BODY_LENGTH_MAX = 256 * 1024;
  static final int BYTES_MAX = 1_000_000;
  static final int BYTES_USUAL = 256 * 1024;
  static final int SECONDS_MAX = 60;
  static final int SECONDS_USUAL = 20;

  /**
   * The headers that may be set: what says which answer is wanted, on which condition, and who
   * asks. None of them says where a message ends, to whom it goes, or for whom somebody speaks.
   */
  private static final List<String> HEADERS =
      List.of(
          "accept",
          "accept-language",
          "api-key",
          "apikey",
          "authorization",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-unmodified-since",
          "prefer",
          "private-token",
          "x-api-key",
          "x-api-version",
          "x-auth-token",
          "x-github-api-version",
          "x-request-id");

  private static final int HEADER_LENGTH_MAX = 4_096;
  private static final String PRINTABLE = "^[!-~](?:[ -~]*[!-~])?$";

  private HttpSchema() {}

  /**
   * @param body whether something is sent along
   */
  static Map<String, Object> of(boolean body) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "url",
        text(
            "The whole address, with https://",
            URL_LENGTH_MAX,
            "^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$"));
    if (body) {
      addBody(properties);
    }
    properties.put("headers", headers());
    properties.put(
        "bearer_token",
        text("Sent as 'Authorization: Bearer'; secret:NAME", HEADER_LENGTH_MAX, "^[!-~]+$"));
    properties.put(
        "bytes_max",
        number("How much of the answer to read; %d when left out", BYTES_USUAL, BYTES_MAX));
    properties.put(
        "seconds_max",
        number("How long to wait for the answer; %d when left out", SECONDS_USUAL, SECONDS_MAX));
    return map(
        "type",
        "object",
        "properties",
        Collections.unmodifiableMap(properties),
        "required",
        List.of("url"),
        "additionalProperties",
        false);
  }

  private static void addBody(Map<String, Object> properties) {
    properties.put(
        "json",
        map("type", List.of("object", "array"), "description", "What to send, as a JSON value"));
    properties.put(
        "body",
        map(
            "type",
            "string",
            "maxLength",
            BODY_LENGTH_MAX,
            "description",
            "What to send, as text; in the place of json"));
    properties.put(
        "content_type",
        text(
            "What body is, such as application/xml; text/plain when left out",
            100,
            "^[a-z]+/[a-z0-9.+-]+$"));
  }

  private static Map<String, Object> headers() {
    Map<String, Object> names = new LinkedHashMap<>();
    HEADERS.forEach(name ->
        names.put(
            name, map("type", "string", "maxLength", HEADER_LENGTH_MAX, "pattern", PRINTABLE)));
    return map(
        "type",
        "object",
        "description",
        "Headers by name; a credential as secret:NAME",
        "properties",
        Collections.unmodifiableMap(names),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> text(String description, int lengthMax, String pattern) {
    return map(
        "type",
        "string",
        "minLength",
        1,
        "maxLength",
        lengthMax,
        "pattern",
        pattern,
        "description",
        description);
  }

  private static Map<String, Object> number(String description, int usual, int maximum) {
    return map(
        "type",
        "integer",
        "minimum",
        1,
        "maximum",
        maximum,
        "description",
        description.formatted(usual));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }
}
