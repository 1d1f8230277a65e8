package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.server.bench.gateway.Order.Kind;
import io.agentos.testkit.ClosedPort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads against a real upstream, by both ways that need no other program. */
final class LoadTest {
  private static final Answering PLAIN = new Answering.Plain(Duration.ZERO, 256);
  private static final Answering STREAM = new Answering.Stream(5, 1_000);

  private Upstream upstream;

  @BeforeEach
  void open() throws IOException {
    upstream = Upstream.open();
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_each_makesSoManyCalls(boolean routed) throws Exception {
    Measured measured = run(routed, Kind.EACH, PLAIN, 5_000, 4, 25, 0);
    assertThat(measured.calls()).isEqualTo(100);
    assertThat(measured.errors()).isZero();
    assertThat(measured.p50Millis()).isPositive().isLessThanOrEqualTo(measured.p99Millis());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_open_beginsAllThatAreDue(boolean routed) throws Exception {
    Measured measured = run(routed, Kind.OPEN, PLAIN, 1_000, 8, 200, 1);
    assertThat(measured.calls()).isEqualTo(200);
    assertThat(measured.errors()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_largeBody_isTakenWhole(boolean routed) throws Exception {
    assertThat(run(routed, Kind.EACH, PLAIN, 300_000, 2, 5, 0).calls()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_streams_countsTheirTokens(boolean routed) throws Exception {
    Measured measured = run(routed, Kind.STREAMS, STREAM, 100, 3, 0, 1);
    assertThat(measured.errors()).isZero();
    assertThat(measured.tokens()).isPositive().isEqualTo(5 * measured.calls());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void run_nobodyListens_countsErrors(boolean routed) throws Exception {
    try (ClosedPort nobody = ClosedPort.take()) {
      Measured measured = run(routed, new Order(Kind.EACH, nobody.uri(), "", 100, 2, 2, 0));
      assertThat(measured.calls()).isZero();
      assertThat(measured.errors()).isEqualTo(4);
    }
  }

  @Test
  void of_pathOfAnswer_isTheAnswer() {
    assertThat(Answering.of(PLAIN.basePath() + Answering.CALL_PATH)).isEqualTo(PLAIN);
    assertThat(Answering.of(STREAM.basePath() + Answering.CALL_PATH)).isEqualTo(STREAM);
    assertThatThrownBy(() -> Answering.of("/v1/models"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such path of the upstream: /v1/models");
  }

  private Measured run(
      boolean routed,
      Kind kind,
      Answering answering,
      int bytes,
      int callers,
      int amount,
      int seconds)
      throws InterruptedException {
    URI to = URI.create("http://127.0.0.1:" + upstream.port() + answering.basePath());
    return run(routed, new Order(kind, to, "", bytes, callers, amount, seconds));
  }

  private static Measured run(boolean routed, Order order) throws InterruptedException {
    try (ModelCall call = routed ? new RoutedCall(order) : new RawCall(order)) {
      return new Load(call, order).run();
    }
  }
}
