package io.agentos.adapters.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.RateLimit;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.AnthropicDialect;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.ModelCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Anthropic says beside its answers: ids, limits, and when to come back. */
final class AnthropicHeadersTest {
  private final List<ModelEvent> told = new ArrayList<>();

  @Test
  void complete_requestId_isTold() {
    assertThat(completed(Map.of("request-id", "req_01")).requestId()).isEqualTo("req_01");
  }

  @Test
  void complete_limits_areToldAndRetryAfterOfAGoodAnswerIsNot() {
    String reset = Instant.now().plusSeconds(60).toString();
    completed(
        Map.of(
            "anthropic-ratelimit-requests-limit", "50",
            "anthropic-ratelimit-requests-remaining", "49",
            "anthropic-ratelimit-requests-reset", reset,
            "anthropic-ratelimit-input-tokens-limit", "40000",
            "anthropic-ratelimit-input-tokens-remaining", "0",
            "anthropic-ratelimit-input-tokens-reset", "2020-01-01T00:00:00Z",
            "retry-after", "30"));

    assertThat(told).hasSize(1);
    List<RateLimit> limits = ((ModelEvent.Limits) told.getFirst()).limits();
    assertThat(limits)
        .extracting(RateLimit::kind)
        .containsExactly(RateLimit.Kind.REQUESTS, RateLimit.Kind.INPUT_TOKENS);
    assertThat(limits.getFirst().limit()).isEqualTo(50);
    assertThat(limits.getFirst().remaining()).isEqualTo(49);
    assertThat(limits.getFirst().reset()).isBetween(Duration.ZERO, Duration.ofSeconds(60));
    assertThat(limits.get(1).reset()).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "429 | {\"type\":\"rate_limit_error\"} | 7 | PROVIDER_LIMITED | 7",
        "429 | {\"type\":\"rate_limit_error\",\"details\":"
            + "{\"error_code\":\"enforced_spend_limit_reached\"}} | `` | PROVIDER_CREDIT | 0",
        "529 | {\"type\":\"overloaded_error\"} | 2 | PROVIDER_UNAVAILABLE | 2",
        "402 | {\"type\":\"billing_error\"} | `` | PROVIDER_CREDIT | 0",
        "401 | {\"type\":\"authentication_error\"} | `` | PROVIDER_KEY | 0",
        "404 | {\"type\":\"not_found_error\"} | `` | PROVIDER_REFUSED | 0",
        "413 | {\"type\":\"request_too_large\"} | `` | PROVIDER_REFUSED | 0"
      })
  void complete_errors_areTheirCodeAndWait(
      int status, String error, String retryAfter, ErrorCode code, long waitSeconds) {
    Map<String, String> headers =
        retryAfter.isEmpty()
            ? Map.of("request-id", "req_02")
            : Map.of("request-id", "req_02", "retry-after", retryAfter);
    String body = "{\"type\":\"error\",\"error\":%s,\"request_id\":\"req_02\"}".formatted(error);
    try (FakeModelServer server = AnthropicCalls.server(raw(status, body, headers));
        ModelProvider provider = AnthropicCalls.provider(server)) {
      AgentOsException failure =
          catchThrowableOfType(
              AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi")));

      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.detail()).contains("request req_02");
      assertThat(failure.retryAfter().orElse(Duration.ZERO)).hasSeconds(waitSeconds);
    }
  }

  private Completion completed(Map<String, String> headers) {
    String body = new AnthropicDialect().reply(FakeStep.says("ok"), 1);
    try (FakeModelServer server = AnthropicCalls.server(raw(200, body, headers));
        ModelProvider provider = AnthropicCalls.provider(server)) {
      return provider.complete(ModelCalls.asking("hi"), told::add);
    }
  }

  private static FakeStep raw(int status, String body, Map<String, String> headers) {
    return new FakeStep.Raw(
        status,
        "application/json",
        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
        headers);
  }
}
