package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.testkit.ChatCompletionsDialect.Vendor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FakeStreamTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final FakeStep.Reply REPLY =
      new FakeStep.Reply(
          "abc",
          List.of(new ToolCall("c1", "files.read", Map.of())),
          StopReason.TOOL_CALLS,
          Tokens.of(10, 5),
          List.of(new Part.Thought("t", "")));

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void reply_streamAsked_isEventsInTheDialect() throws Exception {
    for (Vendor vendor : Vendor.values()) {
      ModelServerDialect dialect = new ChatCompletionsDialect(vendor);

      HttpResponse<String> answer = post(dialect, REPLY);

      assertThat(answer.headers().firstValue("content-type"))
          .contains("text/event-stream; charset=utf-8");
      assertThat(answer.body())
          .isEqualTo(String.join("", dialect.events(REPLY, 1)))
          .endsWith("data: [DONE]\n\n");
      assertThat(answer.body().contains("\"reasoning_content\":\"t\""))
          .isEqualTo(vendor == Vendor.DEEPSEEK);
      assertThat(answer.body().contains("\"choices\":[],\"usage\":{"))
          .isEqualTo(vendor == Vendor.OPENAI);
    }
  }

  @Test
  void streamed_faults_doWhatTheySay() throws Exception {
    ModelServerDialect dialect = new ChatCompletionsDialect();
    List<String> events = dialect.events(REPLY, 1);
    String two = events.get(0) + events.get(1);
    String rest = String.join("", events.subList(2, events.size()));

    assertThat(post(dialect, new FakeStep.Streamed(REPLY, 2, FakeStep.Fault.END)).body())
        .isEqualTo(two);
    assertThat(post(dialect, new FakeStep.Streamed(REPLY, 2, FakeStep.Fault.DOUBLE)).body())
        .isEqualTo(two + events.get(1) + rest);
    assertThat(post(dialect, new FakeStep.Streamed(REPLY, 2, FakeStep.Fault.GARBAGE)).body())
        .isEqualTo(two + "data: {\"garbage\": [1, 2\n\n" + rest);
    assertThat(post(dialect, new FakeStep.Streamed(REPLY, 2, FakeStep.Fault.BAD_UTF8)).body())
        .contains("\uFFFD");
    assertThatThrownBy(() -> post(dialect, new FakeStep.Streamed(REPLY, 2, FakeStep.Fault.BREAK)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void streamedError_isTheLastEvent() throws Exception {
    FakeStep.Failure failure = new FakeStep.Failure(503, "overloaded", "busy", Map.of());

    assertThat(
            post(new ChatCompletionsDialect(), new FakeStep.StreamedError(REPLY, 1, failure))
                .body())
        .endsWith("data: " + new ChatCompletionsDialect().failure(failure) + "\n\n");
  }

  @Test
  void slow_withPings_sendsOneBeforeEachEvent() throws Exception {
    String body =
        post(new ChatCompletionsDialect(), new FakeStep.Slow(REPLY, Duration.ofMillis(1), true))
            .body();

    assertThat(body.split(": keep-alive", -1))
        .hasSize(new ChatCompletionsDialect().events(REPLY, 1).size() + 1);
  }

  @Test
  void stall_clientGivesUp_isSeen() throws Exception {
    FakeStory story = FakeStory.always(new FakeStep.Streamed(REPLY, 1, FakeStep.Fault.STALL));
    try (FakeModelServer server = FakeModelServer.start(story)) {
      client.send(request(server.uri()), BodyHandlers.ofInputStream()).body().close();

      assertThat(server.awaitCall(1, SOON).orElseThrow().awaitClosedByClient(SOON)).isTrue();
    }
  }

  @Test
  void asked_request_isReadBack() {
    AskedCall asked =
        new ChatCompletionsDialect()
            .asked(
                """
                {"messages":[{"role":"system","content":"s"},{"role":"user","content":[
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]}],
                 "stop":["x"],"max_tokens":7,"tool_choice":{"function":{"name":"a__b"}},
                 "response_format":{"type":"json_schema","json_schema":{"schema":{"type":"object"}}}}
                """);

    assertThat(asked.system()).isEqualTo("s");
    assertThat(asked.images()).hasSize(1);
    assertThat(asked.toolChoice()).hasToString("Named[tool=a.b]");
    assertThat(asked.schema()).isEqualTo(Map.of("type", "object"));
    assertThat(asked.stopSequences()).containsExactly("x");
    assertThat(asked.outputTokensMax()).isEqualTo(7);
  }

  private HttpResponse<String> post(ModelServerDialect dialect, FakeStep step) throws Exception {
    try (FakeModelServer server = FakeModelServer.start(dialect, FakeStory.always(step))) {
      return client.send(request(server.uri()), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
  }

  private static HttpRequest request(URI server) {
    return HttpRequest.newBuilder(URI.create(server + "/v1/chat/completions"))
        .POST(BodyPublishers.ofString("{\"stream\":true,\"messages\":[]}"))
        .build();
  }
}
