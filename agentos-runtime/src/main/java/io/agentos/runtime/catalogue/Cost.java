package io.agentos.runtime.catalogue;

/**
 * What something costs.
 *
 * @param picos pico-dollars (10<sup>-12</sup> US dollars), exact
 * @param micros the same in micro-dollars, rounded up: for limits and people. Sums are made of
 *     {@code picos} and rounded once, or they drift by up to a micro a call
 * @param price which price it was, such as {@code openai/gpt-5.4@2026-03-05;above=272000;batch}
 */
public record Cost(long picos, long micros, String price) {
  private static final long PICOS_PER_MICRO = 1_000_000;

  public Cost {
    if (picos < 0 || micros != Math.ceilDiv(picos, PICOS_PER_MICRO)) {
      throw new IllegalArgumentException("%d picos are not %d micros".formatted(picos, micros));
    }
  }

  static Cost ofPicos(long picos, String price) {
    return new Cost(picos, microsOf(picos), price);
  }

  /** Micro-dollars, rounded up. */
  public static long microsOf(long picos) {
    return Math.ceilDiv(picos, PICOS_PER_MICRO);
  }
}
