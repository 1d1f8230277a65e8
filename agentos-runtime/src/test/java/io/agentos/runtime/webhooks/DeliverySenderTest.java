package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AuditEntry;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What endpoints are told, over real sockets and a real outbox. */
final class DeliverySenderTest {
  private static TestStore store;
  private final Outbox outbox = new Outbox(store);

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @AfterEach
  void tearDown() {
    outbox.close();
  }

  @Test
  void pass_event_isToldWithItsIdsOnly() throws Exception {
    Endpoints.Made made = outbox.endpoint(outbox.receiver.url(), "ids", "task.completed");
    TaskId task = outbox.happens(Outbox.ACME, "task.completed");
    outbox.happens(Outbox.ACME, "task.failed");
    outbox.happens(TestStore.OTHER, "task.completed");

    outbox.pass(outbox.one);
    outbox.pass(outbox.two);

    assertThat(outbox.receiver.received).hasSize(1);
    Receiver.Received received = outbox.receiver.received.getFirst();
    assertThat(outbox.verify(made.secret(), received))
        .isEqualTo(new Verification.Accepted(received.id(), true));
    Map<String, Object> body = Json.readObject(received.body());
    assertThat(body)
        .containsEntry("specversion", "1.0")
        .containsEntry("id", received.id())
        .containsEntry("type", "task.completed")
        .containsEntry("subject", task.toString())
        .containsEntry("source", "/v1/tasks/" + task)
        .containsEntry("tenant", "acme")
        .containsKey("time");
    assertThat(received.body()).doesNotContain("Wye", "key:test");
    Endpoints.Delivery delivery = outbox.deliveries().getFirst();
    assertThat(delivery.state()).isEqualTo("delivered");
    assertThat(delivery.status()).isEqualTo(204);
    assertThat(delivery.attempts()).isEqualTo(1);
  }

  @Test
  void pass_factsWhereAskedFor() throws Exception {
    outbox.endpoint(outbox.receiver.url(), "facts", "*");
    outbox.happens(Outbox.ACME, "approval.requested");

    outbox.pass(outbox.one);

    assertThat(outbox.receiver.received.stream().map(Receiver.Received::body))
        .anyMatch(body -> body.contains("\"facts\":{\"river\":\"Wye\"}"));
  }

  @Test
  void event_whoseTransactionFails_isNotTold() throws Exception {
    outbox.endpoint(outbox.receiver.url(), "ids", "task.completed");

    assertThatThrownBy(() ->
            store
                .database()
                .inTenantDo(
                    Outbox.ACME,
                    tx -> {
                      store
                          .audit()
                          .append(
                              tx,
                              List.of(
                                  new AuditEntry(
                                      Outbox.ACME, "task.completed", "key:x", "task_x", Map.of())));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(outbox.deliveries()).isEmpty();
  }

  @Test
  void pass_nodeThatDiesBetweenSendingAndMarking_isSentAgainUnderTheSameId() throws Exception {
    outbox.endpoint(outbox.receiver.url(), "ids", "task.failed");
    outbox.happens(Outbox.ACME, "task.failed");
    Webhooks dying =
        new Webhooks(
            store.database(), store.audit(), store.vault(), outbox.local(), (tx, request) -> {});
    List<Claimed> claimed = dying.sender().claim(16);
    assertThat(claimed).hasSize(1);
    dying.sender().attempt(claimed.getFirst());
    assertThat(outbox.receiver.received).hasSize(1);

    outbox.pass(outbox.one);
    assertThat(outbox.receiver.received).as("under its lease").hasSize(1);
    outbox.pastEveryRule(
        "update agentos.webhook_delivery set due_at = now(), leased_until = now() - interval '1"
            + " second'");
    outbox.pass(outbox.two);

    assertThat(outbox.receiver.received).hasSize(2);
    assertThat(outbox.receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(1);
    assertThat(outbox.deliveries().getFirst().state()).isEqualTo("delivered");
    assertThat(outbox.deliveries().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void pass_twoNodesAtOnce_shareWhatIsDue() throws Exception {
    outbox.endpoint(outbox.receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 12; i++) {
      outbox.happens(Outbox.ACME, "task.failed");
    }
    for (int i = 0; i < 20 && outbox.receiver.received.size() < 12; i++) {
      Thread other = Thread.ofVirtual().start(() -> outbox.two.sender().pass());
      outbox.one.sender().pass();
      other.join();
      assertThat(outbox.one.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
      assertThat(outbox.two.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
    }

    assertThat(outbox.receiver.received).hasSize(12);
    assertThat(outbox.receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(12);
  }

  @Test
  void claim_ofOneEndpoint_isBoundedOverAllNodes() {
    outbox.endpoint(outbox.receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 9; i++) {
      outbox.happens(Outbox.ACME, "task.failed");
    }

    assertThat(outbox.one.sender().claim(16)).hasSize(DeliverySender.PER_ENDPOINT_MAX);
    assertThat(outbox.two.sender().claim(16)).isEmpty();
  }

  @Test
  void pass_afterRotation_isSignedWithBothSecrets() throws Exception {
    Endpoints.Made made = outbox.endpoint(outbox.receiver.url(), "ids", "task.failed");
    Endpoints.Made rotated =
        store
            .database()
            .inTenant(
                Outbox.ACME,
                tx ->
                    outbox
                        .one
                        .endpoints()
                        .rotate(tx, Outbox.ACME, made.id(), Duration.ofHours(1), "key:test"));
    outbox.happens(Outbox.ACME, "task.failed");

    outbox.pass(outbox.one);

    Receiver.Received received = outbox.receiver.received.getFirst();
    for (String secret : List.of(made.secret(), rotated.secret())) {
      assertThat(outbox.verify(secret, received)).isInstanceOf(Verification.Accepted.class);
    }
    assertThat(outbox.verify(WebhookSecrets.random(), received))
        .isEqualTo(new Verification.Refused("signature"));
  }

  @Test
  void bound_tooManyWaiting_theOldestGiveWay() {
    outbox.endpoint(outbox.receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 5; i++) {
      outbox.happens(Outbox.ACME, "task.failed");
    }

    outbox.one.bound(3);

    assertThat(outbox.one.endpoints().deliveries(Outbox.ACME, null, "pending", Outbox.LAST, 10))
        .hasSize(3);
    assertThat(outbox.one.endpoints().deliveries(Outbox.ACME, null, "dead", Outbox.LAST, 10))
        .hasSize(2)
        .allMatch(delivery -> delivery.error().equals("too many were waiting"));
  }
}
