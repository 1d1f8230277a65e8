package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.models.Circuit.Permit;
import io.agentos.runtime.models.Circuit.State;
import io.agentos.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CircuitTest {
  private final FakeClock clock = new FakeClock();
  private final Circuit circuit = new Circuit();

  @Test
  void opens_afterFailuresInARow() {
    for (int i = 1; i < Circuit.FAILURES_IN_A_ROW; i++) {
      call(false);
    }
    assertThat(circuit.state(clock.instant())).isEqualTo(State.CLOSED);

    call(false);

    assertThat(circuit.state(clock.instant())).isEqualTo(State.OPEN);
    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.NONE);
    assertThat(circuit.wait(clock.instant())).isEqualTo(Circuit.OPEN_FIRST);
  }

  @Test
  void opens_whenHalfOfTheLastCallsFailed() {
    for (int i = 0; i < Circuit.WINDOW; i++) {
      call(i % 2 == 0);
    }

    assertThat(circuit.state(clock.instant())).isEqualTo(State.OPEN);
  }

  @Test
  void staysClosed_whenFewerFail() {
    for (int i = 0; i < 200; i++) {
      call(i % 5 != 0);
    }

    assertThat(circuit.state(clock.instant())).isEqualTo(State.CLOSED);
  }

  @Test
  void halfOpen_letsOneProbeThrough() {
    open();
    clock.advance(Circuit.OPEN_FIRST);

    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.PROBE);
    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.NONE);
  }

  @Test
  void probe_well_closes() {
    open();
    clock.advance(Circuit.OPEN_FIRST);

    call(true);

    assertThat(circuit.state(clock.instant())).isEqualTo(State.CLOSED);
    call(false);
    assertThat(circuit.state(clock.instant())).isEqualTo(State.CLOSED);
  }

  @Test
  void probe_failed_staysOpenTwiceAsLong_upToABound() {
    open();
    Duration expected = Circuit.OPEN_FIRST;
    for (int i = 0; i < 10; i++) {
      clock.advance(expected);
      call(false);
      expected = expected.multipliedBy(2);
      expected = expected.compareTo(Circuit.OPEN_MAX) > 0 ? Circuit.OPEN_MAX : expected;
      assertThat(circuit.wait(clock.instant())).isEqualTo(expected);
    }
  }

  @Test
  void probe_givenUp_letsAnotherThrough() {
    open();
    clock.advance(Circuit.OPEN_FIRST);
    Permit probe = circuit.admit(clock.instant());

    circuit.gaveUp(probe);

    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.PROBE);
  }

  @Test
  void probe_thatTakesItsTime_isFollowedByAnother() {
    open();
    clock.advance(Circuit.OPEN_FIRST);
    circuit.admit(clock.instant());

    clock.advance(Circuit.PROBE_EVERY);

    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.PROBE);
  }

  @Test
  void straggler_saysNothing() {
    Permit early = circuit.admit(clock.instant());
    open();

    circuit.ended(early, true, clock.instant());

    assertThat(circuit.state(clock.instant())).isEqualTo(State.OPEN);
  }

  @Test
  void restUntil_letsNothingThrough_andThenEverything() {
    circuit.restUntil(clock.instant().plusSeconds(30));
    circuit.restUntil(clock.instant().plusSeconds(5));

    assertThat(circuit.wait(clock.instant())).isEqualTo(Duration.ofSeconds(30));
    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.NONE);

    clock.advance(Duration.ofSeconds(30));
    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.CALL);
    assertThat(circuit.admit(clock.instant())).isEqualTo(Permit.CALL);
  }

  private void open() {
    while (circuit.state(clock.instant()) == State.CLOSED) {
      call(false);
    }
  }

  private void call(boolean well) {
    circuit.ended(circuit.admit(clock.instant()), well, clock.instant());
  }
}
