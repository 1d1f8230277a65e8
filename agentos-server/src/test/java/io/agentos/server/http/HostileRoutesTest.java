package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.durable.TaskFeed;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies made to hurt on every route that takes one: none is met by a defect. */
final class HostileRoutesTest {
  /** What stands in place of a value, as JSON: of the wrong kind, beyond measure, or no Unicode. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0.5",
          "1e400",
          "-1E-999999999",
          "9".repeat(1_000),
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[\"\"]",
          "{\"\":\"\"}",
          "{\"a\":{\"b\":[1]}}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\uffff\\u202e\\u2028\"",
          "\"${a}${\"",
          "\"%s%n%d\"",
          "\"" + "x".repeat(100_000) + "\"");

  private static final String PLACE = "@here@";

  private static TestApi api;
  private static TenantObjects objects;
  private static List<Route> routes = List.of();

  @BeforeAll
  static void open() {
    api = TestApi.working();
    objects = new TenantObjects(api);
    routes =
        HttpApi.routes(
                api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0))
            .stream()
            .filter(Route::hasBody)
            .filter(route -> !(route.access() instanceof Access.Signed))
            .toList();
    assertThat(routes).hasSizeGreaterThan(30);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @AfterEach
  void server_isAlive() {
    assertThat(api.client().post("/v1/tasks", "{\"input\":\"alive\"}").status()).isEqualTo(202);
  }

  private static String path(Route route) {
    if (route.path().startsWith("/v1/packs/")) {
      return route.path().replace("{id}", "mail"); // Packs are no tenant's; this one is there.
    }
    return route.path().contains("{id}")
        ? route.path().replace("{id}", objects.fresh(route).orElseThrow())
        : route.path();
  }

  @Test
  void everyRoute_refusesWhatIsNoJson() {
    List<String> bodies =
        HostileBodyTest.malformed()
            .map(Arguments::get)
            .map(arguments -> (String) arguments[0])
            .filter(body -> !body.isEmpty())
            .toList();
    for (Route route : routes) {
      String path = path(route);
      for (String body : bodies) {
        Reply reply = api.client().send(route.method(), path, BodyPublishers.ofString(body));
        assertThat(reply.status())
            .as("%s %s: %s", route.method(), path, body.substring(0, Math.min(40, body.length())))
            .isBetween(400, 499);
      }
    }
  }

  @Test
  void everyRoute_refusesOtherMediaTypes() {
    for (Route route : routes) {
      String path = path(route);
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "*/*", "")) {
        Reply reply =
            api.client()
                .with("Content-Type", type)
                .send(route.method(), path, BodyPublishers.ofString("{\"a\":1}"));
        assertThat(reply.status()).as("%s %s as '%s'", route.method(), path, type).isEqualTo(415);
      }
      byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
      Reply reply = api.client().send(route.method(), path, BodyPublishers.ofByteArray(wide));
      assertThat(reply.status()).as(path).isBetween(400, 499);
    }
  }

  @Test
  void everyField_takesEachValueOrRefusesIt() {
    for (Route route : routes) {
      String example = ApiDocument.exampleBody(route.method(), route.path());
      if (example.isEmpty() || route.path().startsWith("/v1/kill-switches")) {
        continue; // A switch would stop what the other bodies do.
      }
      String path = path(route);
      for (String body : HostileBodies.of(example, PLACE)) {
        for (String value : VALUES) {
          String sent = body.replace("\"" + PLACE + "\"", value);
          Reply reply = api.client().send(route.method(), path, BodyPublishers.ofString(sent));
          assertThat(reply.status())
              .as(
                  "%s %s: %s",
                  route.method(), path, sent.substring(0, Math.min(300, sent.length())))
              .isLessThan(500);
        }
      }
    }
  }
}
