package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Role;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the server for two tenants: what belongs to another answers exactly as what nobody
 * has, byte for byte, and no list, filter, cursor or remembered answer shows a row of it.
 */
final class TenantMatrixTest {
  private static final Role[] ROLES = {Role.ADMIN, Role.OPERATOR, Role.APPROVER, Role.VIEWER};
  private static TestApi api;
  private static TenantObjects foreign;
  private static List<Route> routes = List.of();

  @BeforeAll
  static void open() {
    api = TestApi.working();
    foreign = new TenantObjects(api);
    routes =
        HttpApi.routes(
            api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0));
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static List<Route> withId() {
    return routes.stream()
        .filter(route -> route.path().contains("{id}"))
        .filter(route -> !(route.access() instanceof Access.Signed))
        // Packs are the installation's; whether they are enabled is each tenant's: PacksTest.
        .filter(route -> !route.path().startsWith("/v1/packs/"))
        .toList();
  }

  private static Reply call(ApiClient client, Route route, String id) {
    String path = route.path().replace("{id}", id);
    if (!route.hasBody()) {
      path += route.path().equals("/v1/holds/{id}") ? "?reason=over" : "";
      return client.send(route.method(), path, BodyPublishers.noBody());
    }
    String body = ApiDocument.exampleBody(route.method(), route.path());
    return body.isEmpty() && route.method().equals("POST")
        ? client.post(path)
        : client.send(route.method(), path, BodyPublishers.ofString(body));
  }

