package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.egress.EgressGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receivers that fail, are gone or lie inside, and how long they are tried. */
final class DeliveryFailuresTest {
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
  void pass_receiverThatFails_isTriedAgainUnderTheSameId() throws Exception {
    outbox.endpoint(
        outbox.receiver.then(500).then(503, "Retry-After", "120").url(), "ids", "task.failed");
    outbox.happens(Outbox.ACME, "task.failed");

    outbox.pass(outbox.one);
    assertThat(outbox.deliveries().getFirst().state()).isEqualTo("pending");
    assertThat(outbox.deliveries().getFirst().error()).isEqualTo("refused by the receiver");
    outbox.pass(outbox.two);
    assertThat(outbox.receiver.received).hasSize(1);
    outbox.due();
    outbox.pass(outbox.two);
    assertThat(
            Duration.between(Instant.now(), outbox.deliveries().getFirst().nextAttemptAt())
                .toSeconds())
        .isBetween(100L, 140L);
    outbox.due();
    outbox.pass(outbox.one);

    assertThat(outbox.receiver.received).hasSize(3);
    assertThat(outbox.receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(1);
    assertThat(outbox.receiver.received.stream().map(Receiver.Received::body).distinct())
        .hasSize(1);
    assertThat(outbox.deliveries().getFirst().state()).isEqualTo("delivered");
    assertThat(outbox.deliveries().getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void pass_receiverThatIsGone_isDisabled() throws Exception {
    outbox.endpoint(outbox.receiver.then(410).url(), "ids", "task.failed");
    outbox.happens(Outbox.ACME, "task.failed");
    outbox.pass(outbox.one);
    outbox.happens(Outbox.ACME, "task.failed");
    outbox.pass(outbox.one);

    Endpoints.View view = outbox.one.endpoints().list(Outbox.ACME, Outbox.LAST, 10).getFirst();
    assertThat(view.state()).isEqualTo("disabled");
    assertThat(view.reason()).isEqualTo("its receiver answered 410");
    assertThat(outbox.receiver.received).hasSize(1);
    assertThat(outbox.deliveries()).hasSize(1);
    assertThat(outbox.deliveries().getFirst().state()).isEqualTo("dead");
    assertThat(outbox.deliveries().getFirst().status()).isEqualTo(410);

    store
        .database()
        .inTenantDo(
            Outbox.ACME,
            tx -> outbox.one.endpoints().enable(tx, Outbox.ACME, view.id(), "key:test"));
    outbox.happens(Outbox.ACME, "task.failed");
    outbox.pass(outbox.one);
    assertThat(outbox.receiver.received).hasSize(2);
  }

  @Test
  void pass_redirect_isAFailureAndNotFollowed() throws Exception {
    try (Receiver inside = new Receiver()) {
      outbox.endpoint(
          outbox.receiver.then(302, "Location", inside.url()).url(), "ids", "task.failed");
      outbox.happens(Outbox.ACME, "task.failed");

      outbox.pass(outbox.one);

      assertThat(inside.received).isEmpty();
      assertThat(outbox.deliveries().getFirst().error())
          .isEqualTo("a redirect, which is not followed");
      assertThat(outbox.deliveries().getFirst().status()).isEqualTo(302);
      assertThat(outbox.deliveries().getFirst().state()).isEqualTo("pending");
    }
  }

  @Test
  void pass_allAttemptsFail_isDeadAndAudited() throws Exception {
    for (int i = 0; i < Schedule.ATTEMPTS_MAX; i++) {
      outbox.receiver.then(500);
    }
    outbox.endpoint(outbox.receiver.url(), "ids", "*");
    outbox.pastEveryRule("delete from agentos.webhook_delivery");
    outbox.happens(Outbox.ACME, "task.failed");
    for (int i = 0; i < Schedule.ATTEMPTS_MAX; i++) {
      outbox.pass(outbox.one);
      outbox.due();
    }

    Endpoints.Delivery dead = outbox.deliveries().getFirst();
    assertThat(outbox.deliveries()).hasSize(1);
    assertThat(dead.state()).isEqualTo("dead");
    assertThat(dead.attempts()).isEqualTo(Schedule.ATTEMPTS_MAX);

    store
        .database()
        .inTenantDo(
            Outbox.ACME,
            tx -> outbox.one.endpoints().redeliver(tx, Outbox.ACME, dead.id(), "key:test"));
    outbox.pass(outbox.one);
    assertThat(outbox.one.endpoints().deliveries(Outbox.ACME, null, "delivered", Outbox.LAST, 10))
        .anyMatch(delivery -> delivery.id().equals(dead.id()));
    assertThat(
            outbox.receiver.received.stream()
                .filter(received -> received.id().equals(dead.event().toString())))
        .hasSize(Schedule.ATTEMPTS_MAX + 1);
  }

  @Test
  void pass_nameThatBecameInside_isRefusedWithoutAConnection() throws Exception {
    Queue<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
    Webhooks guarded =
        outbox.webhooks(
            new EgressGuard(
                List.of(),
                name -> List.of(InetAddress.ofLiteral(answers.remove())),
                outbox.context()));
    String url = "https://otter.example:%d/".formatted(outbox.receiver.port());
    guarded.endpoints().check(url);
    outbox.endpoint(url, "ids", "task.failed");
    outbox.happens(Outbox.ACME, "task.failed");

    outbox.pass(guarded);

    assertThat(outbox.receiver.received).isEmpty();
    assertThat(outbox.deliveries().getFirst().error()).contains("it leads to a loopback address");
  }

  @Test
  void check_inside_isRefused() {
    assertThatThrownBy(() ->
            outbox.webhooks(new EgressGuard(List.of())).endpoints().check("https://127.0.0.1/"))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED));
  }

  @Test
  void pass_deadReceiver_isTriedAgain() throws Exception {
    String url = outbox.receiver.url();
    outbox.receiver.close();
    outbox.endpoint(url, "ids", "task.failed");
    outbox.happens(Outbox.ACME, "task.failed");

    outbox.pass(outbox.one);

    assertThat(outbox.deliveries().getFirst().state()).isEqualTo("pending");
    assertThat(outbox.deliveries().getFirst().status()).isNull();
    assertThat(outbox.deliveries().getFirst().error()).endsWith(": nobody listens there.");
  }
}
