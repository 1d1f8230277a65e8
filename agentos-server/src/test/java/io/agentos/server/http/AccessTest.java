package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ApprovalId;
import io.agentos.api.KeyId;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.api.WebhookDeliveryId;
import io.agentos.api.WebhookEndpointId;
import io.agentos.api.WebhookSourceId;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route, for every role and for nobody, with objects that are absent and foreign. */
final class AccessTest {
  private static final Map<String, String> OF_TASKS =
      Map.of(
          "/v1/tasks", "{\"input\":\"x\"}",
          "/v1/tasks/{id}/reconcile", "{\"step\":\"x\",\"outcome\":\"happened\"}",
          "/v1/approvals/{id}/decide",
              "{\"decision\":\"approve\",\"digest\":\"%s\"}".formatted("0".repeat(64)),
          "/v1/approvals/decide",
              "{\"decisions\":[{\"id\":\"apr_x\",\"decision\":\"reject\",\"digest\":\"d\"}]}",
          "/v1/approval-grants",
              "{\"tool\":\"*\",\"agent\":\"*\",\"count_max\":1,\"reason\":\"r\",\"expires_at\":\"2099-01-01T00:00:00Z\"}",
          "/v1/kill-switches", "{\"scope\":\"model\",\"target\":\"m\",\"reason\":\"r\"}",
          "/v1/keys", "{\"name\":\"x\",\"role\":\"viewer\"}",
          "/v1/budgets", "{\"scope\":\"tenant\",\"period\":\"day\",\"limit_usd_micros\":1000000}",
          "/v1/policies", "{\"documents\":[],\"version\":\"%s\"}".formatted("0".repeat(64)),
          "/v1/policies/simulate", "{\"documents\":[]}");
  private static final Map<String, String> BODIES = new LinkedHashMap<>(OF_TASKS);

  static {
    BODIES.put("/v1/tasks/route", "{\"input\":\"x\"}");
    BODIES.put("/v1/users", "{\"email\":\"x@example.com\",\"name\":\"x\",\"role\":\"viewer\"}");
    BODIES.put("/v1/session", "{\"email\":\"x@example.com\",\"password\":\"x\"}");
    BODIES.put("/v1/session/password", "{\"password\":\"x\"}");
    BODIES.put("/v1/erasures", "{\"subject\":\"x\"}");
    BODIES.put("/v1/webhook-sources", "{\"name\":\"x\",\"scheme\":\"standard\"}");
    BODIES.put("/v1/webhook-endpoints", "{\"url\":\"https://1.1.1.1/\",\"events\":[\"*\"]}");
    BODIES.put("/v1/session/second-factor", "{\"code\":\"000000\"}");
    BODIES.put("/v1/packs/{id}", "{\"enabled\":true}");
    BODIES.put("/v1/tenants", "{\"id\":\"made\"}");
  }

  private static final Map<String, String> KEEP_BODIES =
      Map.of(
          "/v1/secrets", "{\"name\":\"token\",\"value\":\"long enough\"}",
          "/v1/secrets/{id}",
              "{\"description\":\"\",\"tools\":[],\"agents\":[],\"disabled\":false}",
          "/v1/secrets/{id}/rotate", "{\"value\":\"long enough\"}",
          "/v1/holds", "{\"scope\":\"tenant\",\"reason\":\"r\"}",
          "/v1/privacy", "{\"rules\":{},\"version\":1}",
          "/v1/privacy/test", "{\"text\":\"x\"}",
          "/v1/retention", "{\"rules\":{}}");

  private static TestApi api;
  private static List<Route> routes = List.of();

  @BeforeAll
  static void open() {
    api = TestApi.idle();
    routes =
        HttpApi.routes(
                api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0))
            .stream()
            .filter(route -> !(route.access() instanceof Access.Signed))
            .toList();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static Optional<Permission> permission(Route route) {
    return switch (route.access()) {
      case Access.Open _, Access.Signed _, Access.SignsIn _, Access.Known _ -> Optional.empty();
      case Access.Needs(Permission permission) -> Optional.of(permission);
      case Access.NeedsFirst(Permission permission) -> Optional.of(permission);
    };
  }

