package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void millis_nothing_isZero() {
    assertThat(latencies.millis(0.5)).isZero();
    assertThat(latencies.count()).isZero();
  }

  @Test
  void millis_evenTimes_areWithinOnePart() {
    for (int micros = 1; micros <= 10_000; micros++) {
      latencies.record(micros * 1_000L);
    }
    assertThat(latencies.count()).isEqualTo(10_000);
    assertThat(latencies.millis(0.50)).isCloseTo(5.0, within(5.0 / 64));
    assertThat(latencies.millis(0.99)).isCloseTo(9.9, within(9.9 / 64));
    assertThat(latencies.millis(1.00)).isCloseTo(10.0, within(10.0 / 64));
  }

  @Test
  void millis_oneSlowOfHundred_showsAboveP99Only() {
    for (int i = 0; i < 99; i++) {
      latencies.record(1_000_000);
    }
    latencies.record(500_000_000);
    assertThat(latencies.millis(0.99)).isCloseTo(1.0, within(1.0 / 64));
    assertThat(latencies.millis(0.999)).isCloseTo(500.0, within(500.0 / 64));
  }

  @Test
  void record_everyPowerOfTwo_staysWithinOnePart() {
    for (int bits = 6; bits < 40; bits++) {
      for (long nanos : new long[] {(1L << bits) - 1, 1L << bits, (1L << bits) + 1}) {
        Latencies one = new Latencies();
        one.record(nanos);
        assertThat(one.millis(1) * 1e6).isCloseTo((double) nanos, within(nanos / 64.0));
      }
    }
  }

  @Test
  void record_negativeAndEndless_arePutAtTheEnds() {
    latencies.record(-5);
    latencies.record(Long.MAX_VALUE);
    assertThat(latencies.millis(0.5)).isZero();
    assertThat(latencies.millis(1)).isGreaterThan(1_000_000);
  }
}
