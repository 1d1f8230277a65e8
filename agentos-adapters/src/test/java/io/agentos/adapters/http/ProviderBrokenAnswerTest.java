package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.Tokens;
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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Plain answers that break, and who pays for them. */
final class ProviderBrokenAnswerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Tokens SEEN = Tokens.of(3, 1);
  private final List<ModelEvent> heard = new ArrayList<>();

  @Test
  void post_brokenAnswer_isUnsettledWithWhatWasSeen() {
    assertThat(posted(FakeStep.json("{\"half\":")).code()).isEqualTo(ErrorCode.PROVIDER_ANSWER);
    assertThat(heard).containsExactly(new ModelEvent.Unsettled(SEEN));
  }

  @Test
  void post_cutAnswer_isUnsettled() {
    assertThat(posted(new FakeStep.Cut(FakeStep.says("a"), 0.5)).code())
        .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).containsExactly(new ModelEvent.Unsettled(SEEN));
  }

  @Test
  void post_errorStatus_isSettled() {
    assertThat(posted(FakeStep.fails(500)).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    assertThat(heard).isEmpty();
  }

  private AgentOsException posted(FakeStep step) {
    AnswerReader<JsonNode> reader =
        new AnswerReader<>() {
          @Override
          public JsonNode read(ProviderAnswer answer) {
            return answer.read(JsonNode.class);
          }

          @Override
          public Tokens seen() {
            return SEEN;
          }
        };
    try (FakeModelServer server = FakeModelServer.start(FakeStory.always(step));
        ProviderHttp http = http(server.uri())) {
      return catchThrowableOfType(
          AgentOsException.class, () -> http.post(call(), heard::add, reader));
    }
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
