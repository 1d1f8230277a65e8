package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.RateLimit;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import io.agentos.testkit.ClosedPort;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, and what the listener hears of calls that go well and that do not. */
final class ProviderStreamTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration FIRST_BYTE = Duration.ofMillis(200);
  private static final Tokens SEEN = Tokens.of(3, 1);
  private final List<ModelEvent> heard = new ArrayList<>();
  private final List<String> data = new ArrayList<>();

  @Test
  void stream_events_areHandedOutUntilEnough() {
    ProviderAnswer head = stream(events("data: 1\n\n: ping\n\ndata: end\n\ndata: 2\n\n"));

    assertThat(data).containsExactly("1", "end");
    assertThat(head.requestId()).isEqualTo("req_9");
    assertThat(heard).containsExactly(new ModelEvent.Started("req_9"));
  }

  @Test
  void stream_accept_isEventStream() {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(events("data: end\n\n")));
        ProviderHttp http = http(server.uri())) {
      http.stream(call(), ModelListener.NONE, handler());

      assertThat(server.calls().getFirst().header("accept")).contains("text/event-stream");
    }
  }

  @Test
  void stream_limitsInTheHead_areTold() {
    stream(
        new FakeStep.Raw(
            200,
            "text/event-stream",
            ByteBuffer.wrap("data: end\n\n".getBytes(StandardCharsets.UTF_8)),
            Map.of(
                "x-ratelimit-limit-tokens", "10",
                "x-ratelimit-remaining-tokens", "9",
                "x-ratelimit-reset-tokens", "6ms")));

    assertThat(heard)
        .containsExactly(
            new ModelEvent.Limits(
                List.of(new RateLimit(RateLimit.Kind.TOKENS, 10, 9, Duration.ofMillis(6)))),
            new ModelEvent.Started(""));
  }

  @Test
  void stream_errorStatus_tellsLimitsAndIsSettled() {
    FakeStep limited =
        new FakeStep.Failure(
            429,
            "rate_limit_exceeded",
            "",
            Map.of(
                "x-ratelimit-limit-requests", "10",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "20s",
                "retry-after", "20"));

    AgentOsException failure = failure(limited);

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(heard)
        .containsExactly(
            new ModelEvent.Limits(
                List.of(new RateLimit(RateLimit.Kind.REQUESTS, 10, 0, Duration.ofSeconds(20)))));
  }

  @Test
  void stream_endsBeforeItHasSaidAll_isUnsettledWithWhatWasSeen() {
    AgentOsException failure = failure(events("data: 1\n\ndata: 2\n\n"));

    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    assertThat(failure.detail()).startsWith("test could not be reached, or broke off, at http://");
    assertThat(heard)
        .containsExactly(new ModelEvent.Started("req_9"), new ModelEvent.Unsettled(SEEN));
  }

  @Test
  void stream_handlerRefuses_isUnsettled() {
    AgentOsException failure = failure(events("data: broken\n\n"));

    assertThat(failure)
        .hasMessage(
            "test answered model m with garbage instead of an answer (200, request req_9)."
                + " A repeat may pass.");
    assertThat(heard).last().isEqualTo(new ModelEvent.Unsettled(SEEN));
  }

  @Test
  void stream_listenerThrows_endsTheCall() {
    IllegalStateException own = new IllegalStateException("enough");
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(events("data: end\n\n")));
        ProviderHttp http = http(server.uri())) {
      IllegalStateException thrown =
          catchThrowableOfType(
              IllegalStateException.class,
              () ->
                  http.stream(
                      call(),
                      _ -> {
                        throw own;
                      },
                      handler()));

      assertThat(thrown).isSameAs(own);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"error\":{\"code\":\"insufficient_quota\"}} | PROVIDER_CREDIT",
        "[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}] | PROVIDER_LIMITED",
        "{\"error\":\"overloaded\"} | PROVIDER_UNAVAILABLE",
        "{\"choices\":[]} | PROVIDER_ANSWER",
        "<html></html> | PROVIDER_ANSWER"
      })
  void stream_bodyInOnePiece_isTheErrorItHolds(String body, ErrorCode code) {
    for (String type : List.of("application/json", "text/event-stream", "text/plain")) {
      byte[] bytes = ("\n " + body).getBytes(StandardCharsets.UTF_8);

      assertThat(failure(FakeStep.raw(type, bytes)).code()).isEqualTo(code);
    }
    assertThat(heard).last().isEqualTo(new ModelEvent.Unsettled(null));
  }

  @Test
  void stream_page_isSaid() {
    assertThat(failure(new FakeStep.Endless("text/html")))
        .hasMessage(
            "test answered model m with a web page instead of an answer (200). A repeat may pass.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "hang"})
  void stream_noAnswer_isUnsettled(String fault) {
    FakeStep step = fault.equals("hang") ? new FakeStep.Hang() : new FakeStep.Reset();

    assertThat(failure(step).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).containsExactly(new ModelEvent.Unsettled(null));
  }

  @Test
  void stream_nobodyListens_isSettled() {
    try (ClosedPort nobody = ClosedPort.take();
        ProviderHttp http = http(nobody.uri())) {
      AgentOsException failure =
          catchThrowableOfType(
              AgentOsException.class, () -> http.stream(call(), heard::add, handler()));

      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void stream_hang_isLateAfterTheFirstByteTimeout() {
    assertThat(failure(new FakeStep.Hang()))
        .hasMessage("test did not answer the call of model m within PT1S. A repeat may pass.");
  }

  /** Seven events with 40 ms before each: the whole takes longer than its beginning may. */
  @Test
  void stream_longerThanTheFirstByteTimeout_isRead() {
    FakeStep.Reply reply = new FakeStep.Reply("abc", List.of(), StopReason.END, Tokens.of(1, 1));
    try (FakeModelServer server =
            FakeModelServer.start(
                FakeStory.always(new FakeStep.Slow(reply, Duration.ofMillis(40), false)));
        ProviderHttp http =
            http(server.uri(), new ProviderTimeouts(TIMEOUT, FIRST_BYTE, TIMEOUT, TIMEOUT))) {
      http.stream(call(), heard::add, (_, _, more) -> data.add(more) && more.equals("[DONE]"));

      assertThat(data).hasSize(7).last().isEqualTo("[DONE]");
    }
  }

  private ProviderAnswer stream(FakeStep step) {
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(step));
        ProviderHttp http = http(server.uri())) {
      return http.stream(call(), heard::add, handler());
    }
  }

  private AgentOsException failure(FakeStep step) {
    AgentOsException failure = catchThrowableOfType(AgentOsException.class, () -> stream(step));
    assertThat(failure).as("stream must throw").isNotNull();
    return failure;
  }

  private EventHandler handler() {
    return new EventHandler() {
      @Override
      public boolean on(ProviderAnswer head, String event, String more) {
        data.add(more);
        if (more.equals("broken")) {
          throw head.broken("garbage");
        }
        return more.equals("end");
      }

      @Override
      public @Nullable Tokens seen() {
        return data.isEmpty() ? null : SEEN;
      }
    };
  }

  private static FakeStep events(String body) {
    return new FakeStep.Raw(
        200,
        "text/event-stream",
        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
        Map.of("x-request-id", "req_9"));
  }

  private static ProviderCall call() {
    return new ProviderCall(
        "/x", Map.of(), ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), "m");
  }

  private static ProviderHttp http(URI server) {
    return http(
        server,
        new ProviderTimeouts(TIMEOUT, Duration.ofSeconds(1), Duration.ofSeconds(2), TIMEOUT));
  }

  private static ProviderHttp http(URI server, ProviderTimeouts timeouts) {
    return new ProviderHttp(
        new ProviderEndpoint("test", server, Map.of(), timeouts, false), new FakeClock());
  }
}
