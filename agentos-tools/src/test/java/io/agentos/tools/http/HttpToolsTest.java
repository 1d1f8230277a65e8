package io.agentos.tools.http;

import static io.agentos.tools.http.PlayedEgress.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.spi.Egress;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.files.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpToolsTest {
  private static final StepKey KEY = new StepKey(TenantId.DEFAULT, TaskId.next(), 7, "step/tool");
  private static final String URL = "https://otter.example/den?tail=long";

  @Test
  void get_json_isTextAndField() {
    PlayedEgress egress =
        new PlayedEgress(
            answer(
                200,
                "{\"otters\": [1, 2.5, null]}",
                "content-type",
                "application/vnd.den+json; charset=utf-8",
                "etag",
                "\"7\"",
                "set-cookie",
                "a=b"));

    ToolResult result = call("http.get", egress, "url", URL);

    assertThat(result.failed()).isFalse();
    assertThat(result.text()).isEqualTo("{\"otters\": [1, 2.5, null]}");
    assertThat(result.fields())
        .containsEntry("status", 200)
        .containsEntry("content_type", "application/vnd.den+json")
        .containsEntry("headers", Map.of("etag", "\"7\""))
        .containsEntry("cut", false);
    assertThat(result.fields().get("json")).hasToString("{otters=[1, 2.5, null]}");
    assertThat(egress.calls.getFirst().headers()).isEmpty();
    assertThat(egress.calls.getFirst().atMost()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void get_longAnswer_isCutAndNoJson() {
    PlayedEgress egress =
        new PlayedEgress(answer(200, "{\"otters\": 1}", "content-type", "application/json"));

    ToolResult result = call("http.get", egress, "url", URL, "bytes_max", 5L);

    assertThat(result.text()).isEqualTo("{\"ott");
    assertThat(result.fields()).containsEntry("cut", true).doesNotContainKey("json");
  }

  @Test
  void get_deeplyNestedJson_staysText() {
    String deep = "[".repeat(101) + "]".repeat(101);
    PlayedEgress egress = new PlayedEgress(answer(200, deep, "content-type", "application/json"));

    ToolResult result = call("http.get", egress, "url", URL);

    assertThat(result.text()).isEqualTo(deep);
    assertThat(result.fields()).doesNotContainKey("json");
  }

  @Test
  void get_picture_isNotShown() {
    PlayedEgress egress = new PlayedEgress(answer(200, "\uFFFDPNG", "content-type", "image/png"));

    assertThat(call("http.get", egress, "url", URL).text())
        .isEqualTo("The answer is image/png and no text; it is not shown.");
  }

  @Test
  void get_controlCharacters_areShownAsMarks() {
    PlayedEgress egress =
        new PlayedEgress(answer(200, "a\u001B[2Jb\u202Ec\n", "content-type", "text/plain"));

    assertThat(call("http.get", egress, "url", URL).text()).isEqualTo("a?[2Jb?c\n");
  }

  @Test
  void get_headersAndToken_areSent() {
    PlayedEgress egress = new PlayedEgress(answer(200, ""));

    call(
        "http.get",
        egress,
        "url",
        URL,
        "headers",
        Map.of("accept", "text/csv"),
        "bearer_token",
        "whiskers");

    assertThat(egress.calls.getFirst().headers())
        .containsOnly(
            Map.entry("accept", "text/csv"), Map.entry("authorization", "Bearer whiskers"));
  }

  @Test
  void get_redirectWithinTheOrigin_isFollowedWithHeaders() {
    PlayedEgress egress =
        new PlayedEgress(
            answer(302, "", "location", "../pond#reeds"), answer(200, "fish", "x-a", "b"));

    ToolResult result = call("http.get", egress, "url", URL, "bearer_token", "whiskers");

    assertThat(result.text()).isEqualTo("fish");
    assertThat(egress.calls).hasSize(2);
    assertThat(egress.calls.getLast().url()).isEqualTo("https://otter.example/../pond");
    assertThat(egress.calls.getLast().headers()).containsEntry("authorization", "Bearer whiskers");
    assertThat(egress.calls.getLast().atMost()).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://heron.example/den",
        "https://otter.example:8443/den",
        "http://otter.example/den",
        "//heron.example/den",
        "https://otter.example@heron.example/",
        "https://me@otter.example/",
        "file:///etc/passwd",
        "\\\\heron.example/den",
        "https://otter.example.heron.example/",
      })
  void get_redirectElsewhere_isToldAndNotFollowed(String location) {
    PlayedEgress egress = new PlayedEgress(answer(307, "", "location", location));

    ToolResult result = call("http.get", egress, "url", URL, "bearer_token", "whiskers");

    assertThat(egress.calls).hasSize(1);
    assertThat(result.failed()).isTrue();
    assertThat(result.text())
        .isEqualTo("otter.example answered 307 and leads to %s, which was not asked.", location);
  }

  @Test
  void get_redirectsForEver_fails() {
    PlayedEgress egress = new PlayedEgress(answer(301, "", "location", "/again"));

    ToolResult result = call("http.get", egress, "url", URL);

    assertThat(egress.calls).hasSize(4);
    assertThat(result.text()).isEqualTo("otter.example leads on more than 3 times.");
  }

  @Test
  void get_notFound_isAFailureWithWhatTheServerSays() {
    PlayedEgress egress = new PlayedEgress(answer(404, "No den.", "content-type", "text/plain"));

    ToolResult result = call("http.get", egress, "url", URL);

    assertThat(result.failed()).isTrue();
    assertThat(result.text()).isEqualTo("otter.example answered 404. It says:\nNo den.");
    assertThat(result.fields()).containsEntry("status", 404);
  }

  @ParameterizedTest
  @CsvSource({"http.get, 503", "http.put, 502", "http.delete, 504", "http.post, 429"})
  void call_later_isTriedAgain(String tool, int status) {
    PlayedEgress egress = new PlayedEgress(answer(status, "", "retry-after", "5"));

    assertThatThrownBy(() -> call(tool, egress, "url", URL))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNAVAILABLE);
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
            })
        .hasMessage("otter.example answered %d.", status);
  }

  @Test
  void call_muchLater_fails() {
    PlayedEgress egress = new PlayedEgress(answer(429, "", "retry-after", "3600"));

    assertThatThrownBy(() -> call("http.get", egress, "url", URL))
        .isInstanceOfSatisfying(
            AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_FAILED))
        .hasMessage("otter.example answered 429. It asks to come back in 3600 seconds.");
  }

  @Test
  void post_serverBroke_isAnAnswerAndNotRepeated() {
    PlayedEgress egress = new PlayedEgress(answer(503, "", "retry-after", "5"));

    assertThat(call("http.post", egress, "url", URL).text())
        .isEqualTo("otter.example answered 503.");
  }

  @Test
  void post_json_isSentWithTheStepsKey() {
    PlayedEgress egress = new PlayedEgress(answer(201, "", "location", "/den/7"));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", "Ada \u00DF");
    json.put("tail", null);

    ToolResult result = call("http.post", egress, "url", URL, "json", json);

    assertThat(egress.calls.getFirst().body()).isEqualTo("{\"name\":\"Ada \u00DF\",\"tail\":null}");
    assertThat(egress.calls.getFirst().headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("idempotency-key", KEY.idempotencyKey());
    assertThat(result.fields()).containsEntry("headers", Map.of("location", "/den/7"));
  }

  @Test
  void post_redirect_isNotFollowed() {
    PlayedEgress egress = new PlayedEgress(answer(308, "", "location", "/elsewhere"));

    call("http.post", egress, "url", URL, "body", "a");

    assertThat(egress.calls).hasSize(1);
  }

  @Test
  void call_contradictions_areTold() {
    PlayedEgress egress = new PlayedEgress(answer(200, ""));

    assertThat(call("http.post", egress, "url", URL, "json", Map.of(), "body", "a").text())
        .isEqualTo("Give json or body, not both.");
    assertThat(call("http.put", egress, "url", URL, "json", Map.of(), "content_type", "a/b").text())
        .isEqualTo("Give content_type with body; json is application/json.");
    assertThat(
            call(
                    "http.get",
                    egress,
                    "url",
                    URL,
                    "bearer_token",
                    "a",
                    "headers",
                    Map.of("authorization", "b"))
                .text())
        .isEqualTo("Give bearer_token or the header authorization, not both.");
    assertThat(egress.calls).isEmpty();
  }

  private static ToolResult call(String tool, Egress egress, Object... namesAndValues) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Call.tool(HttpTools.tools(), tool)
        .call(
            new ToolArguments(arguments),
            new ToolContext(KEY, new AgentId("engineering", "test"), egress));
  }
}
