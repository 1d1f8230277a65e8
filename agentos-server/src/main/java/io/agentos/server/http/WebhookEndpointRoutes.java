package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.WebhookDeliveryId;
import io.agentos.api.WebhookEndpointId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.webhooks.Endpoints;
import io.agentos.runtime.webhooks.EventTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of endpoints that are told of events, and of what they were told. Thread-safe. */
final class WebhookEndpointRoutes {
  private static final Cursor<UUID> ENDPOINTS = Cursor.ofIds("webhook-endpoints");
  private static final Cursor<UUID> DELIVERIES = Cursor.ofIds("webhook-deliveries");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final int URL_LENGTH_MAX = 2_048;
  private static final int DESCRIPTION_LENGTH_MAX = 500;
  private static final int ID_LENGTH_MAX = 64;

  private final Endpoints endpoints;
  private final Idempotent idempotent;

  WebhookEndpointRoutes(HttpServices services, Idempotent idempotent) {
    this.endpoints = services.webhooks().endpoints();
    this.idempotent = idempotent;
  }

  /** An endpoint as callers see it. */
  record View(
      String id,
      String url,
      String description,
      List<String> events,
      String content,
      String state,
      String reason,
      long secrets,
      String createdBy,
      Instant createdAt) {
    static View of(Endpoints.View endpoint) {
      return new View(
          endpoint.id().toString(),
          endpoint.url(),
          endpoint.description(),
          endpoint.events(),
          endpoint.content(),
          endpoint.state(),
          endpoint.reason(),
          endpoint.secrets(),
          endpoint.createdBy(),
          endpoint.createdAt());
    }
  }

  /**
   * An endpoint that was made.
   *
   * @param secret null in a repeated answer: it is shown once
   */
  record Made(
      String id,
      String url,
      String description,
      List<String> events,
      String content,
      Instant createdAt,
      @Nullable String secret) {}

  /** A delivery as callers see it. */
  record DeliveryView(
      String id,
      String endpoint,
      String event,
      String type,
      String subject,
      Instant at,
      String state,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable Integer status,
      String error,
      @Nullable Instant endedAt) {
    static DeliveryView of(Endpoints.Delivery delivery) {
      return new DeliveryView(
          delivery.id().toString(),
          delivery.endpoint().toString(),
          delivery.event().toString(),
          delivery.type(),
          delivery.subject(),
          delivery.at(),
          delivery.state(),
          delivery.attempts(),
          delivery.nextAttemptAt(),
          delivery.status(),
          delivery.error(),
          delivery.endedAt());
    }
  }

