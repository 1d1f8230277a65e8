package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Role;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * SQL in every place where a caller can put a text: ids, query parameters, headers, and each value
 * of each body. Nothing of another tenant is seen or changed, and nothing breaks.
 */
final class TenantInjectionTest {
  private static final List<String> HEADERS =
      List.of("Idempotency-Key", "Prefer", "X-Request-Id", "traceparent", "Last-Event-ID");

  private static final int THREADS = 8;

  private static TestApi api;
  private static ApiClient other;
  private static List<Route> routes = List.of();
  private static List<String> before = List.of();

  @BeforeAll
  static void open() throws SQLException {
    api = TestApi.working();
    new TenantObjects(api).all();
    other = api.as(TestApi.OTHER, Role.ADMIN);
    routes =
        HttpApi.routes(
            api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0));
    before = state();
  }

  @AfterAll
  static void close() throws SQLException {
    try {
      assertThat(state()).isEqualTo(before);
    } finally {
      api.close();
    }
  }

  /** All rows of the first tenant and the shape of the schema, as hashes. */
  private static List<String> state() throws SQLException {
    List<String> state = new ArrayList<>();
    for (String table :
        api.askPastEveryRule(
            """
            select c.oid::regclass::text from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
            where c.relnamespace = 'agentos'::regnamespace and c.relkind in ('r', 'p')
            order by 1
            """)) {
      state.addAll(
          api.askPastEveryRule(
              "select '%1$s ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '' order by t::text), '')) from %1$s t where tenant_id = 'acme'"
                  .formatted(table)));
    }
    state.addAll(
        api.askPastEveryRule(
            "select string_agg(relname || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, ''), ' ' order by relname) from pg_class where relnamespace = 'agentos'::regnamespace"));
    state.addAll(
        api.askPastEveryRule("select string_agg(rolname, ' ' order by rolname) from pg_roles"));
    return state;
  }

  /** Sends what each call gives, a few at a time, and looks at each answer. */
  private static void checkAll(List<Attempt> attempts) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Boolean> done : threads.invokeAll(attempts)) {
        assertThat(done.get()).isTrue();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** One call, with what it is for when it goes wrong. */
  private record Attempt(String what, Supplier<Reply> send) implements Callable<Boolean> {
    @Override
    public Boolean call() {
      check(what, send.get());
      return true;
    }
  }

  private static void check(String what, Reply reply) {
    assertThat(reply.status()).as(what).isBetween(200, 499);
    assertThat(reply.body()).as(what).doesNotContain(TenantObjects.CANARY);
  }

  private static Reply send(Route route, String path, String body) {
    boolean open = route.path().endsWith("/release") || route.path().endsWith("/drill");
    return !route.hasBody()
        ? other.send(route.method(), path, BodyPublishers.noBody())
        : open && body.isEmpty()
            ? other.post(path)
            : other.send(route.method(), path, BodyPublishers.ofString(body));
  }

  @Test
  void ids() throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    for (Route route : routes) {
      if (route.path().contains("{id}")) {
        for (String sql : SqlStrings.ALL) {
          String path = route.path().replace("{id}", encoded(sql));
          String body = ApiDocument.exampleBody(route.method(), route.path());
          attempts.add(new Attempt(path, () -> send(route, path, body)));
        }
      }
    }
    checkAll(attempts);
  }

  @Test
  void queries() throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    for (Route route : routes) {
      String path = route.path().replace("{id}", TenantObjects.absent("task_"));
      for (String name : ApiDocument.queryParameters(route.method(), route.path())) {
        for (String sql : SqlStrings.ALL) {
          attempts.add(
              new Attempt(
                  route.path() + " " + name + "=" + sql,
                  () -> send(route, path + "?" + name + "=" + encoded(sql), "")));
        }
      }
      check(route.path(), send(route, path + "?" + encoded("' or 1=1 --") + "=1", "{}"));
    }
    checkAll(attempts);
  }

  @Test
  void headers() throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    for (String header : HEADERS) {
      for (String sql : SqlStrings.ALL) {
        if (sql.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
          String what = header + ": " + sql;
          ApiClient client = other.with(header, sql);
          attempts.add(new Attempt(what, () -> client.get("/v1/tasks")));
          attempts.add(
              new Attempt(what, () -> client.post("/v1/tasks", "{\"input\":\"await x\"}")));
        }
      }
    }
    checkAll(attempts);
    for (String sql : SqlStrings.ALL) {
      if (sql.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
        ApiClient guess = other.with("Authorization", "Bearer aos_" + sql);
        assertThat(guess.get("/v1/tasks").status()).as(sql).isEqualTo(401);
      }
    }
  }

  @Test
  void bodies() throws InterruptedException {
    List<Attempt> attempts = new ArrayList<>();
    for (Route route : routes) {
      String example = ApiDocument.exampleBody(route.method(), route.path());
      if (example.isEmpty()) {
        continue;
      }
      String path = route.path().replace("{id}", TenantObjects.absent("task_"));
      for (String sql : SqlStrings.ALL) {
        for (String body : HostileBodies.of(example, sql)) {
          attempts.add(new Attempt(route.path() + " " + body, () -> send(route, path, body)));
        }
      }
    }
    checkAll(attempts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
