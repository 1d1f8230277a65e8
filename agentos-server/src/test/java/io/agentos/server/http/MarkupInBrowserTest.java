package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Role;
import io.agentos.server.browser.MarkupStrings;
import io.agentos.server.browser.TestBrowser;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Markup, scripts and addresses in every text that a caller can store, and then every answer in a
 * real Chromium: none opens a dialog, runs, or asks another origin for anything.
 */
final class MarkupInBrowserTest {
  private static final int PAGES_MAX = 60;
  private static TestApi api;
  private static ApiClient admin;
  private static TestBrowser browser;
  private static List<Route> routes = List.of();

  @BeforeAll
  static void open() {
    api = TestApi.working();
    admin = api.as(TestApi.ACME, Role.ADMIN);
    browser =
        new TestBrowser(
            "http://127.0.0.1:" + api.port(),
            Map.of("Authorization", "Bearer " + api.key(TestApi.ACME, Role.ADMIN)));
    routes =
        HttpApi.routes(
            api.services(), new Followers(new TaskFeed(), 1), new HttpSettings("127.0.0.1", 0));
  }

  @AfterAll
  static void close() {
    browser.close();
    api.close();
  }

  @Test
  void storedTexts_areTextsInABrowser() {
    int stored = 0;
    for (String text : MarkupStrings.all(browser.elsewhere())) {
      for (Route route : routes) {
        String example = ApiDocument.exampleBody(route.method(), route.path());
        if (route.path().contains("{id}") || example.isEmpty() || isKillSwitch(route)) {
          continue;
        }
        for (String body : HostileBodies.of(plausible(route, example), text)) {
          Reply reply = admin.send(route.method(), route.path(), BodyPublishers.ofString(body));
          assertThat(reply.status()).as(route.path() + " " + body).isLessThan(500);
          stored += reply.status() < 300 ? 1 : 0;
        }
      }
    }
    assertThat(stored).isGreaterThan(MarkupStrings.all("").size());

    for (String path : pages()) {
      browser.open(path);
    }
    assertThat(browser.breaches()).isEmpty();
  }

  @Test
  void problems_areTextsInABrowser() {
    for (String text : MarkupStrings.all(browser.elsewhere())) {
      String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
      for (String path :
          List.of(
              "/v1/tasks/" + encoded,
              "/v1/tasks?state=" + encoded,
              "/v1/tasks?" + encoded + "=1",
              "/" + encoded)) {
        browser.open(path);
      }
    }
    assertThat(browser.breaches()).isEmpty();
  }

  @Test
  void listener_hearsWhatAPageLetsThrough() {
    try (TestBrowser open =
        new TestBrowser("http://127.0.0.1:" + api.port(), Map.of("X-Probe", "1"))) {
      open.open("/livez");
      open.page()
          .setContent("<img src='%s/x'><script>alert('y')</script>".formatted(open.elsewhere()));
      open.page().waitForLoadState();

      assertThat(open.breaches())
          .anyMatch(breach -> breach.startsWith("request elsewhere: GET /x"))
          .anyMatch(breach -> breach.startsWith("dialog on ") && breach.endsWith(": y"));
    }
  }

  /** A switch would stop what the other bodies do. */
  private static boolean isKillSwitch(Route route) {
    return route.path().startsWith("/v1/kill-switches");
  }

  /** The example, as far as this server has what it names. */
  private static String plausible(Route route, String example) {
    return route.path().equals("/v1/tasks")
        ? "{\"input\":\"await\",\"type\":\"sort\",\"labels\":{\"env\":\"prod\"}}"
        : example;
  }

  /** Every list with its pages, and one of each object in them. */
  private static Set<String> pages() {
    Set<String> pages = new LinkedHashSet<>();
    for (Route route : routes) {
      if (!route.method().equals("GET") || route.path().contains("{id}")) {
        continue;
      }
      List<String> ids = new ArrayList<>();
      String cursor = "";
      boolean paged = ApiDocument.queryParameters("GET", route.path()).contains("cursor");
      for (int page = 0; page < PAGES_MAX; page++) {
        String path =
            route.path()
                + (paged ? "?limit=100" : "")
                + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        pages.add(path);
        JsonNode found = paged ? admin.get(path).json() : null;
        if (found == null) {
          break;
        }
        found.path("data").forEach(one -> ids.add(one.path("id").asString("")));
        cursor = found.path("next_cursor").asString("");
        if (cursor.isEmpty()) {
          break;
        }
      }
      ids.stream()
          .filter(id -> !id.isEmpty())
          .limit(20)
          .forEach(id ->
              routes.stream()
                  .filter(one -> one.method().equals("GET"))
                  .filter(one -> one.path().startsWith(route.path() + "/{id}"))
                  .filter(one -> !one.path().endsWith("/events"))
                  .forEach(one -> pages.add(one.path().replace("{id}", id))));
    }
    return pages;
  }
}
