package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.ModelListener;
import io.agentos.testkit.ClosedPort;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import io.agentos.testkit.ReceivedCall;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderHttpTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void post_headers_areOfEndpointAndCall() {
    try (FakeModelServer server = server(FakeStep.json("{}"));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      post(http, new ProviderCall("/x", Map.of("X-Call", "2"), utf8("{}"), "m"));

      assertThat(server.calls().getFirst().headers())
          .containsEntry("x-endpoint", "1")
          .containsEntry("x-call", "2")
          .containsEntry("user-agent", "agentos")
          .containsEntry("accept", "application/json")
          .doesNotContainKeys("upgrade", "http2-settings", "cookie");
    }
  }

  @Test
  void post_callsOneAfterTheOther_shareAConnection() {
    try (FakeModelServer server = server(FakeStep.json("{}"));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      for (int i = 0; i < 5; i++) {
        post(http, call("{}"));
      }

      assertThat(server.calls()).hasSize(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void post_retryAfterAsDate_countsFromTheClock() {
    FakeStep.Failure failure =
        new FakeStep.Failure(
            503, "busy", "", Map.of("Retry-After", "Mon, 02 Nov 2026 12:00:05 GMT"));
    try (FakeModelServer server = server(failure);
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      assertThat(failure(http, "{}").retryAfter()).contains(Duration.ofSeconds(5));
    }
  }

  @Test
  void post_retryAfterWithGoodAnswer_isNothing() {
    FakeStep.Raw answer =
        new FakeStep.Raw(
            200,
            "application/json",
            ByteBuffer.wrap(new byte[] {'{', '}'}),
            Map.of("retry-after", "60"));
    try (FakeModelServer server = server(answer);
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      AgentOsException broken = post(http, call("{}")).broken("nothing");

      assertThat(broken.retryAfter()).isEmpty();
    }
  }

  @Test
  void post_tooLargeACall_isNotSent() {
    try (FakeModelServer server = server(FakeStep.json("{}"));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      AgentOsException failure = failure(http, "x".repeat(ProviderHttp.CALL_BYTES_MAX + 1));

      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REFUSED);
      assertThat(failure)
          .hasMessage("The call of model m at test has 33554433 bytes; at most 33554432 are sent.");
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void post_largestAnswer_isTaken() {
    byte[] body = "x".repeat(ProviderHttp.ANSWER_BYTES_MAX).getBytes(StandardCharsets.UTF_8);
    try (FakeModelServer server = server(FakeStep.raw("application/json", body));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      assertThat(post(http, call("{}")).body().size()).isEqualTo(ProviderHttp.ANSWER_BYTES_MAX);
    }
  }

  @Test
  void post_largerAnswer_isRefused() {
    try (FakeModelServer server = server(new FakeStep.Endless("application/json"));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      assertThat(failure(http, "{}"))
          .hasMessage(
              "test answered model m with more than 16777216 bytes instead of an answer (200)."
                  + " A repeat may pass.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=utf-8, a web page",
    "text/html, a web page",
    "text/event-stream, an event stream"
  })
  void post_pageOrStream_isNotReadToItsEnd(String contentType, String what) {
    try (FakeModelServer server = server(new FakeStep.Endless(contentType));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      assertThat(failure(http, "{}"))
          .hasMessage(
              "test answered model m with %s instead of an answer (200). A repeat may pass.", what);
    }
  }

  @Test
  void post_timeout_saysHowLong() {
    try (FakeModelServer server = server(new FakeStep.Hang());
        ProviderHttp http = http(server.uri(), Duration.ofMillis(200))) {
      assertThat(failure(http, "{}"))
          .hasMessage("test did not answer the call of model m within PT0.2S. A repeat may pass.");
    }
  }

  @Test
  void post_nobodyListens_namesTheAddress() {
    try (ClosedPort nobody = ClosedPort.take();
        ProviderHttp http = http(nobody.uri(), TIMEOUT)) {
      assertThat(failure(http, "{}"))
          .hasMessage(
              "test could not be reached, or broke off, at %s/x (ConnectException). A repeat may"
                  + " pass.",
              nobody.uri());
    }
  }

  @Test
  void post_interruptedBefore_isNotSent() {
    try (FakeModelServer server = server(FakeStep.json("{}"));
        ProviderHttp http = http(server.uri(), TIMEOUT)) {
      Thread.currentThread().interrupt();
      AgentOsException failure = failure(http, "{}");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure)
          .hasMessage("test was interrupted before model m answered. A repeat may pass.");
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void close_runningCall_cutsIt() throws InterruptedException {
    try (FakeModelServer server = server(new FakeStep.Hang())) {
      ProviderHttp http = http(server.uri(), TIMEOUT);
      Thread caller = Thread.ofVirtual().start(() -> failure(http, "{}"));
      ReceivedCall call = server.awaitCall(1, SOON).orElseThrow();
      http.close();

      assertThat(caller.join(SOON)).isTrue();
      assertThat(call.awaitClosedByClient(SOON)).isTrue();
      assertThat(failure(http, "{}").code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    }
  }

  private static AgentOsException failure(ProviderHttp http, String body) {
    AgentOsException failure =
        catchThrowableOfType(AgentOsException.class, () -> post(http, call(body)));
    assertThat(failure).as("post must throw").isNotNull();
    return failure;
  }

  private static ProviderCall call(String body) {
    return new ProviderCall("/x", Map.of(), utf8(body), "m");
  }

  private static ProviderAnswer post(ProviderHttp http, ProviderCall call) {
    return http.post(call, ModelListener.NONE, answer -> answer);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(FakeStory.always(step));
  }

  private static ProviderHttp http(URI server, Duration timeout) {
    return new ProviderHttp(
        new ProviderEndpoint(
            "test", server, Map.of("X-Endpoint", "1"), ProviderTimeouts.ofTotal(timeout), false),
        new FakeClock());
  }
}
