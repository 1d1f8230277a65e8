package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.WebhookSourceId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deliveries on a real database: handled once, on two nodes, after failures. */
final class HooksTest {
  private static final String BODY = "{\"type\":\"otter.seen\"}";
  private static TestStore store;
  private static StateStore tasks;
  private final AtomicInteger failures = new AtomicInteger();
  private final Webhooks one = webhooks();
  private final Webhooks two = webhooks();

  @BeforeAll
  static void open() {
    store = new TestStore();
    tasks = new StateStore(store.database(), store.keys());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private Webhooks webhooks() {
    return new Webhooks(
        store.database(), store.audit(), store.vault(), new EgressGuard(List.of()), this::accept);
  }

  private void accept(Tx tx, Request request) {
    tasks.create(tx, request, "hooks-test");
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IllegalStateException("this handling fails");
    }
  }

  private static Sources.NewSource standard() {
    SourceSettings settings =
        new SourceSettings(null, null, null, null, null, null, null, "otter", 5, null);
    return new Sources.NewSource("otters", Scheme.STANDARD, settings, null);
  }

  private Sources.Made source() {
    return store
        .database()
        .inTenant(
            TestStore.ACME, tx -> one.sources().create(tx, TestStore.ACME, standard(), "key:test"));
  }

  private static Instant now() {
    return store
        .database()
        .inTenant(
            TestStore.ACME, tx -> tx.queryOne("select now() as now", row -> row.instant("now")))
        .orElseThrow();
  }

