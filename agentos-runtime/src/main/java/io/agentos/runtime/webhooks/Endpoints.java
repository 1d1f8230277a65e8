package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.EventId;
import io.agentos.api.TenantId;
import io.agentos.api.WebhookDeliveryId;
import io.agentos.api.WebhookEndpointId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a tenant, and what they were told.
 *
 * <p>Thread-safe.
 */
public final class Endpoints {
  private static final int PER_TENANT_MAX = 50;
  private static final String CHANGED = "config.changed";

  private final Database database;
  private final Audit audit;
  private final WebhookSecrets secrets;
  private final EgressGuard egress;

  Endpoints(Database database, Audit audit, WebhookSecrets secrets, EgressGuard egress) {
    this.database = database;
    this.audit = audit;
    this.secrets = secrets;
    this.egress = egress;
  }

  /**
   * What an endpoint is to be.
   *
   * @param events of {@link EventTypes#KNOWN}, or {@code *}
   * @param content {@code ids}, or {@code facts} for what the audit log holds of an event too
   */
  public record NewEndpoint(String url, String description, List<String> events, String content) {
    /** What an event may be told with. */
    public static final List<String> CONTENTS = List.of("ids", "facts");

    public NewEndpoint {
      events = List.copyOf(events);
    }
  }

  /** An endpoint as it is listed. */
  public record View(
      WebhookEndpointId id,
      String url,
      String description,
      List<String> events,
      String content,
      String state,
      String reason,
      long secrets,
      String createdBy,
      Instant createdAt) {}

  /** An endpoint that was made, or whose secret was rotated. */
  public record Made(WebhookEndpointId id, Instant createdAt, String secret) {}

  /** What one endpoint was, or will be, told of one event. */
  public record Delivery(
      WebhookDeliveryId id,
      WebhookEndpointId endpoint,
      EventId event,
      String type,
      String subject,
      Instant at,
      String state,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable Integer status,
      String error,
      @Nullable Instant endedAt) {}

