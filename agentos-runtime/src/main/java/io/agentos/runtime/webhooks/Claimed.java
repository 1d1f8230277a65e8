package io.agentos.runtime.webhooks;

import io.agentos.api.EventId;
import io.agentos.api.TenantId;
import io.agentos.api.WebhookDeliveryId;
import io.agentos.api.WebhookEndpointId;
import io.agentos.runtime.store.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this node is to send now.
 *
 * @param subject a task's UUID where the event stood in a journal; else as the audit log has it
 * @param auditSeq 0 where the event is none of the audit log
 * @param attempt which one this is, from 1
 * @param sealed the secrets to sign with
 * @param entry the body of the audit entry, where the endpoint asks for facts; null otherwise
 */
record Claimed(
    TenantId tenant,
    WebhookDeliveryId id,
    WebhookEndpointId endpoint,
    EventId event,
    String type,
    String subject,
    Instant at,
    long auditSeq,
    String detail,
    int attempt,
    String url,
    Instant now,
    List<String> sealed,
    @Nullable String entry) {
  static Claimed of(Row row) {
    return new Claimed(
        new TenantId(row.text("tenant_id")),
        new WebhookDeliveryId(row.uuid("delivery_id")),
        new WebhookEndpointId(row.uuid("endpoint_id")),
        new EventId(row.uuid("event_id")),
        row.text("type"),
        row.text("subject"),
        row.instant("at"),
        row.longNumber("audit_seq"),
        row.text("detail"),
        row.number("attempts"),
        row.text("url"),
        row.instant("now"),
        row.texts("sealed"),
        row.optionalText("entry"));
  }
}
