package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The objects of a tenant, all with a word in them that no other tenant may ever see. A route with
 * an id of a kind that stands not here has no probe, and fails the matrix until it gets one.
 */
final class TenantObjects {
  /** In every text of {@link TestApi#ACME} that a caller can choose. */
  static final String CANARY = "hyacinth-7c41";

  /** How an object of the kind in the path, such as {@code tasks}, comes to be. */
  private static final Map<String, Function<TenantObjects, String>> MADE =
      Map.ofEntries(
          Map.entry("tasks", TenantObjects::task),
          Map.entry("approvals", TenantObjects::approval),
          Map.entry("approval-grants", TenantObjects::grant),
          Map.entry("kill-switches", TenantObjects::killSwitch),
          Map.entry("keys", TenantObjects::key),
          Map.entry("users", TenantObjects::user),
          Map.entry("tenants", objects -> objects.tenant().value()),
          Map.entry("secrets", TenantObjects::secret),
          Map.entry("holds", TenantObjects::hold),
          Map.entry("erasures", TenantObjects::erasure),
          Map.entry("webhook-sources", TenantObjects::source),
          Map.entry("webhook-endpoints", TenantObjects::endpoint),
          Map.entry("webhook-deliveries", TenantObjects::delivery));

  /** Makes what must not be there twice different each time. */
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestApi api;
  private final ApiClient admin;

  TenantObjects(TestApi api) {
    this.api = api;
    this.admin = api.as(TestApi.ACME, Role.ADMIN);
  }

  /** A new object of the kind that a route takes; empty when nobody has said how to make one. */
  Optional<String> fresh(Route route) {
    return Optional.ofNullable(MADE.get(kind(route))).map(made -> made.apply(this));
  }

  /** What stands in the path before the id. */
  static String kind(Route route) {
    String[] parts = route.path().split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].equals("{id}")) {
        return parts[i - 1];
      }
    }
    return "";
  }

  /** An id of the same kind that nobody has. */
  static String absent(String id) {
    if (!id.contains("_")) {
      return id.equals("acme") ? "ghst" : id.replace("hyacinth", "zinnia99");
    }
    String unused = TaskId.next().toString();
    return id.substring(0, id.indexOf('_')) + unused.substring(unused.indexOf('_'));
  }

  /** What is almost an id of the same kind. */
  static List<String> malformed(String id) {
    if (!id.contains("_")) {
      return List.of(id + "%00", "%20" + id, id + "-" + "x".repeat(300));
    }
    return List.of(
        "x",
        id.substring(0, id.length() - 1),
        id + "0",
        id.substring(0, id.length() - 1) + "u",
        id.toUpperCase(java.util.Locale.ROOT),
        "other" + id.substring(id.indexOf('_')),
        id.substring(id.indexOf('_') + 1),
        id + "%00",
        "%20" + id);
  }

  /** One of each, and their ids. */
  List<String> all() {
    List<String> ids = new ArrayList<>();
    MADE.values().forEach(made -> ids.add(made.apply(this)));
    policy();
    admin.put(
        "/v1/budgets",
        "{\"scope\":\"agent\",\"target\":\"mail.sorter\",\"period\":\"month\",\"limit_usd_micros\":77777777}");
    return ids;
  }

  String task() {
    return made(
        admin.post(
            "/v1/tasks",
            "{\"input\":\"await %1$s\",\"labels\":{\"who\":\"%1$s\"}}".formatted(CANARY)));
  }

  /** A task that has ended. */
  String endedTask() {
    return made(
        admin
            .with("Prefer", "wait=30")
            .post("/v1/tasks", "{\"input\":\"%1$s\"}".formatted(CANARY)));
  }

  String approval() {
    String task = made(admin.post("/v1/tasks", "{\"input\":\"ask %s\"}".formatted(CANARY)));
    for (int i = 0; i < 1_000; i++) {
      Reply found = admin.with("Prefer", "").get("/v1/approvals?state=pending&task=" + task);
      if (!found.json().path("data").isEmpty()) {
        return found.json().path("data").path(0).path("id").asString();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("no approval was asked for " + task);
  }

  private String grant() {
    return made(
        admin.post(
            "/v1/approval-grants",
            "{\"tool\":\"*\",\"agent\":\"*\",\"count_max\":1,\"reason\":\"%s\",\"expires_at\":\"2099-01-01T00:00:00Z\"}"
                .formatted(CANARY)));
  }

  private String killSwitch() {
    return made(
        admin.post(
            "/v1/kill-switches",
            "{\"scope\":\"model\",\"target\":\"%1$s\",\"reason\":\"%1$s\"}".formatted(CANARY)));
  }

  private String key() {
    return made(admin.post("/v1/keys", "{\"name\":\"%s\",\"role\":\"viewer\"}".formatted(CANARY)));
  }

  String user() {
    return made(
        admin.post(
            "/v1/users",
            "{\"email\":\"%1$s-%2$d@example.com\",\"name\":\"%1$s\",\"role\":\"viewer\"}"
                .formatted(CANARY, COUNTER.incrementAndGet())));
  }

  private String secret() {
    String name = CANARY + "-" + COUNTER.incrementAndGet();
    Reply reply =
        admin.post(
            "/v1/secrets",
            "{\"name\":\"%s\",\"value\":\"%s long enough\"}".formatted(name, CANARY));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return name;
  }

  private String hold() {
    return made(
        admin.post(
            "/v1/holds",
            "{\"scope\":\"label\",\"target\":\"who=nobody\",\"reason\":\"%s\"}".formatted(CANARY)));
  }

  private String erasure() {
    String subject = CANARY + "-" + COUNTER.incrementAndGet();
    made(
        admin.post(
            "/v1/tasks", "{\"input\":\"%s\",\"subject\":\"%s\"}".formatted(CANARY, subject)));
    return made(admin.post("/v1/erasures", "{\"subject\":\"%s\"}".formatted(subject)));
  }

  private String source() {
    return made(
        admin.post(
            "/v1/webhook-sources",
            "{\"name\":\"%s\",\"scheme\":\"standard\",\"agent\":\"mail.sorter\"}"
                .formatted(CANARY)));
  }

  private String endpoint() {
    return made(
        admin.post(
            "/v1/webhook-endpoints",
            "{\"url\":\"https://1.1.1.1/%s\",\"events\":[\"task.denied\"]}".formatted(CANARY)));
  }

  private String delivery() {
    Reply reply = admin.post("/v1/webhook-endpoints/" + endpoint() + "/test");
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return reply.text("delivery");
  }

  private void policy() {
    String version = admin.get("/v1/policies").text("version");
    String document =
        "apiVersion: agentos.io/v1\\nkind: Policy\\nmetadata: {name: own, description: %1$s}\\nspec:\\n"
                .formatted(CANARY)
            + "  rules:\\n    - {name: no, effect: forbid, match: {tools: [x.y]}, reason: %s}\\n"
                .formatted(CANARY);
    Reply applied =
        admin.put(
            "/v1/policies",
            "{\"documents\":[\"%s\"],\"version\":\"%s\"}".formatted(document, version));
    assertThat(applied.status()).as(applied.body()).isEqualTo(200);
  }

  private static String made(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isBetween(200, 202);
    return reply.text("id");
  }

  TenantId tenant() {
    return TestApi.ACME;
  }

  TestApi api() {
    return api;
  }
}
