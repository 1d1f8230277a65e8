package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What browsers are told with every answer, and what the pages are made of. */
final class PagesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    List<String> values = response.headers().allValues(name);
    assertThat(values).as(name).hasSize(1);
    return values.getFirst();
  }

  @Test
  void everyAnswer_tellsBrowsersToBeCareful() throws IOException, InterruptedException {
    for (String path :
        List.of(
            "/sign-in",
            "/assets/sign-in.js",
            "/livez",
            "/v1/tasks",
            "/v1/keys?x=y",
            "/nowhere",
            "/openapi.json")) {
      HttpResponse<String> answer = get(path);
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Content-Security-Policy"))
          .as(path)
          .contains("frame-ancestors 'none'")
          .startsWith(path.contains("sign-in") ? "default-src 'self'; " : "default-src 'none'; ")
          .doesNotContain("unsafe");
      assertThat(header(answer, "Cache-Control"))
          .isEqualTo(path.startsWith("/assets/") ? "public, max-age=300" : "no-store");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    }
    assertThat(SecurityHeaders.of(true))
        .containsEntry("Strict-Transport-Security", "max-age=63072000");
  }

  @Test
  void signInPage_hasNothingInlineAndNothingFromOthers() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/sign-in?token=aosl_%3Cscript%3E");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body())
        .doesNotContain("<script>", "style=", "<style", "javascript:", "aosl_", "{{")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("(?:src|href)=\"(?!/)");
    Matcher assets = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(page.body());
    int count = 0;
    while (assets.find()) {
      HttpResponse<String> asset = get(assets.group(1));
      assertThat(asset.statusCode()).as(assets.group(1)).isEqualTo(200);
      assertThat(asset.body()).doesNotContain("https://", "innerHTML", "eval(");
      count++;
    }
    assertThat(count).isEqualTo(4);
  }

  @Test
  void signInPage_escapesWhatItTells() {
    Answer.Ready page = new Pages(false).signIn("<img src=x onerror='alert(1)'> & \"$1\"");

    assertThat(page.body())
        .contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; &quot;$1&quot;")
        .doesNotContain("<img src=x");
  }
}
