package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.WebhookSourceId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Takes deliveries in: verified on their raw bytes, handled once. The id of a delivery is
 * remembered in the transaction that stores its task, so that a delivery whose handling failed was
 * not handled, and one that was handled cannot be again, on whatever node.
 *
 * <p>Thread-safe.
 */
public final class Hooks {
  /** Longer than any sender retries within the window; the contract wants a day. */
  private static final Duration KEPT_TIMED = Duration.ofDays(2);

  /** Where nothing says how old a delivery is, only its id keeps it from coming again. */
  private static final Duration KEPT_UNTIMED = Duration.ofDays(90);

  private static final SourceSettings DECOY_SETTINGS =
      new SourceSettings(null, null, null, null, null, null, null, null, 0, null);

  private final Database database;
  private final Audit audit;
  private final WebhookSecrets secrets;
  private final Rejections rejections;
  private final BiConsumer<Tx, Request> intake;
  private final UUID decoy = new UUID(0, 0);
  private final List<String> decoySecret;

  Hooks(
      Database database,
      Audit audit,
      WebhookSecrets secrets,
      Rejections rejections,
      BiConsumer<Tx, Request> intake,
      List<String> decoySecret) {
    this.database = database;
    this.audit = audit;
    this.secrets = secrets;
    this.rejections = rejections;
    this.intake = intake;
    this.decoySecret = List.copyOf(decoySecret);
  }

  /**
   * What became of a delivery.
   *
   * @param repeated whether it had been handled before, and nothing was done now
   */
  public record Received(TaskId task, boolean repeated) {}

  private record Source(
      TenantId tenant,
      WebhookSourceId id,
      Scheme scheme,
      SourceSettings settings,
      List<String> sealed,
      Instant now) {}

  /**
   * Handles a delivery to {@code path}, the last part of its URL.
   *
   * @throws AgentOsException WEBHOOK_REFUSED in the same words whatever is wrong, be it that there
   *     is no such source
   */
  public Received receive(String path, Inbound inbound) {
    Optional<Source> found = find(path);
    Verification verification =
        found.map(source -> check(source, inbound)).orElseGet(() -> checkDecoy(inbound));
    return switch (verification) {
      case Accepted accepted -> handle(found.orElseThrow(), accepted, inbound);
      case Refused(String reason) -> {
        rejections.add(
            found.map(Source::tenant).orElse(TenantId.DEFAULT),
            found.map(source -> source.id().toString()).orElse("unknown"),
            reason);
        throw new AgentOsException(ErrorCode.WEBHOOK_REFUSED, "The delivery is refused.");
      }
    };
  }

  /** Forgets ids that are old enough. Returns how many. */
  int forget() {
    return database.inEngine(tx -> tx.update(SourcesSql.FORGET));
  }

  private Optional<Source> find(String path) {
    UUID id;
    try {
      id = WebhookSourceId.parse(path).value();
    } catch (AgentOsException e) {
      id = decoy;
    }
    UUID wanted = id;
    return database.inEngine(tx -> tx.queryOne(SourcesSql.FIND, Hooks::source, wanted));
  }

  private Verification check(Source source, Inbound inbound) {
    List<String> valid = secrets.open(source.tenant(), source.id().value(), source.sealed());
    return SignatureCheck.check(source.scheme(), source.settings(), valid, inbound, source.now());
  }

  /** The same work for a source that is not there, so that the time it takes tells nothing. */
  private Verification checkDecoy(Inbound inbound) {
    List<String> valid = secrets.open(TenantId.DEFAULT, decoy, decoySecret);
    byte[] code = Signatures.mac("HmacSHA256", Signatures.bytes(valid.getFirst()), inbound.body());
    SignatureCheck.check(Scheme.STANDARD, DECOY_SETTINGS, valid, inbound, Instant.EPOCH);
    return new Refused(code.length == 0 ? "signature" : "source");
  }

  private Received handle(Source source, Accepted accepted, Inbound inbound) {
    TaskId task = TaskId.next();
    Request request = request(source, task, accepted.id(), inbound);
    return database.inTenant(
        source.tenant(),
        tx -> {
          Duration kept = accepted.timed() ? KEPT_TIMED : KEPT_UNTIMED;
          int remembered =
              tx.update(
                  SourcesSql.REMEMBER,
                  source.tenant().value(),
                  source.id().value(),
                  accepted.id(),
                  task.value(),
                  kept.toString());
          if (remembered == 0) {
            return new Received(handledAs(tx, source, accepted.id()), true);
          }
          intake.accept(tx, request);
          audit.append(tx, List.of(entry(source, accepted, task, inbound)));
          return new Received(task, false);
        });
  }

  private static TaskId handledAs(Tx tx, Source source, String message) {
    return tx.queryOne(
            SourcesSql.SEEN,
            row -> new TaskId(row.uuid("task_id")),
            source.tenant().value(),
            source.id().value(),
            message)
        .orElseThrow();
  }

  private static Request request(Source source, TaskId task, String id, Inbound inbound) {
    SourceSettings settings = source.settings();
    String principal = "webhook:" + source.id();
    return new Request(
        source.tenant(),
        task,
        principal,
        new Request.Target(settings.pack(), settings.agent(), settings.type()),
        InputTemplate.input(settings.input(), id, inbound.body()),
        settings.priority(),
        null,
        null,
        Map.of("webhook-source", source.id().toString()),
        null,
        Mandate.of(principal).taintedBy(principal));
  }

  private static AuditEntry entry(Source source, Accepted accepted, TaskId task, Inbound inbound) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("message", accepted.id());
    facts.put("scheme", source.scheme().text());
    facts.put("bytes", String.valueOf(inbound.body().length));
    facts.put("digest", Signatures.digest(inbound.body()));
    facts.put("source", source.id().toString());
    return new AuditEntry(
        source.tenant(), "webhook.received", "webhook:" + source.id(), task.toString(), facts);
  }

  private static Source source(Row row) {
    return new Source(
        new TenantId(row.text("tenant_id")),
        new WebhookSourceId(row.uuid("source_id")),
        Scheme.of(row.text("scheme")),
        Json.read(row.text("settings"), SourceSettings.class),
        row.texts("sealed"),
        row.instant("now"));
  }
}
