package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos webhook endpoints}. */
@Command(
    name = "endpoints",
    aliases = "endpoint",
    description = "URLs that are told of events.",
    synopsisSubcommandLabel = "COMMAND")
final class WebhookEndpointsCommand {
  private static final String ENDPOINTS = "/v1/webhook-endpoints";

  private final Session session;

  WebhookEndpointsCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Tell a URL of events; the secret is printed once.",
      footer = {
        "%nExamples:",
        "  agentos webhook endpoints create --url https://hooks.example.com/x \\",
        "      --event task.completed --event task.failed",
        "  agentos webhook endpoints create --url https://hooks.example.com/x \\",
        "      --event '*' --content facts"
      })
  int create(
      @Option(names = "--url", required = true, paramLabel = "URL", description = "https")
          String url,
      @Option(
              names = "--event",
              required = true,
              paramLabel = "TYPE",
              description = "such as task.completed; '*' for all; may be repeated")
          List<String> events,
      @Option(
              names = "--content",
              paramLabel = "WHAT",
              description = "ids, or facts for what the audit log holds too (default: ids)")
          @Nullable String content,
      @Option(names = "--description", paramLabel = "TEXT", description = "for people")
          @Nullable String description,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("url", url);
    body.put("events", events);
    if (content != null) {
      body.put("content", content);
    }
    if (description != null) {
      body.put("description", description);
    }
    Fields made = session.client(options).post(ENDPOINTS, body);
    return WebhookCommand.made(
        session, output, made, "%s is told of %s".formatted(made.text("id"), events));
  }

  @Command(
      description = "List the endpoints, newest first; never their secrets.",
      footer = {"%nExample:", "  agentos webhook endpoints list"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> endpoints =
        session.list(session.client(options), ENDPOINTS, Map.of(), limit.limit(), one -> true);
    Table table = new Table("ENDPOINT", "STATE", "EVENTS", "URL", "SECRETS", "CREATED", "WHY");
    for (Fields endpoint : endpoints) {
      table.row(
          endpoint.text("id"),
          endpoint.text("state"),
          events(endpoint),
          endpoint.text("url"),
          endpoint.text("secrets"),
          Words.instant(endpoint.text("created_at")),
          endpoint.text("reason"));
    }
    session.show(output, endpoints, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Give an endpoint another secret, printed once; both sign for a while.",
      footer = {"%nExample:", "  agentos webhook endpoints rotate whe_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int rotate(
      @Parameters(paramLabel = "ENDPOINT") String endpoint,
      @Option(
              names = "--overlap",
              paramLabel = "DURATION",
              description = "how long both sign, at most P7D (default: PT24H)")
          @Nullable String overlap,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (overlap != null) {
      body.put("overlap", overlap);
    }
    Fields made = session.client(options).post(path(endpoint, "rotate"), body);
    return WebhookCommand.made(
        session,
        output,
        made,
        "%s: the former secret signs for %s more".formatted(endpoint, made.text("overlap")));
  }

  @Command(
      description = "Send a test event to an endpoint.",
      footer = {"%nExample:", "  agentos webhook endpoints test whe_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int test(
      @Parameters(paramLabel = "ENDPOINT") String endpoint,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields queued = session.client(options).post(path(endpoint, "test"), Map.of());
    session.terminal().print(output.json() ? queued.pretty() : queued.text("delivery"));
    return ExitCode.DONE;
  }

  @Command(
      description = "Tell an endpoint again that was disabled.",
      footer = {"%nExample:", "  agentos webhook endpoints enable whe_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int enable(@Parameters(paramLabel = "ENDPOINT") String endpoint, @Mixin ConfigOptions options) {
    session.client(options).post(path(endpoint, "enable"), Map.of());
    session.terminal().print(endpoint + " enabled");
    return ExitCode.DONE;
  }

  @Command(
      description = "End an endpoint and what waits for it.",
      footer = {"%nExample:", "  agentos webhook endpoints delete whe_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int delete(@Parameters(paramLabel = "ENDPOINT") String endpoint, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(ENDPOINTS, endpoint));
    session.terminal().print(endpoint + " deleted");
    return ExitCode.DONE;
  }

  private static String path(String endpoint, String verb) {
    return ApiClient.path(ENDPOINTS, endpoint) + "/" + verb;
  }

  private static String events(Fields endpoint) {
    List<String> events =
        endpoint.list("events").stream().map(event -> event.json().asString("")).toList();
    return events.size() < 3 ? String.join(", ", events) : events.getFirst() + " and more";
  }
}
