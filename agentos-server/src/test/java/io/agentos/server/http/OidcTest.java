package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.identity.Role;
import io.agentos.server.http.FakeProvider.Lie;
import io.agentos.server.http.FakeProvider.Who;
import io.agentos.server.oidc.OidcProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in at a provider over HTTP, and what is tried against it. */
final class OidcTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static FakeProvider provider;
  private static TestApi api;

  @BeforeAll
  static void open() throws IOException {
    provider = new FakeProvider();
    OidcProvider.Settings settings =
        new OidcProvider.Settings(
            URI.create(provider.issuer()),
            FakeProvider.CLIENT,
            FakeProvider.SECRET,
            List.of("email"),
            Duration.ofSeconds(30));
    api =
        TestApi.idle(
            new Oidc(
                new OidcProvider(settings),
                "acme",
                "",
                "groups",
                Map.of("ops", Role.OPERATOR, "dev", Role.DEVELOPER)));
  }

  @AfterAll
  static void close() {
    api.close();
    provider.close();
  }

  /** A browser that went to the provider: where it was sent, and its cookie. */
  private record Trip(String query, String cookie) {
    String state() {
      return FakeProvider.form(query).getOrDefault("state", "");
    }
  }

  private static HttpResponse<String> get(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Trip begin() {
    HttpResponse<String> sent = get("/sign-in/oidc", "");
    assertThat(sent.statusCode()).isEqualTo(302);
    URI there = URI.create(sent.headers().firstValue("Location").orElseThrow());
    assertThat(there.toString()).startsWith(provider.issuer() + "/authorize?");
    String cookie = sent.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Max-Age=600");
    return new Trip(there.getRawQuery(), cookie.split(";", 2)[0]);
  }

  private static HttpResponse<String> back(
      String code, String state, String issuer, String cookie) {
    return get(
        "/sign-in/callback?code=%s&state=%s&iss=%s"
            .formatted(
                code,
                URLEncoder.encode(state, StandardCharsets.UTF_8),
                URLEncoder.encode(issuer, StandardCharsets.UTF_8)),
        cookie);
  }

  private static HttpResponse<String> signIn() {
    Trip trip = begin();
    String code = provider.authorize(trip.query);
    return back(code, trip.state(), provider.issuer(), trip.cookie);
  }

  private static void assertRefused(HttpResponse<String> page, String why) {
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.body()).contains(why);
    assertThat(page.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("agentos-session"));
  }

  private static Reply session(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location")).contains("/sign-in");
    String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    return new ApiClient(api.port(), "").with("Cookie", cookie).get("/v1/session");
  }

  private static String user(String email, Role role) {
    return api.client()
        .post(
            "/v1/users",
            "{\"email\":\"%s\",\"name\":\"Ann\",\"role\":\"%s\"}".formatted(email, role.text()))
        .text("id");
  }

  @Test
  void knownUser_comesIn_andIsKnownBySubjectFromThenOn() {
    String id = user("known@example.com", Role.APPROVER);
    provider.who = new Who("sub-known", "known@example.com", true, List.of(), Lie.NONE);
    Reply who = session(signIn());
    assertThat(who.text("user")).isEqualTo(id);
    assertThat(who.text("role")).isEqualTo("approver");

    provider.who = new Who("sub-known", "renamed@example.com", false, List.of(), Lie.NONE);
    assertThat(session(signIn()).text("user")).isEqualTo(id);
    provider.who = new Who("sub-other", "known@example.com", true, List.of("ops"), Lie.NONE);
    assertRefused(signIn(), "this installation does not");

    api.client().delete("/v1/users/" + id);
    provider.who = new Who("sub-known", "known@example.com", true, List.of(), Lie.NONE);
    assertRefused(signIn(), "this installation does not");
  }

  @Test
  void newcomer_comesInWithTheRoleOfItsGroupAlone() {
    provider.who = new Who("sub-new", "new@example.com", true, List.of("dev", "x"), Lie.NONE);
    assertThat(session(signIn()).text("role")).isEqualTo("developer");
    provider.who = new Who("sub-new", "new@example.com", true, List.of("dev", "ops"), Lie.NONE);
    assertThat(session(signIn()).text("role")).isEqualTo("operator");

    provider.who = new Who("sub-none", "none@example.com", true, List.of("x"), Lie.NONE);
    assertRefused(signIn(), "this installation does not");
    provider.who = new Who("sub-unverified", "un@example.com", false, List.of("ops"), Lie.NONE);
    assertRefused(signIn(), "this installation does not");
  }

  @Test
  void tokenThatIsNotForThisSignIn_isRefused() {
    user("lied@example.com", Role.ADMIN);
    Who who = new Who("sub-lied", "lied@example.com", true, List.of(), Lie.NONE);
    for (Lie lie : Lie.values()) {
      provider.who = who.lying(lie);
      if (lie != Lie.NONE) {
        assertRefused(signIn(), "did not work");
      }
    }
    provider.who = who;
    assertThat(session(signIn()).text("role")).isEqualTo("admin");
  }

  @Test
  void flow_isOfItsBrowserAndOfOneAnswer() {
    user("flow@example.com", Role.VIEWER);
    provider.who = new Who("sub-flow", "flow@example.com", true, List.of(), Lie.NONE);
    String other = "This browser did not begin this sign-in";
    Trip trip = begin();
    Trip attacker = begin();
    String code = provider.authorize(trip.query);
    assertRefused(back(code, trip.state(), provider.issuer(), ""), other);
    assertRefused(back(code, trip.state(), provider.issuer(), attacker.cookie), other);
    assertThat(session(back(code, trip.state(), provider.issuer(), trip.cookie)).text("role"))
        .isEqualTo("viewer");
    assertRefused(back(code, trip.state(), provider.issuer(), trip.cookie), other);

    Trip wrong = begin();
    assertRefused(
        back(provider.authorize(wrong.query), "guess", provider.issuer(), wrong.cookie), other);
  }

  @Test
  void codeOfAnotherFlow_isRefusedByItsVerifier_andReplayedByTheProvider() {
    provider.who = new Who("sub-code", "code@example.com", true, List.of("ops"), Lie.NONE);
    String stolen = provider.authorize(begin().query);
    Trip own = begin();
    assertRefused(
        back(stolen, own.state(), provider.issuer(), own.cookie), "The provider refused the code.");
    Trip again = begin();
    assertRefused(
        back(stolen, again.state(), provider.issuer(), again.cookie),
        "The provider refused the code.");
  }

  @Test
  void answerOfAnotherProvider_isRefused() {
    Trip mixed = begin();
    String code = provider.authorize(mixed.query);
    assertRefused(
        back(code, mixed.state(), "https://evil.example", mixed.cookie),
        "The answer is that of another provider.");
    Trip silent = begin();
    String mute = provider.authorize(silent.query);
    assertRefused(
        get("/sign-in/callback?code=%s&state=%s".formatted(mute, silent.state()), silent.cookie),
        "The answer is that of another provider.");
    Trip denied = begin();
    assertRefused(
        get(
            "/sign-in/callback?error=access_denied&state=%s&iss=%s"
                .formatted(denied.state(), provider.issuer()),
            denied.cookie),
        "The provider did not let you in.");
  }
}
