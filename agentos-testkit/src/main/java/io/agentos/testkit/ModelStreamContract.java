package io.agentos.testkit;

import static io.agentos.testkit.ModelStreams.CALLS;
import static io.agentos.testkit.ModelStreams.TEXT;
import static io.agentos.testkit.ModelStreams.THOUGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ModelEvent;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.testkit.ModelStreams.Heard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link ModelProvider} must do with streams that are whole: the same as with plain
 * answers, told as they come. All others are for {@link ModelStreamFaultContract}.
 */
public abstract class ModelStreamContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** The shape the provider speaks. */
  protected abstract ModelServerDialect dialect();

  /** A provider that calls the target's server. */
  protected abstract ModelProvider provider(ProviderTarget target);

  @Test
  void stream_text_isToldInPiecesAndEqualsThePlainAnswer() {
    Heard heard = heard(TEXT);

    assertThat(heard.events().getFirst()).isEqualTo(new ModelEvent.Started("req_fake"));
    assertThat(heard.texts()).hasSizeGreaterThan(1).doesNotContain("");
    assertThat(String.join("", heard.texts())).isEqualTo(TEXT.text());
    assertThat(heard.completion()).isEqualTo(plain(TEXT));
    assertThat(heard.completion().tokens()).isEqualTo(TEXT.tokens());
  }

  @Test
  void stream_parallelCalls_areToldWholeAndEqualThePlainAnswer() {
    Heard heard = heard(CALLS);

    assertThat(heard.calls()).isEqualTo(heard.completion().message().toolCalls()).hasSize(3);
    assertThat(heard.calls().getFirst().arguments())
        .isEqualTo(CALLS.toolCalls().getFirst().arguments());
    assertThat(heard.completion()).isEqualTo(plain(CALLS));
  }

  @Test
  void stream_thoughts_areToldAsInThePlainAnswer() {
    Heard heard = heard(THOUGHT);
    String thoughts =
        heard.completion().message().parts().stream()
            .filter(Part.Thought.class::isInstance)
            .map(part -> ((Part.Thought) part).text())
            .collect(Collectors.joining());

    assertThat(heard.completion()).isEqualTo(plain(THOUGHT));
    assertThat(String.join("", heard.thoughts())).isEqualTo(thoughts);
  }

  @ParameterizedTest
  @EnumSource(
      value = StopReason.class,
      names = {"END", "LENGTH", "REFUSAL", "FILTER"})
  void stream_stop_isToldAsInThePlainAnswer(StopReason reason) {
    FakeStep.Reply reply = new FakeStep.Reply("half a s", List.of(), reason, Tokens.of(10, 5));

    Completion completion = heard(reply).completion();

    assertThat(completion).isEqualTo(plain(reply));
    assertThat(completion.stopReason()).isEqualTo(dialect().told(reason));
  }

  @Test
  void stream_noUsage_isUnknown() {
    assertThat(
            heard(new FakeStep.Reply("x", List.of(), StopReason.END, null)).completion().tokens())
        .isNull();
  }

  @Test
  void stream_impossibleUsage_isUnknownAndTheAnswerStands() {
    String body =
        String.join("", dialect().events(FakeStep.says("x"), 1)).replaceAll(":10([,}])", ":-10$1");

    Completion completion = heard(raw(body)).completion();

    assertThat(body).contains(":-10");
    assertThat(completion.tokens()).isNull();
    assertThat(completion.message().text()).isEqualTo("x");
  }

  @Test
  void stream_allAtOnce_isTheSame() {
    byte[] body = String.join("", dialect().events(TEXT, 1)).getBytes(StandardCharsets.UTF_8);

    assertThat(heard(FakeStep.raw("text/event-stream", body)).completion().message())
        .isEqualTo(plain(TEXT).message());
  }

  @Test
  void stream_crLf_isTheSame() {
    String body = String.join("", dialect().events(CALLS, 1)).replace("\n", "\r\n");

    assertThat(heard(raw(body)).completion().message()).isEqualTo(plain(CALLS).message());
  }

  @Test
  void stream_pings_areIgnored() {
    FakeStep slow = new FakeStep.Slow(TEXT, Duration.ofMillis(5), true);

    assertThat(heard(slow).completion()).isEqualTo(plain(TEXT));
  }

  @Test
  void stream_lastEventTwice_isHarmless() {
    for (FakeStep.Reply reply : List.of(TEXT, CALLS)) {
      int all = dialect().events(reply, 1).size();

      Heard heard = heard(new FakeStep.Streamed(reply, all, FakeStep.Fault.DOUBLE));

      assertThat(heard.completion()).isEqualTo(plain(reply));
      assertThat(heard.calls()).hasSameSizeAs(reply.toolCalls());
    }
  }

  @Test
  void stream_oneAfterTheOther_shareAConnection() {
    try (FakeModelServer server = server(TEXT);
        ModelProvider provider = provider(server)) {
      for (int i = 0; i < 3; i++) {
        provider.stream(ModelCalls.asking("hi there"), ModelListener.NONE);
      }

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private Completion plain(FakeStep.Reply reply) {
    try (FakeModelServer server = server(reply);
        ModelProvider provider = provider(server)) {
      return provider.complete(ModelCalls.asking("hi there"));
    }
  }

  private Heard heard(FakeStep step) {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server)) {
      return ModelStreams.heard(provider);
    }
  }

  private static FakeStep raw(String body) {
    return FakeStep.raw("text/event-stream", body.getBytes(StandardCharsets.UTF_8));
  }

  private FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(dialect(), FakeStory.always(step));
  }

  private ModelProvider provider(FakeModelServer server) {
    return provider(new ProviderTarget(server.uri(), ModelProviderContract.API_KEY, TIMEOUT));
  }
}
