package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import io.agentos.runtime.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What endpoints are told, over real sockets and a real outbox. */
final class DeliverySenderTest {
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final TenantId ACME = TestStore.ACME;
  private static TestStore store;
  private final Receiver receiver = new Receiver();
  private final Webhooks one = webhooks(local());
  private final Webhooks two = webhooks(local());

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @AfterEach
  void tearDown() throws SQLException {
    receiver.close();
    pastEveryRule("delete from agentos.webhook_endpoint");
  }

  private static EgressGuard local() {
    return new EgressGuard(List.of(EgressRule.parse("http://127.0.0.1").orElseThrow()));
  }

  private static Webhooks webhooks(EgressGuard egress) {
    return new Webhooks(
        store.database(), store.audit(), store.vault(), egress, (tx, request) -> {});
  }

  private static void pastEveryRule(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Endpoints.Made endpoint(String url, String content, String... events) {
    return store
        .database()
        .inTenant(
            ACME,
            tx ->
                one.endpoints()
                    .create(
                        tx,
                        ACME,
                        new Endpoints.NewEndpoint(url, "", List.of(events), content),
                        "key:test"));
  }

  private static TaskId happens(TenantId tenant, String type) {
    TaskId task = TaskId.next();
    AuditEntry entry =
        new AuditEntry(tenant, type, "key:test", task.toString(), Map.of("river", "Wye"));
    store.database().inTenantDo(tenant, tx -> store.audit().append(tx, List.of(entry)));
    return task;
  }

  private static void due() throws SQLException {
    pastEveryRule(
        "update agentos.webhook_delivery set due_at = now(), leased_until = null where state ="
            + " 'pending'");
  }

  private static void pass(Webhooks node) throws InterruptedException {
    node.sender().pass();
    assertThat(node.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
  }

  private List<Endpoints.Delivery> deliveries() {
    return one.endpoints().deliveries(ACME, null, null, LAST, 100);
  }

  private static Verification verify(String secret, Receiver.Received received) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(received.headers());
    return StandardSignature.check(
        List.of(secret),
        new Inbound(headers::get, "", received.body().getBytes(StandardCharsets.UTF_8)),
        Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp"))));
  }

  @Test
  void pass_event_isToldWithItsIdsOnly() throws Exception {
    Endpoints.Made made = endpoint(receiver.url(), "ids", "task.completed");
    TaskId task = happens(ACME, "task.completed");
    happens(ACME, "task.failed");
    happens(TestStore.OTHER, "task.completed");

    pass(one);
    pass(two);

    assertThat(receiver.received).hasSize(1);
    Receiver.Received received = receiver.received.getFirst();
    assertThat(verify(made.secret(), received))
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
    Endpoints.Delivery delivery = deliveries().getFirst();
    assertThat(delivery.state()).isEqualTo("delivered");
    assertThat(delivery.status()).isEqualTo(204);
    assertThat(delivery.attempts()).isEqualTo(1);
  }

  @Test
  void pass_factsWhereAskedFor() throws Exception {
    endpoint(receiver.url(), "facts", "*");
    happens(ACME, "approval.requested");

    pass(one);

    assertThat(receiver.received.stream().map(Receiver.Received::body))
        .anyMatch(body -> body.contains("\"facts\":{\"river\":\"Wye\"}"));
  }

  @Test
  void event_whoseTransactionFails_isNotTold() throws Exception {
    endpoint(receiver.url(), "ids", "task.completed");

    assertThatThrownBy(() ->
            store
                .database()
                .inTenantDo(
                    ACME,
                    tx -> {
                      store
                          .audit()
                          .append(
                              tx,
                              List.of(
                                  new AuditEntry(
                                      ACME, "task.completed", "key:x", "task_x", Map.of())));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(deliveries()).isEmpty();
  }

  @Test
  void pass_receiverThatFails_isTriedAgainUnderTheSameId() throws Exception {
    endpoint(receiver.then(500).then(503, "Retry-After", "120").url(), "ids", "task.failed");
    happens(ACME, "task.failed");

    pass(one);
    assertThat(deliveries().getFirst().state()).isEqualTo("pending");
    assertThat(deliveries().getFirst().error()).isEqualTo("refused by the receiver");
    pass(two);
    assertThat(receiver.received).hasSize(1);
    due();
    pass(two);
    assertThat(Duration.between(Instant.now(), deliveries().getFirst().nextAttemptAt()).toSeconds())
        .isBetween(100L, 140L);
    due();
    pass(one);

    assertThat(receiver.received).hasSize(3);
    assertThat(receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(1);
    assertThat(receiver.received.stream().map(Receiver.Received::body).distinct()).hasSize(1);
    assertThat(deliveries().getFirst().state()).isEqualTo("delivered");
    assertThat(deliveries().getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void pass_nodeThatDiesBetweenSendingAndMarking_isSentAgainUnderTheSameId() throws Exception {
    endpoint(receiver.url(), "ids", "task.failed");
    happens(ACME, "task.failed");
    Webhooks dying =
        new Webhooks(store.database(), store.audit(), store.vault(), local(), (tx, request) -> {});
    List<Claimed> claimed = dying.sender().claim(16);
    assertThat(claimed).hasSize(1);
    dying.sender().attempt(claimed.getFirst());
    assertThat(receiver.received).hasSize(1);

    pass(one);
    assertThat(receiver.received).as("under its lease").hasSize(1);
    pastEveryRule(
        "update agentos.webhook_delivery set due_at = now(), leased_until = now() - interval '1"
            + " second'");
    pass(two);

    assertThat(receiver.received).hasSize(2);
    assertThat(receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(1);
    assertThat(deliveries().getFirst().state()).isEqualTo("delivered");
    assertThat(deliveries().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void pass_twoNodesAtOnce_shareWhatIsDue() throws Exception {
    endpoint(receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 12; i++) {
      happens(ACME, "task.failed");
    }
    for (int i = 0; i < 20 && receiver.received.size() < 12; i++) {
      Thread other = Thread.ofVirtual().start(() -> two.sender().pass());
      one.sender().pass();
      other.join();
      assertThat(one.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
      assertThat(two.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
    }

    assertThat(receiver.received).hasSize(12);
    assertThat(receiver.received.stream().map(Receiver.Received::id).distinct()).hasSize(12);
  }

  @Test
  void claim_ofOneEndpoint_isBoundedOverAllNodes() {
    endpoint(receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 9; i++) {
      happens(ACME, "task.failed");
    }

    assertThat(one.sender().claim(16)).hasSize(DeliverySender.PER_ENDPOINT_MAX);
    assertThat(two.sender().claim(16)).isEmpty();
  }

  @Test
  void pass_receiverThatIsGone_isDisabled() throws Exception {
    endpoint(receiver.then(410).url(), "ids", "task.failed");
    happens(ACME, "task.failed");
    pass(one);
    happens(ACME, "task.failed");
    pass(one);

    Endpoints.View view = one.endpoints().list(ACME, LAST, 10).getFirst();
    assertThat(view.state()).isEqualTo("disabled");
    assertThat(view.reason()).isEqualTo("its receiver answered 410");
    assertThat(receiver.received).hasSize(1);
    assertThat(deliveries()).hasSize(1);
    assertThat(deliveries().getFirst().state()).isEqualTo("dead");
    assertThat(deliveries().getFirst().status()).isEqualTo(410);

    store
        .database()
        .inTenantDo(ACME, tx -> one.endpoints().enable(tx, ACME, view.id(), "key:test"));
    happens(ACME, "task.failed");
    pass(one);
    assertThat(receiver.received).hasSize(2);
  }

  @Test
  void pass_redirect_isAFailureAndNotFollowed() throws Exception {
    try (Receiver inside = new Receiver()) {
      endpoint(receiver.then(302, "Location", inside.url()).url(), "ids", "task.failed");
      happens(ACME, "task.failed");

      pass(one);

      assertThat(inside.received).isEmpty();
      assertThat(deliveries().getFirst().error()).isEqualTo("a redirect, which is not followed");
      assertThat(deliveries().getFirst().status()).isEqualTo(302);
      assertThat(deliveries().getFirst().state()).isEqualTo("pending");
    }
  }

  @Test
  void pass_allAttemptsFail_isDeadAndAudited() throws Exception {
    for (int i = 0; i < Schedule.ATTEMPTS_MAX; i++) {
      receiver.then(500);
    }
    endpoint(receiver.url(), "ids", "*");
    pastEveryRule("delete from agentos.webhook_delivery");
    happens(ACME, "task.failed");
    for (int i = 0; i < Schedule.ATTEMPTS_MAX; i++) {
      pass(one);
      due();
    }

    Endpoints.Delivery dead = deliveries().getFirst();
    assertThat(deliveries()).hasSize(1);
    assertThat(dead.state()).isEqualTo("dead");
    assertThat(dead.attempts()).isEqualTo(Schedule.ATTEMPTS_MAX);

    store
        .database()
        .inTenantDo(ACME, tx -> one.endpoints().redeliver(tx, ACME, dead.id(), "key:test"));
    pass(one);
    assertThat(one.endpoints().deliveries(ACME, null, "delivered", LAST, 10))
        .anyMatch(delivery -> delivery.id().equals(dead.id()));
    assertThat(
            receiver.received.stream()
                .filter(received -> received.id().equals(dead.event().toString())))
        .hasSize(Schedule.ATTEMPTS_MAX + 1);
  }

  @Test
  void pass_nameThatBecameInside_isRefusedWithoutAConnection() throws Exception {
    Queue<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
    Webhooks guarded =
        webhooks(
            new EgressGuard(
                List.of(), name -> List.of(InetAddress.ofLiteral(answers.remove())), context()));
    String url = "https://otter.example:%d/".formatted(receiver.port());
    guarded.endpoints().check(url);
    endpoint(url, "ids", "task.failed");
    happens(ACME, "task.failed");

    pass(guarded);

    assertThat(receiver.received).isEmpty();
    assertThat(deliveries().getFirst().error()).contains("it leads to a loopback address");
  }

  @Test
  void check_inside_isRefused() {
    assertThatThrownBy(
            () -> webhooks(new EgressGuard(List.of())).endpoints().check("https://127.0.0.1/"))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_REFUSED));
  }

  @Test
  void pass_deadReceiver_isTriedAgain() throws Exception {
    String url = receiver.url();
    receiver.close();
    endpoint(url, "ids", "task.failed");
    happens(ACME, "task.failed");

    pass(one);

    assertThat(deliveries().getFirst().state()).isEqualTo("pending");
    assertThat(deliveries().getFirst().status()).isNull();
    assertThat(deliveries().getFirst().error()).endsWith(": nobody listens there.");
  }

  @Test
  void pass_afterRotation_isSignedWithBothSecrets() throws Exception {
    Endpoints.Made made = endpoint(receiver.url(), "ids", "task.failed");
    Endpoints.Made rotated =
        store
            .database()
            .inTenant(
                ACME,
                tx -> one.endpoints().rotate(tx, ACME, made.id(), Duration.ofHours(1), "key:test"));
    happens(ACME, "task.failed");

    pass(one);

    Receiver.Received received = receiver.received.getFirst();
    for (String secret : List.of(made.secret(), rotated.secret())) {
      assertThat(verify(secret, received)).isInstanceOf(Verification.Accepted.class);
    }
    assertThat(verify(WebhookSecrets.random(), received))
        .isEqualTo(new Verification.Refused("signature"));
  }

  @Test
  void bound_tooManyWaiting_theOldestGiveWay() {
    endpoint(receiver.url(), "ids", "task.failed");
    for (int i = 0; i < 5; i++) {
      happens(ACME, "task.failed");
    }

    one.bound(3);

    assertThat(one.endpoints().deliveries(ACME, null, "pending", LAST, 10)).hasSize(3);
    assertThat(one.endpoints().deliveries(ACME, null, "dead", LAST, 10))
        .hasSize(2)
        .allMatch(delivery -> delivery.error().equals("too many were waiting"));
  }

  private static SSLContext context() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
