package io.agentos.tools.http;

import io.agentos.api.ToolResult;
import io.agentos.spi.Egress.HttpAnswer;
import io.agentos.tools.files.Printable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server said, as a result: the body as text, and as fields {@code status, url,
 * content_type, headers, cut}, with {@code json} when it is a whole document of JSON.
 */
final class Answer {
  private static final int NOT_MODIFIED = 304;
  private static final int EXCERPT_LENGTH_MAX = 2_000;
  private static final int HEADER_LENGTH_MAX = 1_000;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]+/[a-z0-9.+-]+");
  private static final Pattern TEXT =
      Pattern.compile(
          "text/.+|application/(?:json|xml|javascript|ecmascript|x-www-form-urlencoded|yaml"
              + "|x-yaml|toml|graphql|sql|x-ndjson|ndjson|jsonl|rtf|xhtml\\+xml|.+\\+(?:json|xml|yaml))"
              + "|image/svg\\+xml");

  /** Those that an agent can act on. */
  private static final List<String> HEADERS =
      List.of("etag", "last-modified", "link", "location", "retry-after", "content-language");

  /** What is nested deeper is text: a result is kept within other JSON. */
  private static final int DEPTH_MAX = 100;

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
              .build());

  private Answer() {}

  static ToolResult of(String url, HttpAnswer answer) {
    String type = type(answer);
    boolean text = isText(type, answer.body());
    String body = text ? Printable.text(answer.body()) : "";
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("status", answer.status());
    fields.put("url", url);
    fields.put("content_type", type);
    fields.put("headers", headers(answer));
    fields.put("cut", answer.cut());
    if (isJson(type) && !answer.cut()) {
      json(answer.body()).ifPresent(value -> fields.put("json", value));
    }
    if (answer.status() >= 300 && answer.status() != NOT_MODIFIED) {
      return new ToolResult(refusal(url, answer, body), fields, true);
    }
    return new ToolResult(text ? body : notText(type, answer), fields, false);
  }

  /** How long the server asks to wait; empty when it does not say so in seconds. */
  static Optional<Duration> pause(HttpAnswer answer) {
    return answer.headers().getOrDefault("retry-after", List.of()).stream()
        .filter(value -> SECONDS.matcher(value).matches())
        .findFirst()
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static String refusal(String url, HttpAnswer answer, String body) {
    if (answer.status() < 400) {
      List<String> locations = answer.headers().getOrDefault("location", List.of());
      return locations.isEmpty()
          ? "%s answered %d.".formatted(Redirect.host(url), answer.status())
          : "%s answered %d and leads to %s, which was not asked."
              .formatted(
                  Redirect.host(url),
                  answer.status(),
                  Printable.line(locations.getFirst(), HEADER_LENGTH_MAX));
    }
    String told = "%s answered %d.".formatted(Redirect.host(url), answer.status());
    return body.isBlank()
        ? told
        : told + " It says:\n" + body.substring(0, Math.min(body.length(), EXCERPT_LENGTH_MAX));
  }

  private static String notText(String type, HttpAnswer answer) {
    return answer.status() == 204 || answer.body().isEmpty()
        ? ""
        : "The answer is %s and no text; it is not shown."
            .formatted(type.isEmpty() ? "of no told type" : type);
  }

  private static String type(HttpAnswer answer) {
    List<String> types = answer.headers().getOrDefault("content-type", List.of());
    if (types.size() != 1) {
      return "";
    }
    String whole = types.getFirst();
    int end = whole.indexOf(';');
    String type = (end < 0 ? whole : whole.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return TYPE.matcher(type).matches() ? type : "";
  }

  private static boolean isText(String type, String body) {
    return type.isEmpty()
        ? body.indexOf('\0') < 0 && body.indexOf('\uFFFD') < 0
        : TEXT.matcher(type).matches();
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static Optional<Object> json(String body) {
    try {
      return Optional.ofNullable(JSON.readValue(body, Object.class));
    } catch (JacksonException e) {
      return Optional.empty(); // the text is there as it came
    }
  }

  private static Map<String, Object> headers(HttpAnswer answer) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      List<String> values = answer.headers().getOrDefault(name, List.of());
      if (!values.isEmpty()) {
        headers.put(name, Printable.line(String.join(", ", values), HEADER_LENGTH_MAX));
      }
    }
    return headers;
  }
}
