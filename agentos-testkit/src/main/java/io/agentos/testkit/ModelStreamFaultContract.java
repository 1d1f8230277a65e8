package io.agentos.testkit;

import static io.agentos.testkit.ModelStreams.CALLS;
import static io.agentos.testkit.ModelStreams.TEXT;
import static io.agentos.testkit.ModelStreams.THOUGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ModelStreams.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link ModelProvider} must do with a stream that is not whole: give no answer, say
 * why, and say that it may be charged.
 */
public abstract class ModelStreamFaultContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration IDLE_SHORT = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long FLOOD_BYTES_MAX = 300L * 1024 * 1024;

  /** The shape the provider speaks. */
  protected abstract ModelServerDialect dialect();

  /** A provider that calls the target's server. */
  protected abstract ModelProvider provider(ProviderTarget target);

  @ParameterizedTest
  @EnumSource(
      value = FakeStep.Fault.class,
      names = {"END", "BREAK"})
  void stream_cutBetweenEvents_isNoAnswer(FakeStep.Fault fault) {
    for (FakeStep.Reply reply : List.of(TEXT, CALLS, THOUGHT)) {
      int all = dialect().events(reply, 1).size();
      for (int events = 0; events < all; events++) {
        failed(new FakeStep.Streamed(reply, events, fault))
            .assertUnsettled(ErrorCode.PROVIDER_UNAVAILABLE);
      }
    }
  }

  @Test
  void stream_cutAnywhere_isNoAnswer() {
    byte[] body = String.join("", dialect().events(CALLS, 1)).getBytes(StandardCharsets.UTF_8);
    int lastEvent = body.length - dialect().events(CALLS, 1).getLast().length();
    FakeStory story =
        call ->
            FakeStep.raw(
                "text/event-stream", Arrays.copyOf(body, (call.number() - 1) * 7 % lastEvent));
    try (FakeModelServer server = FakeModelServer.start(dialect(), story);
        ModelProvider provider = provider(server, TIMEOUT)) {
      for (int cut = 0; cut < lastEvent; cut += 7) {
        ModelStreams.failed(provider).assertUnsettled(ErrorCode.PROVIDER_UNAVAILABLE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeStep.Fault.class,
      names = {"GARBAGE", "BAD_UTF8"})
  void stream_garbage_isNoAnswer(FakeStep.Fault fault) {
    failed(new FakeStep.Streamed(TEXT, 2, fault)).assertUnsettled(ErrorCode.PROVIDER_ANSWER);
  }

  @ParameterizedTest
  @CsvSource({
    "429, rate_limit_exceeded, PROVIDER_LIMITED",
    "503, overloaded_error, PROVIDER_UNAVAILABLE",
    "429, insufficient_quota, PROVIDER_CREDIT",
    "400, invalid_request_error, PROVIDER_REFUSED"
  })
  void stream_errorEvent_isItsCode(int status, String type, ErrorCode code) {
    FakeStep.Failure failure = new FakeStep.Failure(status, type, "quotes hi there", Map.of());
    for (int events : List.of(0, 2)) {
      Failed failed = failed(new FakeStep.StreamedError(TEXT, events, failure));

      failed.assertUnsettled(code);
      assertThat(failed.failure().detail()).doesNotContain("hi there");
    }
  }

  @Test
  void stream_errorStatus_isSettled() {
    Failed failed = failed(FakeStep.fails(429));

    assertThat(failed.failure().code()).isEqualTo(ErrorCode.PROVIDER_LIMITED);
    assertThat(failed.events()).isEmpty();
  }

  @Test
  void stream_stalled_timesOutAndCloses() throws InterruptedException {
    FakeStep stalled = new FakeStep.Streamed(TEXT, 2, FakeStep.Fault.STALL);
    try (FakeModelServer server = server(stalled);
        ModelProvider provider = provider(server, IDLE_SHORT)) {
      ModelStreams.failed(provider).assertUnsettled(ErrorCode.PROVIDER_UNAVAILABLE);

      assertThat(server.calls().getFirst().awaitClosedByClient(SOON)).isTrue();
    }
  }

  @Test
  void stream_interrupted_closesTheConnection() throws InterruptedException {
    FakeStep stalled = new FakeStep.Streamed(TEXT, 2, FakeStep.Fault.STALL);
    List<Failed> ended = new ArrayList<>();
    try (FakeModelServer server = server(stalled);
        ModelProvider provider = provider(server, TIMEOUT)) {
      Thread caller = Thread.ofVirtual().start(() -> ended.add(ModelStreams.failed(provider)));
      ReceivedCall call = server.awaitCall(1, SOON).orElseThrow();
      caller.interrupt();

      assertThat(caller.join(SOON)).isTrue();
      assertThat(call.awaitClosedByClient(SOON)).isTrue();
    }
    assertThat(ended.getFirst().failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void stream_endless_isBounded() throws InterruptedException {
    FakeStep.Reply large =
        new FakeStep.Reply("x".repeat(150_000), List.of(), StopReason.END, Tokens.of(10, 5));
    List<String> events = dialect().events(large, 1);
    int text = 1;
    while (!events.get(text - 1).contains("xxxxxxxx")) {
      text++;
    }
    try (FakeModelServer server =
            server(new FakeStep.Streamed(large, text, FakeStep.Fault.ENDLESS));
        ModelProvider provider = provider(server, TIMEOUT)) {
      ModelStreams.failed(provider).assertUnsettled(ErrorCode.PROVIDER_ANSWER);

      assertThat(server.calls().getFirst().awaitClosedByClient(SOON)).isTrue();
      assertThat(server.bytesSent()).isLessThan(FLOOD_BYTES_MAX);
    }
  }

  private Failed failed(FakeStep step) {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server, TIMEOUT)) {
      return ModelStreams.failed(provider);
    }
  }

  private FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(dialect(), FakeStory.always(step));
  }

  private ModelProvider provider(FakeModelServer server, Duration idle) {
    return provider(new ProviderTarget(server.uri(), ModelProviderContract.API_KEY, TIMEOUT, idle));
  }
}
