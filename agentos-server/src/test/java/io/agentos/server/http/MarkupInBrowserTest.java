package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.agentos.runtime.durable.TaskFeed;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import io.agentos.server.browser.MarkupStrings;
import io.agentos.server.browser.TestBrowser;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
      String encoded = encoded(text);
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
  void signInPage_takesAddressesAndErrorsForTexts() {
    try (TestBrowser people = new TestBrowser("http://127.0.0.1:" + api.port(), Map.of())) {
      Page page = people.page();
      for (String text : MarkupStrings.all(people.elsewhere())) {
        String encoded = encoded(text);
        people.open("/sign-in?message=%1$s&error=%1$s&%1$s=1#%1$s".formatted(encoded));
        people.open("/sign-in?token=" + encoded);
        page.click("#link-form button");
        page.waitForSelector("#message:not(:empty)");
        page.fill("#email", text);
        page.fill("#password", text);
        page.click("summary:visible");
        page.fill("#tenant", text);
        page.click("#password-form button");
        page.waitForSelector("#message:not(:empty)");
      }
      assertThat(people.breaches()).isEmpty();
    }
  }

  @Test
  void signedIn_showsWhoeverItIsAsText() {
    try (TestBrowser people = new TestBrowser("http://127.0.0.1:" + api.port(), Map.of())) {
      Page page = people.page();
      int shown = 0;
      for (String text : MarkupStrings.all(people.elsewhere())) {
        Optional<String> link = invitation(text, shown);
        if (link.isPresent()) {
          people.open(link.get());
          page.click("#link-form button");
          page.waitForSelector("#session:visible");
          assertThat(page.textContent("#who-name")).isEqualTo(text);
          page.context().clearCookies();
          shown++;
        }
      }
      assertThat(shown).isGreaterThan(MarkupStrings.all("").size() / 2);
      assertThat(people.breaches()).isEmpty();
    }
  }

  @Test
  void listener_hearsWhatAPageLetsThrough() {
    try (TestBrowser open =
        new TestBrowser("http://127.0.0.1:" + api.port(), Map.of("X-Probe", "1"))) {
      // A page of nobody's, for every page of ours forbids it.
      open.page()
          .setContent("<img src='%s/x'><script>alert('y')</script>".formatted(open.elsewhere()));
      open.page().waitForLoadState();

      assertThat(open.breaches())
          .anyMatch(breach -> breach.startsWith("request elsewhere: GET /x"))
          .anyMatch(breach -> breach.startsWith("dialog on ") && breach.endsWith(": y"));
    }
  }

  /** The link by which a user of that name signs in; empty where the name is refused. */
  private static Optional<String> invitation(String name, int number) {
    ObjectNode user = Json.mapperForTrees().createObjectNode();
    user.put("email", "<img/src=x/onerror=alert(%d)>@markup.example".formatted(number))
        .put("name", name);
    Reply made = admin.post("/v1/users", user.put("role", "viewer").toString());
    return made.status() == 201
        ? Optional.of(
            admin.post("/v1/users/%s/sign-in-link".formatted(made.text("id"))).text("path"))
        : Optional.empty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
