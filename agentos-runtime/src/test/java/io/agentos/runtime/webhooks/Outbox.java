package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AuditEntry;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.egress.EgressGuard;
import io.agentos.runtime.egress.EgressRule;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** An outbox with two nodes that send what is in it, and a receiver. */
final class Outbox implements AutoCloseable {
  static final TenantId ACME = TestStore.ACME;
  static final UUID LAST = new UUID(-1L, -1L);

  final Receiver receiver = new Receiver();
  final Webhooks one;
  final Webhooks two;
  private final TestStore store;

  Outbox(TestStore store) {
    this.store = store;
    this.one = webhooks(local());
    this.two = webhooks(local());
  }

  EgressGuard local() {
    return new EgressGuard(List.of(EgressRule.parse("http://127.0.0.1").orElseThrow()));
  }

  Webhooks webhooks(EgressGuard egress) {
    return new Webhooks(
        store.database(), store.audit(), store.vault(), egress, (tx, request) -> {});
  }

  void pastEveryRule(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Endpoints.Made endpoint(String url, String content, String... events) {
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

  TaskId happens(TenantId tenant, String type) {
    TaskId task = TaskId.next();
    AuditEntry entry =
        new AuditEntry(tenant, type, "key:test", task.toString(), Map.of("river", "Wye"));
    store.database().inTenantDo(tenant, tx -> store.audit().append(tx, List.of(entry)));
    return task;
  }

  void due() throws SQLException {
    pastEveryRule(
        "update agentos.webhook_delivery set due_at = now(), leased_until = null where state ="
            + " 'pending'");
  }

  void pass(Webhooks node) throws InterruptedException {
    node.sender().pass();
    assertThat(node.sender().awaitIdle(Duration.ofMinutes(1))).isTrue();
  }

  List<Endpoints.Delivery> deliveries() {
    return one.endpoints().deliveries(ACME, null, null, LAST, 100);
  }

  Verification verify(String secret, Receiver.Received received) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(received.headers());
    return StandardSignature.check(
        List.of(secret),
        new Inbound(headers::get, "", received.body().getBytes(StandardCharsets.UTF_8)),
        Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp"))));
  }

  SSLContext context() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets all endpoints. */
  @Override
  public void close() {
    receiver.close();
    try {
      pastEveryRule("delete from agentos.webhook_endpoint");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