  /** An answer without what differs between any two answers. */
  private static String told(Reply reply, String id) {
    Map<String, List<String>> headers = new TreeMap<>(reply.headers().map());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("x-request-id"));
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("date"));
    return "%d %s %s"
        .formatted(
            reply.status(),
            headers,
            reply
                .body()
                .replace(id, "ID")
                .replace(reply.header("X-Request-Id").orElseThrow(), "REQUEST"));
  }

  @Test
  void everyRouteWithAnId_hasAProbe() {
    for (Route route : withId()) {
      assertThat(foreign.fresh(route))
          .as(
              "%s %s has no probe: say in TenantObjects how a '%s' is made",
              route.method(), route.path(), TenantObjects.kind(route))
          .isPresent();
    }
  }

  @Test
  void foreign_answersAsAbsent_byteForByte() {
    for (Route route : withId()) {
      String id = foreign.fresh(route).orElseThrow();
      for (Role role : ROLES) {
        String absent = TenantObjects.absent(id);
        ApiClient client = api.as(TestApi.OTHER, role);
        Reply toForeign = call(client, route, id);
        Reply toAbsent = call(client, route, absent);
        assertThat(told(toForeign, id))
            .as("%s %s as %s", route.method(), route.path(), role)
            .isEqualTo(told(toAbsent, absent));
        assertThat(toForeign.status())
            .as("%s %s as %s: %s", route.method(), route.path(), role, toForeign.body())
            .isIn(403, 404);
        assertThat(toForeign.body().replace(id, "")).doesNotContain(TenantObjects.CANARY);
      }
      assertThat(call(api.as(TestApi.OTHER, Role.ADMIN), route, id).status()).isEqualTo(404);
    }
  }

  @Test
  void malformed_isNotThereEither() {
    for (Route route : withId()) {
      String id = foreign.fresh(route).orElseThrow();
      for (String wrong : TenantObjects.malformed(id)) {
        Reply reply = call(api.as(TestApi.OTHER, Role.ADMIN), route, wrong);
        assertThat(reply.status())
            .as("%s %s with %s", route.method(), route.path(), wrong)
            .isEqualTo(404);
      }
    }
  }

  @Test
  void own_isThere() {
    for (Route route : withId()) {
      if (route.path().startsWith("/v1/tenants/")) {
        continue; // Only administrators of the first tenant see any.
      }
      String id =
          route.path().endsWith("/events")
              ? foreign.endedTask()
              : foreign.fresh(route).orElseThrow();
      Reply reply = call(api.as(TestApi.ACME, Role.ADMIN), route, id);
      assertThat(reply.status())
          .as("%s %s: %s", route.method(), route.path(), reply.body())
          .isLessThan(500)
          .isNotEqualTo(404);
    }
  }

  @Test
  void noList_showsARowOfAnother() {
    List<String> ids = foreign.all();
    Set<String> values = new LinkedHashSet<>(ids);
    values.add("who=" + TenantObjects.CANARY);
    values.add(TenantObjects.CANARY);
    values.add("key:" + ids.getFirst());
    values.add("acme");
    values.add("mail.sorter");
    ApiClient owner = api.as(TestApi.ACME, Role.ADMIN);
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    for (Route route : routes) {
      if (!route.method().equals("GET")
          || route.path().contains("{id}")
          || route.path().equals("/mcp")) { // a stream of a session, which McpSessions binds
        continue;
      }
      List<String> queries = new ArrayList<>(List.of(""));
      for (String parameter : ApiDocument.queryParameters(route.method(), route.path())) {
        values.forEach(value -> queries.add("?" + parameter + "=" + encoded(value)));
        if (parameter.equals("cursor")) {
          String cursor =
              owner.get(route.path() + "?limit=1").json().path("next_cursor").asString("");
          queries.add("?cursor=" + encoded(cursor));
        }
      }
      for (String query : queries) {
        Reply reply = other.get(route.path() + query);
        assertThat(reply.status()).as(route.path() + query).isIn(200, 422);
        assertThat(reply.body()).as(route.path() + query).doesNotContain("\"acme\"");
        if (reply.status() == 200) {
          assertThat(reply.body()).as(route.path() + query).doesNotContain(TenantObjects.CANARY);
          ids.forEach(id -> assertThat(reply.body()).as(route.path() + query).doesNotContain(id));
        }
      }
    }
  }

  @Test
  void idempotencyKeysOfAnother_meanNothing() {
    ApiClient owner = api.as(TestApi.ACME, Role.ADMIN).with("Idempotency-Key", "theirs");
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    for (Route route : routes) {
      if (!route.method().equals("POST") || route.access() instanceof Access.Signed) {
        continue;
      }
      boolean hasId = route.path().contains("{id}");
      String id = hasId ? foreign.fresh(route).orElseThrow() : "";
      Reply first = call(owner, route, id);
      Reply second = call(other.with("Idempotency-Key", "theirs"), route, id);
      assertThat(second.header("Idempotent-Replayed")).as(route.path()).isEmpty();
      if (hasId) {
        String absent = TenantObjects.absent(id);
        Reply toAbsent = call(other.with("Idempotency-Key", "mine-" + absent), route, absent);
        assertThat(told(second, id)).as(route.path()).isEqualTo(told(toAbsent, absent));
      } else if (first.status() < 300 && first.json().has("id")) {
        assertThat(second.body()).as(route.path()).doesNotContain(first.text("id"));
      }
    }
  }

  @Test
  void bodiesThatNameObjectsOfAnother_answerAsIfNobodyHadThem() {
    String task = foreign.task();
    String approval = foreign.approval();
    String user = foreign.user();
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    for (Named named :
        List.of(
            new Named("/v1/tasks", "{\"input\":\"x\",\"parent\":\"%s\"}", task),
            new Named(
                "/v1/kill-switches",
                "{\"scope\":\"task\",\"target\":\"%s\",\"reason\":\"r\",\"dry_run\":true}",
                task),
            new Named("/v1/holds", "{\"scope\":\"task\",\"target\":\"%s\",\"reason\":\"r\"}", task),
            new Named("/v1/erasures", "{\"task\":\"%s\"}", task),
            new Named("/v1/keys", "{\"name\":\"k\",\"role\":\"viewer\",\"user\":\"%s\"}", user),
            new Named(
                "/v1/approvals/decide",
                "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"reject\",\"digest\":\"d\"}]}",
                approval),
            new Named(
                "/v1/approvals/decide",
                "{\"decisions\":[{\"id\":\"%s\",\"decision\":\"approve\",\"digest\":\""
                    + digestOf(approval)
                    + "\"}]}",
                approval))) {
      String absent = TenantObjects.absent(named.id());
      Reply toForeign = other.post(named.path(), named.body().formatted(named.id()));
      Reply toAbsent = other.post(named.path(), named.body().formatted(absent));
      assertThat(told(toForeign, named.id())).as(named.path()).isEqualTo(told(toAbsent, absent));
      assertThat(toForeign.body()).doesNotContain(TenantObjects.CANARY);
    }
    assertThat(api.as(TestApi.ACME, Role.ADMIN).get("/v1/approvals/" + approval).text("state"))
        .isEqualTo("pending");
  }

  @Test
  void namesThatAnotherHasTaken_areFree() {
    ApiClient owner = api.as(TestApi.ACME, Role.ADMIN);
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    String hold = "{\"scope\":\"subject\",\"target\":\"%s\",\"reason\":\"r\"}";
    owner.post("/v1/tasks", "{\"input\":\"await x\",\"subject\":\"held-name\"}");
    assertThat(owner.post("/v1/holds", hold.formatted("held-name")).status()).isEqualTo(201);
    for (Named named :
        List.of(
            new Named("/v1/secrets", "{\"name\":\"%s\",\"value\":\"long enough\"}", "taken-name"),
            new Named(
                "/v1/users",
                "{\"email\":\"%s@example.com\",\"name\":\"Ann\",\"role\":\"viewer\"}",
                "taken-name"),
            new Named("/v1/erasures", "{\"subject\":\"%s\"}", "held-name"),
            new Named("/v1/holds", hold, "taken-name"))) {
      String free = "other-name-" + TaskId.next().toString().substring(20);
      owner.post(named.path(), named.body().formatted(named.id()));
      Reply taken = other.post(named.path(), named.body().formatted(named.id()));
      Reply unused = other.post(named.path(), named.body().formatted(free));
      assertThat(taken.status()).as(named.path() + taken.body()).isLessThan(300);
      assertThat(withoutIds(told(taken, named.id())))
          .as(named.path())
          .isEqualTo(withoutIds(told(unused, free)));
    }
  }

  private static String withoutIds(String told) {
    return told.replaceAll("[a-z]{3,4}_[0-9a-z]{26}", "ID")
        .replaceAll("[0-9-]{10}T[0-9:.]+Z", "TIME")
        .replaceAll("content-length=\\[[0-9]+]", "LENGTH");
  }

  @Test
  void tenantsNamedInBodies_areNotTold() {
    ApiClient other = api.as(TestApi.OTHER, Role.ADMIN);
    String order = "{\"scope\":\"tenant\",\"target\":\"%s\",\"reason\":\"r\",\"dry_run\":true}";

    Reply toForeign = other.post("/v1/kill-switches", order.formatted("acme"));
    Reply toAbsent = other.post("/v1/kill-switches", order.formatted("ghst"));

    assertThat(toForeign.status()).isEqualTo(422);
    assertThat(told(toForeign, "acme")).isEqualTo(told(toAbsent, "ghst"));
  }

  private record Named(String path, String body, String id) {}

  private static String digestOf(String approval) {
    JsonNode shown = api.as(TestApi.ACME, Role.ADMIN).get("/v1/approvals/" + approval).json();
    return shown.path("digest").asString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
