package io.agentos.server.bench.gateway;

import java.util.Locale;
import java.util.Map;

/**
 * What a load process found, one line of text.
 *
 * @param calls answered calls, or whole streams
 * @param errors calls that failed
 * @param seconds from the first call's begin to the last one's end
 * @param tokens streamed tokens
 * @param p50Millis of calls to their end, of streams to their first token
 */
record Measured(
    long calls, long errors, double seconds, long tokens, double p50Millis, double p99Millis) {

  double callsPerSecond() {
    return calls / seconds;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "calls=%d errors=%d seconds=%.6f tokens=%d p50=%.6f p99=%.6f",
        calls,
        errors,
        seconds,
        tokens,
        p50Millis,
        p99Millis);
  }

  /**
   * The result in a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Measured parse(String line) {
    Map<String, String> fields = Order.fields(line);
    return new Measured(
        Long.parseLong(fields.getOrDefault("calls", "")),
        Long.parseLong(fields.getOrDefault("errors", "")),
        Double.parseDouble(fields.getOrDefault("seconds", "")),
        Long.parseLong(fields.getOrDefault("tokens", "")),
        Double.parseDouble(fields.getOrDefault("p50", "")),
        Double.parseDouble(fields.getOrDefault("p99", "")));
  }
}
