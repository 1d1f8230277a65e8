package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.WebhookSourceId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
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
 * The sources of a tenant: who may deliver, and what task a delivery becomes.
 *
 * <p>Thread-safe.
 */
public final class Sources {
  private static final int PER_TENANT_MAX = 200;

  private final Database database;
  private final Audit audit;
  private final WebhookSecrets secrets;

  Sources(Database database, Audit audit, WebhookSecrets secrets) {
    this.database = database;
    this.audit = audit;
    this.secrets = secrets;
  }

  /**
   * What a source is to be.
   *
   * @param secret what its sender signs with; null to make one, which stripe and twilio do not
   *     allow, for theirs come from the sender
   */
  public record NewSource(
      String name, Scheme scheme, SourceSettings settings, @Nullable String secret) {
    public NewSource {
      Scheme wanted = scheme;
      if (secret != null) {
        WebhookSecrets.check(wanted, secret);
      } else if (wanted == Scheme.STRIPE || wanted == Scheme.TWILIO) {
        throw wrong("secret", "is required: %s gives it to you".formatted(wanted.text()));
      }
      if ((wanted == Scheme.TWILIO) != (settings.url() != null)) {
        throw wrong("url", "is required for twilio, and has no meaning for others");
      }
      if (settings.input() != null && !InputTemplate.isTemplate(settings.input())) {
        throw wrong(
            "input",
            "must be a text or an object, nested at most 8 deep, whose references are ${id},"
                + " ${payload} or ${payload.…}");
      }
    }

    private static AgentOsException wrong(String path, String message) {
      return AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          "The source is refused: %s %s.".formatted(path, message),
          List.of(new AgentOsException.FieldError(path, message)));
    }
  }

  /**
   * A source as it is listed.
   *
   * @param secrets how many are valid now
   */
  public record View(
      WebhookSourceId id,
      String name,
      Scheme scheme,
      SourceSettings settings,
      long secrets,
      String createdBy,
      Instant createdAt) {}

  /** A source that was just made, or whose secret was rotated; the secret is shown once. */
  public record Made(WebhookSourceId id, Instant createdAt, String secret) {}

  /** Makes a source. */
  public Made create(Tx tx, TenantId tenant, NewSource source, String by) {
    long count =
        tx.queryOne(SourcesSql.COUNT, row -> row.longNumber("sources"), tenant.value()).orElse(0L);
    if (count >= PER_TENANT_MAX) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "There are %d sources, the most a tenant may have; delete one.".formatted(count));
    }
    WebhookSourceId id = WebhookSourceId.next();
    String secret = source.secret() == null ? WebhookSecrets.random() : source.secret();
    Instant createdAt =
        tx.queryOne(
                SourcesSql.CREATE,
                row -> row.instant("created_at"),
                tenant.value(),
                id.value(),
                source.name(),
                source.scheme().text(),
                Json.write(source.settings()),
                by)
            .orElseThrow();
    secrets.add(tx, tenant, id.value(), secret);
    record(tx, tenant, by, id, Map.of("change", "created", "scheme", source.scheme().text()));
    return new Made(id, createdAt, secret);
  }

  /**
   * Gives a source another secret; the one before stays valid for {@code overlap}.
   *
   * @param secret null to make one
   * @throws AgentOsException NOT_FOUND
   */
  public Made rotate(
      Tx tx,
      TenantId tenant,
      WebhookSourceId id,
      @Nullable String secret,
      Duration overlap,
      String by) {
    Scheme scheme =
        tx.queryOne(
                SourcesSql.ONE, row -> Scheme.of(row.text("scheme")), tenant.value(), id.value())
            .orElseThrow(() -> absent(id));
    if (secret != null) {
      WebhookSecrets.check(scheme, secret);
    }
    String next = secret == null ? WebhookSecrets.random() : secret;
    secrets.rotate(tx, tenant, id.value(), next, overlap);
    record(tx, tenant, by, id, Map.of("change", "rotated", "overlap", overlap.toString()));
    return new Made(id, Instant.EPOCH, next);
  }

  /** Sources older than {@code before}, newest first. */
  public List<View> list(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant, tx -> tx.query(SourcesSql.LIST, Sources::view, tenant.value(), before, limit));
  }

  /**
   * Ends a source: from now on its deliveries are refused.
   *
   * @throws AgentOsException NOT_FOUND
   */
  public void delete(TenantId tenant, WebhookSourceId id, String by) {
    database.inTenantDo(
        tenant,
        tx -> {
          if (tx.update(SourcesSql.DELETE, tenant.value(), id.value()) == 0) {
            throw absent(id);
          }
          secrets.delete(tx, tenant, id.value());
          record(tx, tenant, by, id, Map.of("change", "deleted"));
        });
  }

  private void record(
      Tx tx, TenantId tenant, String by, WebhookSourceId id, Map<String, String> facts) {
    audit.append(tx, List.of(new AuditEntry(tenant, "config.changed", by, id.toString(), facts)));
  }

  private static View view(Row row) {
    return new View(
        new WebhookSourceId(row.uuid("source_id")),
        row.text("name"),
        Scheme.of(row.text("scheme")),
        Json.read(row.text("settings"), SourceSettings.class),
        row.longNumber("secrets"),
        row.text("created_by"),
        row.instant("created_at"));
  }

  private static AgentOsException absent(WebhookSourceId id) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND, "There is no webhook source %s.".formatted(id));
  }
}