  /**
   * Looks where a URL leads, without a transaction, for it asks name servers.
   *
   * @throws AgentOsException EGRESS_REFUSED, or INVALID_REQUEST when its host has no address
   */
  public void check(String url) {
    try {
      egress.check(url);
    } catch (AgentOsException e) {
      if (e.code() != ErrorCode.TOOL_UNAVAILABLE) {
        throw e;
      }
      throw AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          e.detail(),
          List.of(new AgentOsException.FieldError("url", "names a host without an address")));
    }
  }

  /** Makes an endpoint, whose URL was {@link #check checked}. */
  public Made create(Tx tx, TenantId tenant, NewEndpoint endpoint, String by) {
    long count =
        tx.queryOne(EndpointsSql.COUNT, row -> row.longNumber("endpoints"), tenant.value())
            .orElse(0L);
    if (count >= PER_TENANT_MAX) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "There are %d endpoints, the most a tenant may have; delete one.".formatted(count));
    }
    WebhookEndpointId id = WebhookEndpointId.next();
    String secret = WebhookSecrets.random();
    Instant createdAt =
        tx.queryOne(
                EndpointsSql.CREATE,
                row -> row.instant("created_at"),
                tenant.value(),
                id.value(),
                endpoint.url(),
                endpoint.description(),
                endpoint.events().toArray(String[]::new),
                endpoint.content(),
                by)
            .orElseThrow();
    secrets.add(tx, tenant, id.value(), secret);
    record(tx, tenant, by, id, Map.of("change", "created"));
    return new Made(id, createdAt, secret);
  }

  /** Endpoints older than {@code before}, newest first. */
  public List<View> list(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant, tx -> tx.query(EndpointsSql.LIST, Endpoints::view, tenant.value(), before, limit));
  }

  /**
   * Gives an endpoint another secret; for {@code overlap}, each delivery is signed with both.
   *
   * @throws AgentOsException NOT_FOUND
   */
  public Made rotate(Tx tx, TenantId tenant, WebhookEndpointId id, Duration overlap, String by) {
    mustExist(tx, tenant, id);
    String secret = WebhookSecrets.random();
    secrets.rotate(tx, tenant, id.value(), secret, overlap);
    record(tx, tenant, by, id, Map.of("change", "rotated", "overlap", overlap.toString()));
    return new Made(id, Instant.EPOCH, secret);
  }

  /**
   * Lets an endpoint that was disabled be told again, of what happens from now on.
   *
   * @throws AgentOsException NOT_FOUND
   */
  public void enable(Tx tx, TenantId tenant, WebhookEndpointId id, String by) {
    mustExist(tx, tenant, id);
    tx.update(EndpointsSql.ENABLE, tenant.value(), id.value());
    record(tx, tenant, by, id, Map.of("change", "enabled"));
  }

  /**
   * Ends an endpoint, and what waits for it.
   *
   * @throws AgentOsException NOT_FOUND
   */
  public void delete(TenantId tenant, WebhookEndpointId id, String by) {
    database.inTenantDo(
        tenant,
        tx -> {
          if (tx.update(EndpointsSql.DELETE, tenant.value(), id.value()) == 0) {
            throw absent(id);
          }
          secrets.delete(tx, tenant, id.value());
          record(tx, tenant, by, id, Map.of("change", "deleted"));
        });
  }

  /**
   * Tells an endpoint a test event.
   *
   * @throws AgentOsException NOT_FOUND; CONFLICT when the endpoint is disabled
   */
  public WebhookDeliveryId test(Tx tx, TenantId tenant, WebhookEndpointId id) {
    if (!mustExist(tx, tenant, id).equals("active")) {
      throw new AgentOsException(
          ErrorCode.CONFLICT, "The endpoint %s is disabled; enable it first.".formatted(id));
    }
    WebhookDeliveryId delivery = WebhookDeliveryId.next();
    tx.update(
        EndpointsSql.TELL,
        tenant.value(),
        delivery.value(),
        id.value(),
        EventId.next().value(),
        EventTypes.TEST,
        id.toString());
    return delivery;
  }

  /**
   * Deliveries older than {@code before}, newest first.
   *
   * @param endpoint null for all
   * @param state null for all
   */
  public List<Delivery> deliveries(
      TenantId tenant,
      @Nullable WebhookEndpointId endpoint,
      @Nullable String state,
      UUID before,
      int limit) {
    UUID of = endpoint == null ? null : endpoint.value();
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                EndpointsSql.DELIVERIES,
                Endpoints::delivery,
                tenant.value(),
                before,
                of,
                of,
                state,
                state,
                limit));
  }

  /**
   * Sends a delivery again that has ended, under the same id.
   *
   * @throws AgentOsException NOT_FOUND; CONFLICT while it is still being tried
   */
  public void redeliver(Tx tx, TenantId tenant, WebhookDeliveryId id, String by) {
    if (tx.update(EndpointsSql.AGAIN, tenant.value(), id.value()) == 0) {
      if (tx.queryOne(EndpointsSql.DELIVERY_STATE, row -> true, tenant.value(), id.value())
          .isEmpty()) {
        throw new AgentOsException(
            ErrorCode.NOT_FOUND, "There is no webhook delivery %s.".formatted(id));
      }
      throw new AgentOsException(
          ErrorCode.CONFLICT, "The delivery %s is still being tried.".formatted(id));
    }
    audit.append(
        tx,
        List.of(
            new AuditEntry(tenant, CHANGED, by, id.toString(), Map.of("change", "redelivered"))));
  }

  private static String mustExist(Tx tx, TenantId tenant, WebhookEndpointId id) {
    return tx.queryOne(EndpointsSql.ONE, row -> row.text("state"), tenant.value(), id.value())
        .orElseThrow(() -> absent(id));
  }

  private void record(
      Tx tx, TenantId tenant, String by, WebhookEndpointId id, Map<String, String> facts) {
    audit.append(tx, List.of(new AuditEntry(tenant, CHANGED, by, id.toString(), facts)));
  }

  private static View view(Row row) {
    return new View(
        new WebhookEndpointId(row.uuid("endpoint_id")),
        row.text("url"),
        row.text("description"),
        row.texts("events"),
        row.text("content"),
        row.text("state"),
        row.text("reason"),
        row.longNumber("secrets"),
        row.text("created_by"),
        row.instant("created_at"));
  }

  private static Delivery delivery(Row row) {
    String state = row.text("state");
    int status = row.number("status");
    return new Delivery(
        new WebhookDeliveryId(row.uuid("delivery_id")),
        new WebhookEndpointId(row.uuid("endpoint_id")),
        new EventId(row.uuid("event_id")),
        row.text("type"),
        EventBody.subject(row.text("subject")),
        row.instant("at"),
        state,
        row.number("attempts"),
        state.equals("pending") ? row.instant("due_at") : null,
        status == 0 ? null : status,
        row.text("error"),
        row.optionalInstant("ended_at"));
  }

  private static AgentOsException absent(WebhookEndpointId id) {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no endpoint %s.".formatted(id));
  }
}
