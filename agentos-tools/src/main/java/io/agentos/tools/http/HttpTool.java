package io.agentos.tools.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Egress;
import io.agentos.spi.Egress.HttpAnswer;
import io.agentos.spi.Egress.HttpCall;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a web server with one method. An answer of 400 or more is a failed result; one that says
 * "later" is tried again where that cannot act twice. Thread-safe.
 */
final class HttpTool implements Tool {
  private static final int REDIRECTS_MAX = 3;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final List<Integer> LATER = List.of(502, 503, 504);
  private static final Duration LATER_MAX = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final Verb verb;

  HttpTool(Verb verb) {
    this.verb = verb;
  }

  @Override
  public ToolSpec spec() {
    return verb.spec();
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    Optional<String> problem = problem(arguments);
    if (problem.isPresent()) {
      return ToolResult.failure(problem.get());
    }
    HttpCall call = first(arguments, context);
    Deadline deadline = Deadline.in(call.atMost());
    for (int redirects = 0; ; redirects++) {
      HttpAnswer answer = send(call, context.egress());
      mustNotBeLater(call, answer);
      Optional<URI> next =
          verb == Verb.GET ? Redirect.target(call.url(), answer) : Optional.empty();
      if (next.isEmpty()) {
        return Answer.of(call.url(), answer);
      }
      if (redirects == REDIRECTS_MAX) {
        return ToolResult.failure(
            "%s leads on more than %d times.".formatted(host(call), REDIRECTS_MAX));
      }
      call =
          new HttpCall(
              call.method(),
              next.get().toString(),
              call.headers(),
              call.body(),
              deadline.left(),
              call.bytesMax());
    }
  }

  private static Optional<String> problem(ToolArguments arguments) {
    Map<String, ?> values = arguments.values();
    if (values.get("json") != null && values.get("body") != null) {
      return Optional.of("Give json or body, not both.");
    }
    if (values.get("json") != null && values.get("content_type") != null) {
      return Optional.of("Give content_type with body; json is application/json.");
    }
    boolean twice =
        values.get("bearer_token") != null
            && values.get("headers") instanceof Map<?, ?> headers
            && headers.containsKey("authorization");
    return twice
        ? Optional.of("Give bearer_token or the header authorization, not both.")
        : Optional.empty();
  }

  private HttpCall first(ToolArguments arguments, ToolContext context) {
    Map<String, String> headers = new TreeMap<>();
    if (arguments.values().get("headers") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    arguments
        .optionalText("bearer_token")
        .ifPresent(token -> headers.put("authorization", "Bearer " + token));
    if (verb != Verb.GET) {
      headers.put("idempotency-key", context.key().idempotencyKey());
    }
    Object json = arguments.values().get("json");
    String body =
        json == null ? arguments.optionalText("body").orElse("") : JSON.writeValueAsString(json);
    if (json != null) {
      headers.put("content-type", "application/json");
    } else if (!body.isEmpty()) {
      headers.put(
          "content-type",
          arguments.optionalText("content_type").orElse("text/plain") + "; charset=utf-8");
    }
    return new HttpCall(
        verb.name(),
        arguments.text("url"),
        headers,
        body,
        Duration.ofSeconds(arguments.number("seconds_max", HttpSchema.SECONDS_USUAL)),
        (int) arguments.number("bytes_max", HttpSchema.BYTES_USUAL));
  }

  /** Once something was sent without an answer, only what may be repeated says "try again". */
  private HttpAnswer send(HttpCall call, Egress egress) {
    try {
      return egress.call(call);
    } catch (AgentOsException e) {
      if (verb.repeatable() || Egress.neverSent(e)) {
        throw e;
      }
      throw new UncheckedIOException(
          "%s was sent to %s and no whole answer came".formatted(spec().name(), host(call)),
          new IOException(e));
    }
  }

  private void mustNotBeLater(HttpCall call, HttpAnswer answer) {
    boolean later =
        answer.status() == TOO_MANY_REQUESTS
            || (verb.repeatable() && LATER.contains(answer.status()));
    if (!later) {
      return;
    }
    String told = "%s answered %d.".formatted(host(call), answer.status());
    Optional<Duration> pause = Answer.pause(answer);
    if (pause.filter(asked -> asked.compareTo(LATER_MAX) > 0).isPresent()) {
      throw new AgentOsException(
          ErrorCode.TOOL_FAILED,
          "%s It asks to come back in %d seconds.".formatted(told, pause.get().toSeconds()));
    }
    throw pause
        .map(asked -> AgentOsException.retryAfter(ErrorCode.TOOL_UNAVAILABLE, told, asked))
        .orElseGet(() -> new AgentOsException(ErrorCode.TOOL_UNAVAILABLE, told));
  }

  /** For messages: path and query of an address may hold what is nobody's business. */
  private static String host(HttpCall call) {
    return Redirect.host(call.url());
  }
}