  private static Reply call(ApiClient client, Route route, String id) {
    String path = route.path().replace("{id}", id);
    return switch (route.method()) {
      case "GET" -> client.get(path);
      case "DELETE" -> client.delete(path);
      case "PUT" -> client.put(path, body(route.path()));
      default -> client.post(path, body(route.path()));
    };
  }

  private static String body(String path) {
    return BODIES.getOrDefault(path, KEEP_BODIES.getOrDefault(path, "{}"));
  }

  private static String kind(Route route) {
    String[] parts = route.path().split("/", -1);
    return parts.length > 2 ? parts[2] : "";
  }

  /** An id of the kind a route takes, of an object that nobody has. */
  private static String absent(Route route) {
    return switch (kind(route)) {
      case "tasks" -> TaskId.next().toString();
      case "approvals" -> ApprovalId.next().toString();
      case "kill-switches" -> KillSwitchId.next().toString();
      case "users" -> UserId.next().toString();
      case "tenants" -> "absent";
      case "webhook-sources" -> WebhookSourceId.next().toString();
      case "webhook-endpoints" -> WebhookEndpointId.next().toString();
      case "webhook-deliveries" -> WebhookDeliveryId.next().toString();
      default -> KeyId.next().toString();
    };
  }

  @Test
  void everyRole_mayWhatItsPermissionsSay() {
    for (Route route : routes) {
      for (Role role : Role.values()) {
        String what = role + " " + route.method() + " " + route.path();
        // Tenants are made by the one that owns the installation.
        TenantId tenant = kind(route).equals("tenants") ? TenantId.DEFAULT : TestApi.ACME;
        Reply reply = call(api.as(tenant, role), route, absent(route));
        Optional<Permission> needed = permission(route);
        if (needed.isPresent() && !role.may(needed.get())) {
          assertThat(reply.status()).as(what).isEqualTo(403);
          assertThat(reply.text("detail"))
              .isEqualTo(
                  "Role '%s' may not do this; a key with a role that includes '%s' is needed."
                      .formatted(role.text(), needed.get().name().toLowerCase(Locale.ROOT)));
        } else {
          int expected = route.path().contains("{id}") ? 404 : reply.status();
          // Who says who it is may be wrong, and only people have a password to change.
          List<Integer> refusals =
              route.path().startsWith("/v1/session") ? List.of(500) : List.of(401, 403, 422, 500);
          assertThat(reply.status()).as(what).isEqualTo(expected).isNotIn(refusals);
        }
      }
    }
  }

  @Test
  void nobody_mayAnythingButLook() {
    ApiClient nobody = new ApiClient(api.port(), "");
    for (Route route : routes) {
      int expected = route.access() instanceof Access.Open ? 200 : 401;
      assertThat(call(nobody, route, absent(route)).status()).as(route.path()).isEqualTo(expected);
    }
  }

  @Test
  void signedRoutes_takeNoKey() {
    for (Role role : Role.values()) {
      Reply reply = api.as(TestApi.ACME, role).post("/v1/hooks/" + KeyId.next(), "{}");
      assertThat(reply.status()).as(role.text()).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("WEBHOOK_REFUSED");
    }
  }

  @Test
  void refusedCalls_changeNothing() {
    ApiClient viewer = api.as(TenantId.DEFAULT, Role.VIEWER);
    for (Route route : routes) {
      if (permission(route).isPresent() && !route.method().equals("GET")) {
        assertThat(call(viewer, route, absent(route)).status()).as(route.path()).isEqualTo(403);
      }
    }
    ApiClient admin = api.as(TenantId.DEFAULT, Role.ADMIN);
    assertThat(admin.get("/v1/tasks").json().path("data").isEmpty()).isTrue();
    assertThat(admin.get("/v1/kill-switches").json().path("data").isEmpty()).isTrue();
    assertThat(admin.get("/v1/keys").json().path("data").size()).isEqualTo(Role.values().length);
  }