  List<Route> routes() {
    Access webhooks = new Access.Needs(Permission.WEBHOOKS);
    return List.of(
        new Route("GET", "/v1/webhook-endpoints", webhooks, this::list),
        new Route("POST", "/v1/webhook-endpoints", webhooks, this::create),
        new Route("POST", "/v1/webhook-endpoints/{id}/rotate", webhooks, this::rotate),
        new Route("POST", "/v1/webhook-endpoints/{id}/enable", webhooks, this::enable),
        new Route("POST", "/v1/webhook-endpoints/{id}/test", webhooks, this::test),
        new Route("DELETE", "/v1/webhook-endpoints/{id}", webhooks, this::delete),
        new Route("GET", "/v1/webhook-deliveries", webhooks, this::deliveries),
        new Route("POST", "/v1/webhook-deliveries/{id}/redeliver", webhooks, this::redeliver));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(ENDPOINTS).orElse(LAST);
    query.check();
    List<Endpoints.View> found = endpoints.list(call.tenant(), before, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, View::of, endpoint -> ENDPOINTS.encode(endpoint.id().value())));
  }

  private Answer create(Call call) {
    Supplier<Endpoints.NewEndpoint> prepared = Idempotent.prepared(() -> read(call.body()));
    return idempotent.tellOnce(
        call,
        201,
        tx -> {
          Endpoints.NewEndpoint endpoint = prepared.get();
          Endpoints.Made made =
              endpoints.create(tx, call.tenant(), endpoint, call.principal().id());
          return new Idempotent.ToldOnce(
              made(endpoint, made, made.secret()), made(endpoint, made, null));
        });
  }

  private Answer rotate(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fieldsOrNone(problems, "overlap");
    Duration overlap =
        fields
            .duration("overlap", WebhookSourceRoutes.OVERLAP_MAX)
            .orElse(WebhookSourceRoutes.OVERLAP);
    problems.throwIfAny();
    WebhookEndpointId id = WebhookEndpointId.parse(call.id());
    return idempotent.tellOnce(
        call,
        200,
        tx -> {
          String by = call.principal().id();
          String now = endpoints.rotate(tx, call.tenant(), id, overlap, by).secret();
          return new Idempotent.ToldOnce(
              new WebhookSourceRoutes.Rotated(id.toString(), overlap, now),
              new WebhookSourceRoutes.Rotated(id.toString(), overlap, null));
        });
  }

  private Answer enable(Call call) {
    WebhookEndpointId id = nothingBut(call, WebhookEndpointId::parse);
    return idempotent
        .once(
            call,
            200,
            tx -> {
              endpoints.enable(tx, call.tenant(), id, call.principal().id());
              return Map.of("id", id.toString());
            })
        .answer();
  }

  private Answer test(Call call) {
    WebhookEndpointId id = nothingBut(call, WebhookEndpointId::parse);
    return idempotent
        .once(call, 202, tx -> Map.of("delivery", endpoints.test(tx, call.tenant(), id).toString()))
        .answer();
  }

  private Answer delete(Call call) {
    call.parameters().check();
    endpoints.delete(call.tenant(), WebhookEndpointId.parse(call.id()), call.principal().id());
    return Answer.empty();
  }

  private Answer deliveries(Call call) {
    QueryParameters query = call.parameters("limit", "cursor", "endpoint", "state");
    int limit = query.limit();
    UUID before = query.cursor(DELIVERIES).orElse(LAST);
    Optional<WebhookEndpointId> endpoint =
        query.text("endpoint", ID_LENGTH_MAX).flatMap(text -> endpoint(query, text));
    Optional<String> state = query.choice("state", List.of("pending", "delivered", "dead"));
    query.check();
    List<Endpoints.Delivery> found =
        endpoints.deliveries(
            call.tenant(), endpoint.orElse(null), state.orElse(null), before, limit + 1);
    return Answer.json(
        200,
        Page.of(
            found, limit, DeliveryView::of, delivery -> DELIVERIES.encode(delivery.id().value())));
  }

  private Answer redeliver(Call call) {
    WebhookDeliveryId id = nothingBut(call, WebhookDeliveryId::parse);
    return idempotent
        .once(
            call,
            202,
            tx -> {
              endpoints.redeliver(tx, call.tenant(), id, call.principal().id());
              return Map.of("delivery", id.toString());
            })
        .answer();
  }

  private static <T> T nothingBut(Call call, Function<String, T> id) {
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    return id.apply(call.id());
  }

  private static Optional<WebhookEndpointId> endpoint(QueryParameters query, String text) {
    try {
      return Optional.of(WebhookEndpointId.parse(text));
    } catch (AgentOsException e) {
      query.problem("endpoint", "must be the id of an endpoint, whe_…");
      return Optional.empty();
    }
  }

  private static Made made(
      Endpoints.NewEndpoint endpoint, Endpoints.Made made, @Nullable String secret) {
    return new Made(
        made.id().toString(),
        endpoint.url(),
        endpoint.description(),
        endpoint.events(),
        endpoint.content(),
        made.createdAt(),
        secret);
  }

  private Endpoints.NewEndpoint read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "url", "description", "events", "content");
    Optional<String> url = fields.requiredText("url", URL_LENGTH_MAX);
    String description = fields.text("description", DESCRIPTION_LENGTH_MAX).orElse("");
    String content = fields.choice("content", Endpoints.NewEndpoint.CONTENTS).orElse("ids");
    List<String> events = events(fields);
    problems.throwIfAny();
    endpoints.check(url.orElseThrow());
    return new Endpoints.NewEndpoint(url.orElseThrow(), description, events, content);
  }

  private static List<String> events(RequestFields fields) {
    fields.require("events");
    List<String> events = new ArrayList<>();
    Optional<JsonNode> given = fields.value("events");
    if (given.isPresent()
        && (!given.get().isArray() || given.get().isEmpty() || given.get().size() > 64)) {
      fields.problem("events", "must be an array of 1 to 64 types of events, or of '*'");
      return events;
    }
    if (given.isPresent()) {
      for (JsonNode event : given.get()) {
        String type = event.isString() ? event.stringValue() : "";
        if (!type.equals(EventTypes.ALL) && !EventTypes.KNOWN.contains(type)) {
          fields.problem(
              "events", FieldProblems.unknown(FieldProblems.shortened(type), EventTypes.KNOWN));
        } else if (!events.contains(type)) {
          events.add(type);
        }
      }
    }
    return events;
  }
}