  private static Inbound signed(String secret, String id, Instant at, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(at.getEpochSecond()));
    headers.put("webhook-signature", StandardSignature.sign(List.of(secret), id, at, bytes));
    return new Inbound(headers::get, "", bytes);
  }

  private static List<String> principals() {
    return store
        .database()
        .inTenant(
            TestStore.ACME,
            tx ->
                tx.query(
                    "select principal from task where tenant_id = 'acme'",
                    row -> row.text("principal")));
  }

  private static long tasksOf(Sources.Made source) {
    return principals().stream().filter(("webhook:" + source.id())::equals).count();
  }

  private static void assertRefused(Webhooks node, String path, Inbound inbound) {
    assertThatThrownBy(() -> node.hooks().receive(path, inbound))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEBHOOK_REFUSED))
        .hasMessage("The delivery is refused.");
  }

  @Test
  void receive_twice_makesOneTask() {
    Sources.Made source = source();
    Inbound inbound = signed(source.secret(), "msg_1", now(), BODY);

    Hooks.Received first = one.hooks().receive(source.id().toString(), inbound);
    Hooks.Received second = two.hooks().receive(source.id().toString(), inbound);

    assertThat(first.repeated()).isFalse();
    assertThat(second).isEqualTo(new Hooks.Received(first.task(), true));
    assertThat(tasksOf(source)).isEqualTo(1);
  }

  @Test
  void receive_onTwoNodesAtOnce_makesOneTask() throws InterruptedException {
    Sources.Made source = source();
    ConcurrentLinkedQueue<Hooks.Received> received = new ConcurrentLinkedQueue<>();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    Inbound inbound = signed(source.secret(), "msg_race", now(), BODY);
    for (int i = 0; i < 8; i++) {
      Webhooks node = i % 2 == 0 ? one : two;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  received.add(node.hooks().receive(source.id().toString(), inbound));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(received).hasSize(8);
    assertThat(received.stream().filter(r -> !r.repeated())).hasSize(1);
    assertThat(received.stream().map(Hooks.Received::task).distinct()).hasSize(1);
    assertThat(tasksOf(source)).isEqualTo(1);
  }

  @Test
  void receive_whoseFirstHandlingFailed_isHandled() {
    Sources.Made source = source();
    Inbound inbound = signed(source.secret(), "msg_retry", now(), BODY);
    failures.set(1);

    assertThatThrownBy(() -> one.hooks().receive(source.id().toString(), inbound))
        .hasMessage("this handling fails");
    assertThat(tasksOf(source)).isZero();

    assertThat(two.hooks().receive(source.id().toString(), inbound).repeated()).isFalse();
    assertThat(one.hooks().receive(source.id().toString(), inbound).repeated()).isTrue();
    assertThat(tasksOf(source)).isEqualTo(1);
  }

  @Test
  void receive_byTheDatabasesClock_hasAWindowOfBothSides() {
    Sources.Made source = source();
    String path = source.id().toString();
    Instant now = now();

    assertRefused(one, path, signed(source.secret(), "msg_a", now.minusSeconds(302), BODY));
    assertRefused(one, path, signed(source.secret(), "msg_b", now.plusSeconds(310), BODY));
    assertThat(
            one.hooks()
                .receive(path, signed(source.secret(), "msg_c", now.minusSeconds(290), BODY))
                .repeated())
        .isFalse();
    assertThat(
            one.hooks()
                .receive(path, signed(source.secret(), "msg_d", now.plusSeconds(299), BODY))
                .repeated())
        .isFalse();
    assertThat(tasksOf(source)).isEqualTo(2);
  }

  @Test
  void receive_refused_isTheSameForNoSourceAndAudited() {
    Sources.Made source = source();
    Inbound forged = signed(WebhookSecrets.random(), "msg_f", now(), BODY);

    assertRefused(one, source.id().toString(), forged);
    assertRefused(one, source.id().toString(), forged);
    assertRefused(one, WebhookSourceId.next().toString(), forged);
    assertRefused(one, "nonsense", forged);

    one.close();
    List<Audit.Stored> entries = entries(source.id().toString());
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().type()).isEqualTo("webhook.rejected");
    assertThat(entries.getFirst().body())
        .contains("\"facts\":{\"count\":\"2\",\"reason\":\"signature\"}");
  }

  @Test
  void receive_afterRotation_bothSecretsThenTheNewOne() {
    Sources.Made source = source();
    String path = source.id().toString();
    Sources.Made rotated = rotate(source, Duration.ofHours(1));
    Instant now = now();

    assertThat(one.hooks().receive(path, signed(source.secret(), "m1", now, BODY)).repeated())
        .isFalse();
    assertThat(one.hooks().receive(path, signed(rotated.secret(), "m2", now, BODY)).repeated())
        .isFalse();

    Sources.Made third = rotate(source, Duration.ofHours(1));
    assertRefused(one, path, signed(source.secret(), "m3", now, BODY));
    assertThat(one.hooks().receive(path, signed(rotated.secret(), "m4", now, BODY)).repeated())
        .isFalse();
    assertThat(one.hooks().receive(path, signed(third.secret(), "m5", now, BODY)).repeated())
        .isFalse();
  }

  @Test
  void receive_deletedSource_isRefused() {
    Sources.Made source = source();
    Inbound inbound = signed(source.secret(), "msg_del", now(), BODY);
    one.hooks().receive(source.id().toString(), inbound);

    assertThatThrownBy(() -> one.sources().delete(TestStore.OTHER, source.id(), "key:test"))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    one.sources().delete(TestStore.ACME, source.id(), "key:test");

    assertRefused(one, source.id().toString(), inbound);
  }

  @Test
  void forget_takesOldIdsOnly() throws Exception {
    Sources.Made source = source();
    Inbound inbound = signed(source.secret(), "msg_old", now(), BODY);
    one.hooks().receive(source.id().toString(), inbound);

    assertThat(one.hooks().forget()).isZero();
    try (var connection =
            java.sql.DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        var statement = connection.createStatement()) {
      statement.execute(
          "update agentos.webhook_seen set seen_at = now() - interval '50 hours', forget_at = now()"
              + " - interval '2 hours' where message_id = 'msg_old'");
    }
    assertThat(one.hooks().forget()).isEqualTo(1);
  }

  private Sources.Made rotate(Sources.Made source, Duration overlap) {
    return store
        .database()
        .inTenant(
            TestStore.ACME,
            tx -> one.sources().rotate(tx, TestStore.ACME, source.id(), null, overlap, "key:test"));
  }

  private static List<Audit.Stored> entries(String subject) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter(null, null, subject, Long.MAX_VALUE),
            10);
  }
}