  @Test
  void otherMethods_areToldWhichThereAre() {
    for (Route route : routes) {
      Reply reply =
          api.client()
              .send(
                  "PATCH",
                  route.path().replace("{id}", absent(route)),
                  java.net.http.HttpRequest.BodyPublishers.noBody());
      assertThat(reply.status()).as(route.path()).isEqualTo(405);
      assertThat(reply.code()).isEqualTo("METHOD_NOT_ALLOWED");
      assertThat(reply.header("Allow").orElse("").split(", ", -1)).contains(route.method());
    }
    assertThat(api.client().delete("/v1/tasks").header("Allow")).contains("GET, HEAD, POST");
  }

  @Test
  void otherPaths_areNotThere() {
    for (String path :
        List.of(
            "/",
            "/v1",
            "/v1/",
            "/v1/tasks/",
            "/v1/Tasks",
            "/V1/tasks",
            "//v1/tasks",
            "/v1//tasks",
            "/v1/./tasks",
            "/v1/%74asks",
            "/v1/tasks;a=b",
            "/v1/tasks/a/b",
            "/v1/tasks/../keys",
            "/livez/",
            "/metrics",
            "/v1/tasks%2Fx/steps")) {
      Reply reply = api.client().get(path);
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.text("detail"))
          .as(path)
          .isEqualTo("There is no such route; /openapi.json lists them.");
    }
  }

  @Test
  void ids_areTakenApartStrictly() {
    for (String id :
        List.of(
            "x",
            "task_",
            "task_0",
            "TASK_01kb4q6x3tf6v8q9d2m5n7p0rs",
            "apr_01kb4q6x3tf6v8q9d2m5n7p0rs",
            "task_91kb4q6x3tf6v8q9d2m5n7p0rs",
            "task_01kb4q6x3tf6v8q9d2m5n7p0r%00",
            "%2e%2e",
            "a%2Fb",
            "%F0%9F%98%80")) {
      assertThat(api.client().get("/v1/tasks/" + id).status()).as(id).isEqualTo(404);
    }
  }

  @Test
  void tenants_doNotSeeEachOther() {
    TenantId tenant = TestApi.ACME;
    String task =
        api.as(tenant, Role.ADMIN).post("/v1/tasks", "{\"input\":\"confidential\"}").text("id");
    String kill =
        api.as(tenant, Role.ADMIN)
            .post(
                "/v1/kill-switches",
                "{\"scope\":\"model\",\"target\":\"m\",\"reason\":\"confidential\"}")
            .text("id");
    String key =
        api.as(tenant, Role.ADMIN)
            .post("/v1/keys", "{\"name\":\"confidential\",\"role\":\"viewer\"}")
            .text("id");
    String user =
        api.as(tenant, Role.ADMIN)
            .post(
                "/v1/users",
                "{\"email\":\"secret@example.com\",\"name\":\"confidential\",\"role\":\"viewer\"}")
            .text("id");
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    Map<String, String> foreign =
        Map.of("tasks", task, "kill-switches", kill, "keys", key, "users", user, "tenants", "acme");
    for (Route route : routes) {
      String id = foreign.getOrDefault(kind(route), "");
      Reply reply = call(other, route, id.isEmpty() ? absent(route) : id);
      assertThat(reply.body()).as(route.path()).doesNotContain("confidential");
      if (route.path().contains("{id}")) {
        Reply absent = call(other, route, absent(route));
        assertThat(reply.status()).as(route.path()).isEqualTo(404);
        assertThat(absent.status()).isEqualTo(404);
      }
    }
  }
}
