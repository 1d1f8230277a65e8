package io.agentos.server.http;

import io.agentos.api.Request;
import io.agentos.api.WebhookSourceId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.webhooks.Scheme;
import io.agentos.runtime.webhooks.SourceSettings;
import io.agentos.runtime.webhooks.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of sources: who may deliver webhooks, and what becomes of them. Thread-safe. */
final class WebhookSourceRoutes {
  static final Duration OVERLAP = Duration.ofHours(24);
  static final Duration OVERLAP_MAX = Duration.ofDays(7);
  private static final Cursor<UUID> SOURCES = Cursor.ofIds("webhook-sources");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final int TEXT_LENGTH_MAX = 200;
  private static final int URL_LENGTH_MAX = 2_048;
  private static final int INPUT_LENGTH_MAX = 16 * 1024;
  private static final String HEADER = "[A-Za-z0-9-]{1,64}";

  private final Sources sources;
  private final Idempotent idempotent;
  private final TargetCheck targets;

  WebhookSourceRoutes(HttpServices services, Idempotent idempotent) {
    this.sources = services.webhooks().sources();
    this.idempotent = idempotent;
    this.targets = new TargetCheck(services.catalog());
  }

  /**
   * A source as callers see it.
   *
   * @param path where its sender delivers to
   */
  record View(
      String id,
      String path,
      String name,
      String scheme,
      SourceSettings settings,
      long secrets,
      String createdBy,
      Instant createdAt) {
    static View of(Sources.View source) {
      return new View(
          source.id().toString(),
          pathOf(source.id()),
          source.name(),
          source.scheme().text(),
          source.settings(),
          source.secrets(),
          source.createdBy(),
          source.createdAt());
    }
  }

  /**
   * A source that was made.
   *
   * @param secret null in a repeated answer: it is shown once
   */
  record Made(
      String id,
      String path,
      String name,
      String scheme,
      SourceSettings settings,
      Instant createdAt,
      @Nullable String secret) {}

  /**
   * What a rotation gave.
   *
   * @param secret null in a repeated answer: it is shown once
   * @param overlap how long the former secret stays valid
   */
  record Rotated(String id, Duration overlap, @Nullable String secret) {}

  List<Route> routes() {
    Access webhooks = new Access.Needs(Permission.WEBHOOKS);
    return List.of(
        new Route("GET", "/v1/webhook-sources", webhooks, this::list),
        new Route("POST", "/v1/webhook-sources", webhooks, this::create),
        new Route("POST", "/v1/webhook-sources/{id}/rotate", webhooks, this::rotate),
        new Route("DELETE", "/v1/webhook-sources/{id}", webhooks, this::delete));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(SOURCES).orElse(LAST);
    query.check();
    List<Sources.View> found = sources.list(call.tenant(), before, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, View::of, source -> SOURCES.encode(source.id().value())));
  }

  private Answer create(Call call) {
    Supplier<Sources.NewSource> prepared = Idempotent.prepared(() -> read(call.body()));
    return idempotent.tellOnce(
        call,
        201,
        tx -> {
          Sources.NewSource source = prepared.get();
          Sources.Made made = sources.create(tx, call.tenant(), source, call.principal().id());
          return new Idempotent.ToldOnce(
              made(source, made, made.secret()), made(source, made, null));
        });
  }

  private Answer rotate(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fieldsOrNone(problems, "secret", "overlap");
    String secret = fields.text("secret", TEXT_LENGTH_MAX).orElse(null);
    Duration overlap = fields.duration("overlap", OVERLAP_MAX).orElse(OVERLAP);
    problems.throwIfAny();
    WebhookSourceId id = WebhookSourceId.parse(call.id());
    return idempotent.tellOnce(
        call,
        200,
        tx -> {
          String by = call.principal().id();
          String now = sources.rotate(tx, call.tenant(), id, secret, overlap, by).secret();
          return new Idempotent.ToldOnce(
              new Rotated(id.toString(), overlap, now), new Rotated(id.toString(), overlap, null));
        });
  }

  private Answer delete(Call call) {
    call.parameters().check();
    sources.delete(call.tenant(), WebhookSourceId.parse(call.id()), call.principal().id());
    return Answer.empty();
  }

  private static Made made(Sources.NewSource source, Sources.Made made, @Nullable String secret) {
    return new Made(
        made.id().toString(),
        pathOf(made.id()),
        source.name(),
        source.scheme().text(),
        source.settings(),
        made.createdAt(),
        secret);
  }

  private static String pathOf(WebhookSourceId id) {
    return "/v1/hooks/" + id;
  }

  private Sources.NewSource read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        body.fields(
            problems,
            "name",
            "scheme",
            "secret",
            "url",
            "signature_header",
            "timestamp_header",
            "encoding",
            "algorithm",
            "pack",
            "agent",
            "type",
            "priority",
            "input");
    Optional<String> name = fields.requiredText("name", TEXT_LENGTH_MAX);
    fields.require("scheme");
    Optional<Scheme> scheme = fields.choice("scheme", Scheme.WORDS).map(Scheme::of);
    Optional<String> secret = fields.text("secret", 256);
    SourceSettings settings = settings(fields, scheme.orElse(Scheme.HMAC) == Scheme.HMAC);
    problems.throwIfAny();
    Request.Target target =
        targets
            .resolve(new Request.Target(settings.pack(), settings.agent(), settings.type()))
            .target();
    return new Sources.NewSource(
        name.orElseThrow(), scheme.orElseThrow(), settings.to(target), secret.orElse(null));
  }

  private static SourceSettings settings(RequestFields fields, boolean hmac) {
    Optional<String> header = header(fields, "signature_header");
    Optional<String> timestamp = header(fields, "timestamp_header");
    Optional<String> encoding = fields.choice("encoding", SourceSettings.ENCODINGS);
    Optional<String> algorithm = fields.choice("algorithm", SourceSettings.ALGORITHMS);
    for (String name : List.of("signature_header", "timestamp_header", "encoding", "algorithm")) {
      if (!hmac && fields.value(name).isPresent()) {
        fields.problem(name, "has a meaning for the scheme hmac only");
      }
    }
    Optional<JsonNode> input = fields.value("input");
    if (input.isPresent() && input.get().toString().length() > INPUT_LENGTH_MAX) {
      fields.problem("input", "must have at most %,d characters".formatted(INPUT_LENGTH_MAX));
    }
    return new SourceSettings(
        fields.text("url", URL_LENGTH_MAX).orElse(null),
        hmac ? header.orElse("X-Signature") : null,
        timestamp.orElse(null),
        hmac ? encoding.orElse("hex") : null,
        hmac ? algorithm.orElse("sha256") : null,
        fields.text("pack", TEXT_LENGTH_MAX).orElse(null),
        fields.text("agent", TEXT_LENGTH_MAX).orElse(null),
        fields.text("type", TEXT_LENGTH_MAX).orElse(null),
        fields.whole("priority", 0, 9).map(Math::toIntExact).orElse(Request.PRIORITY_DEFAULT),
        input.map(Json::plain).orElse(null));
  }

  private static Optional<String> header(RequestFields fields, String name) {
    Optional<String> text = fields.text(name, TEXT_LENGTH_MAX);
    if (text.isPresent() && !text.get().matches(HEADER)) {
      fields.problem(name, "must be the name of a header: 1 to 64 letters, digits and '-'");
      return Optional.empty();
    }
    return text;
  }
}
