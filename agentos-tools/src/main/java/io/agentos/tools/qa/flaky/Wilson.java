package io.agentos.tools.qa.flaky;

/** The interval in which a rate lies with 95 % certainty: Wilson 1927. */
final class Wilson {
  private static final double Z = 1.959964;

  private Wilson() {}

  static double low(int hits, int tries) {
    return Math.max(0, middle(hits, tries) - half(hits, tries));
  }

  static double high(int hits, int tries) {
    return Math.min(1, middle(hits, tries) + half(hits, tries));
  }

  private static double middle(int hits, int tries) {
    return (hits / (double) tries + Z * Z / (2 * tries)) / (1 + Z * Z / tries);
  }

  private static double half(int hits, int tries) {
    double rate = hits / (double) tries;
    double root = Math.sqrt(rate * (1 - rate) / tries + Z * Z / (4.0 * tries * tries));
    return Z * root / (1 + Z * Z / tries);
  }
}
