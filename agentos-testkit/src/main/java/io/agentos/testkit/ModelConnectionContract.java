package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelEvent;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ModelProvider} must do when the connection fails, stalls, floods, or is given
 * up by the caller. What it must do with answers is in {@link ModelProviderContract}.
 */
public abstract class ModelConnectionContract {
  private static final String API_KEY = ModelProviderContract.API_KEY;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration TIMEOUT_SHORT = Duration.ofMillis(500);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Enough for what a server has sent to reach the provider. */
  private static final Duration A_MOMENT = Duration.ofMillis(250);

  private static final int CALLS_AT_ONCE = 50;

  /** More than any provider may take in before it gives up, kernel buffers included. */
  private static final long FLOOD_BYTES_MAX = 64L * 1024 * 1024;

  /** The shape the provider speaks. */
  protected abstract ModelServerDialect dialect();

  /** A provider that calls the target's server. */
  protected abstract ModelProvider provider(ProviderTarget target);

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.3, 0.5, 0.9, 0.999})
  void complete_cutBody_isUnavailable(double part) {
    FakeStep.Reply reply =
        FakeStep.calls(new ToolCall("call_1", "files.read", Map.of("path", "a.txt")));

    assertThat(failure(new FakeStep.Cut(reply, part), TIMEOUT).code())
        .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
  }

  @Test
  void complete_resetConnection_isUnavailable() {
    assertThat(failure(new FakeStep.Reset(), TIMEOUT).code())
        .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
  }

  @ParameterizedTest
  @MethodSource("faultsAfterTheCall")
  void complete_failureAfterTheCallWentOut_isUnsettled(FakeStep step) {
    List<ModelEvent> heard = new ArrayList<>();
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server, TIMEOUT_SHORT)) {
      assertThatThrownBy(() -> provider.complete(ModelCalls.asking("hi"), heard::add))
          .isInstanceOf(AgentOsException.class);
    }
    assertThat(heard).last().isInstanceOf(ModelEvent.Unsettled.class);
  }

  static Stream<FakeStep> faultsAfterTheCall() {
    return Stream.of(
        new FakeStep.Cut(FakeStep.says("half"), 0.5),
        new FakeStep.Reset(),
        new FakeStep.Hang(),
        new FakeStep.Stall(FakeStep.says("half")),
        FakeStep.json("{\"half\":"));
  }

  @Test
  void complete_errorStatus_isSettled() {
    List<ModelEvent> heard = new ArrayList<>();
    try (FakeModelServer server = server(FakeStep.fails(503));
        ModelProvider provider = provider(server, TIMEOUT)) {
      assertThatThrownBy(() -> provider.complete(ModelCalls.asking("hi"), heard::add))
          .isInstanceOf(AgentOsException.class);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void complete_nobodyListens_isUnavailable() {
    try (ClosedPort nobody = ClosedPort.take();
        ModelProvider provider = provider(new ProviderTarget(nobody.uri(), API_KEY, TIMEOUT))) {
      assertThat(failure(provider).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
    }
  }

  @Test
  void complete_noFirstByte_timesOutAndCloses() throws InterruptedException {
    timedOutCall(new FakeStep.Hang());
  }

  @Test
  void complete_stalledBody_timesOutAndCloses() throws InterruptedException {
    timedOutCall(new FakeStep.Stall(FakeStep.says("half")));
  }

  @Test
  void complete_endlessBody_isBounded() throws InterruptedException {
    try (FakeModelServer server = server(new FakeStep.Endless("application/json"));
        ModelProvider provider = provider(server, TIMEOUT)) {
      assertThat(failure(provider).code()).isEqualTo(ErrorCode.PROVIDER_ANSWER);

      assertThat(server.calls().getFirst().awaitClosedByClient(SOON)).isTrue();
      assertThat(server.bytesSent()).isLessThan(FLOOD_BYTES_MAX);
    }
  }

  @Test
  void complete_interruptedBeforeTheHead_closesTheConnection() throws InterruptedException {
    interruptedCall(new FakeStep.Hang());
  }

  @Test
  void complete_interruptedInTheBody_closesTheConnection() throws InterruptedException {
    interruptedCall(new FakeStep.Stall(FakeStep.says("half")));
  }

  @Test
  void complete_afterFaults_worksAgain() {
    FakeStory story =
        FakeStory.inOrder(
            new FakeStep.Reset(),
            FakeStep.fails(503),
            new FakeStep.Cut(FakeStep.says("cut"), 0.5),
            FakeStep.says("whole"));
    try (FakeModelServer server = FakeModelServer.start(dialect(), story);
        ModelProvider provider = provider(server, TIMEOUT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(failure(provider).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
      }

      assertThat(provider.complete(ModelCalls.asking("hi")).message().text()).isEqualTo("whole");
    }
  }

  @Test
  void complete_failure_isNotTriedAgainByTheProvider() {
    try (FakeModelServer server = server(FakeStep.fails(503));
        ModelProvider provider = provider(server, TIMEOUT)) {
      failure(provider);

      assertThat(server.calls()).hasSize(1);
    }
  }

  @Test
  void complete_manyAtOnce_eachGetsItsOwnAnswer() throws InterruptedException {
    Map<Integer, String> answers = new ConcurrentHashMap<>();
    try (FakeModelServer server =
            FakeModelServer.start(dialect(), call -> FakeStep.says(call.idempotencyKey()));
        ModelProvider provider = provider(server, TIMEOUT)) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 1; i <= CALLS_AT_ONCE; i++) {
        int position = i;
        callers.add(
            Thread.ofVirtual().start(() -> answers.put(position, askAt(provider, position))));
      }
      for (Thread caller : callers) {
        assertThat(caller.join(SOON)).isTrue();
      }
    }
    assertThat(answers).hasSize(CALLS_AT_ONCE);
    answers.forEach((position, answer) -> assertThat(answer).endsWith("-" + position));
  }

  private static String askAt(ModelProvider provider, int position) {
    return provider
        .complete(ModelCalls.conversation(position, ModelCalls.asking("hi").messages()))
        .message()
        .text();
  }

  private void timedOutCall(FakeStep step) throws InterruptedException {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server, TIMEOUT_SHORT)) {
      assertThat(failure(provider).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);

      assertThat(server.calls().getFirst().awaitClosedByClient(SOON)).isTrue();
    }
  }

  private void interruptedCall(FakeStep step) throws InterruptedException {
    AtomicReference<@Nullable AgentOsException> thrown = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server, TIMEOUT)) {
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                thrown.set(failure(provider));
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              });
      ReceivedCall call = server.awaitCall(1, SOON).orElseThrow();
      assertThat(call.awaitClosedByClient(A_MOMENT)).as("the call is still waiting").isFalse();
      caller.interrupt();

      assertThat(caller.join(SOON)).isTrue();
      assertThat(call.awaitClosedByClient(SOON)).isTrue();
    }
    assertThat(thrown.get()).isNotNull();
    assertThat(stillInterrupted).isTrue();
  }

  private AgentOsException failure(FakeStep step, Duration timeout) {
    try (FakeModelServer server = server(step);
        ModelProvider provider = provider(server, timeout)) {
      return failure(provider);
    }
  }

  private static AgentOsException failure(ModelProvider provider) {
    AgentOsException failure =
        catchThrowableOfType(
            AgentOsException.class, () -> provider.complete(ModelCalls.asking("hi")));
    assertThat(failure).as("the provider must throw").isNotNull();
    return failure;
  }

  private FakeModelServer server(FakeStep step) {
    return FakeModelServer.start(dialect(), FakeStory.always(step));
  }

  private ModelProvider provider(FakeModelServer server, Duration timeout) {
    return provider(new ProviderTarget(server.uri(), API_KEY, timeout));
  }
}
