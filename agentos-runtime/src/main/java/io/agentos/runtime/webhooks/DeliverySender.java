package io.agentos.runtime.webhooks;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.spi.Egress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. A delivery is claimed with a lease on the database's clock, sent, and marked;
 * a node that dies in between leaves it to whoever claims it after the lease, so that it comes at
 * least once, always under the same id.
 *
 * <p>Thread-safe.
 */
final class DeliverySender {
  private static final System.Logger LOG = System.getLogger(DeliverySender.class.getName());

  /** Of one endpoint, over all nodes. */
  static final int PER_ENDPOINT_MAX = 4;

  private static final int ENDPOINTS_AT_ONCE_MAX = 16;
  private static final int PLACES = ENDPOINTS_AT_ONCE_MAX * PER_ENDPOINT_MAX;
  private static final Duration CALL_MAX = Duration.ofSeconds(15);

  /** Longer than a call can take, with room for the transaction after it. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final int ANSWER_BYTES_MAX = 4 * 1024;
  private static final int GONE = 410;

  private final Database database;
  private final Audit audit;
  private final WebhookSecrets secrets;
  private final Egress egress;
  private final Semaphore places = new Semaphore(PLACES);
  private final RandomGenerator random = RandomGenerator.getDefault();

  DeliverySender(Database database, Audit audit, WebhookSecrets secrets, Egress egress) {
    this.database = database;
    this.audit = audit;
    this.secrets = secrets;
    this.egress = egress;
  }

  /**
   * What an attempt came to.
   *
   * @param status of the answer; null when none came
   * @param error empty when it was taken
   */
  record Attempt(@Nullable Integer status, String error, Duration retryAfter) {}

  /**
   * Claims what is due and begins to send it; returns how many. One slow receiver takes its places
   * and no others.
   */
  int pass() {
    int endpoints = Math.min(ENDPOINTS_AT_ONCE_MAX, places.availablePermits() / PER_ENDPOINT_MAX);
    if (endpoints == 0) {
      return 0;
    }
    List<Claimed> claimed = claim(endpoints);
    for (Claimed delivery : claimed) {
      places.acquireUninterruptibly();
      Thread.ofVirtual().name("webhook").start(() -> sendAndLeave(delivery));
    }
    return claimed.size();
  }

  /** Waits until nothing is being sent; whether that came in time. */
  boolean awaitIdle(Duration atMost) throws InterruptedException {
    if (!places.tryAcquire(PLACES, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    places.release(PLACES);
    return true;
  }

  private void sendAndLeave(Claimed delivery) {
    try {
      send(delivery);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "delivery comes again delivery=" + delivery.id(), e);
    } finally {
      places.release();
    }
  }

  /** Claims what is due for some endpoints, as if to send it. */
  List<Claimed> claim(int endpoints) {
    return database.inEngine(tx ->
        tx.query(
            EndpointsSql.CLAIM,
            Claimed::of,
            endpoints,
            PER_ENDPOINT_MAX,
            LEASE.toString(),
            LEASE.toString()));
  }

  /** One attempt, and what follows from it. */
  void send(Claimed delivery) {
    Attempt attempt = attempt(delivery);
    database.inEngine(tx -> {
      mark(tx, delivery, attempt);
      return true;
    });
  }

  Attempt attempt(Claimed delivery) {
    try {
      String body = EventBody.of(delivery);
      Egress.HttpAnswer answer =
          egress.call(
              new Egress.HttpCall(
                  "POST",
                  delivery.url(),
                  headers(delivery, body),
                  body,
                  CALL_MAX,
                  ANSWER_BYTES_MAX));
      int status = answer.status();
      if (status >= 200 && status < 300) {
        return new Attempt(status, "", Duration.ZERO);
      }
      String error = status < 400 ? "a redirect, which is not followed" : "refused by the receiver";
      return new Attempt(status, error, retryAfter(answer, delivery.now()));
    } catch (AgentOsException e) {
      String error =
          e.code() == ErrorCode.EGRESS_REFUSED || e.code() == ErrorCode.TOOL_UNAVAILABLE
              ? e.detail()
              : "could not be sent: " + e.code();
      return new Attempt(null, error, Duration.ZERO);
    }
  }

  private Map<String, String> headers(Claimed delivery, String body) {
    List<String> valid =
        secrets.open(delivery.tenant(), delivery.endpoint().value(), delivery.sealed());
    String id = delivery.event().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "AgentOS-Webhooks");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(delivery.now().getEpochSecond()));
    headers.put(
        "webhook-signature",
        StandardSignature.sign(valid, id, delivery.now(), body.getBytes(StandardCharsets.UTF_8)));
    return headers;
  }

  private void mark(Tx tx, Claimed delivery, Attempt attempt) {
    String tenant = delivery.tenant().value();
    if (attempt.error().isEmpty()) {
      tx.update(EndpointsSql.DELIVERED, attempt.status(), tenant, delivery.id().value());
      return;
    }
    boolean gone = attempt.status() != null && attempt.status() == GONE;
    Optional<Duration> wait =
        gone ? Optional.empty() : Schedule.after(delivery.attempt(), attempt.retryAfter(), random);
    if (wait.isPresent()) {
      tx.update(
          EndpointsSql.RETRY,
          wait.get().toString(),
          attempt.status(),
          attempt.error(),
          tenant,
          delivery.id().value(),
          delivery.attempt());
      return;
    }
    int buried =
        tx.update(
            EndpointsSql.DEAD,
            attempt.status(),
            attempt.error(),
            tenant,
            delivery.id().value(),
            delivery.attempt());
    if (buried == 1) {
      record(tx, delivery, "webhook.dead", delivery.id().toString());
    }
    if (gone) {
      disable(tx, delivery);
    }
  }

  private void disable(Tx tx, Claimed delivery) {
    String reason = "its receiver answered 410";
    String tenant = delivery.tenant().value();
    if (tx.update(EndpointsSql.DISABLE, reason, tenant, delivery.endpoint().value()) == 1) {
      tx.update(EndpointsSql.BURY, reason, tenant, delivery.endpoint().value());
      record(tx, delivery, "webhook.disabled", delivery.endpoint().toString());
    }
  }

  private void record(Tx tx, Claimed delivery, String type, String subject) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("endpoint", delivery.endpoint().toString());
    facts.put("event", delivery.event().toString());
    facts.put("attempts", String.valueOf(delivery.attempt()));
    audit.append(tx, List.of(new AuditEntry(delivery.tenant(), type, "webhooks", subject, facts)));
  }

  /** Seconds, or a date; zero when there is none that can be read. */
  private static Duration retryAfter(Egress.HttpAnswer answer, Instant now) {
    String text = answer.headers().getOrDefault("retry-after", List.of("")).getFirst();
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
