package io.agentos.server.bench.gateway;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a load process is to measure, one line of text.
 *
 * @param kind in what manner
 * @param to the base URL that is called
 * @param via the upstream's base URL when {@code to} is a gateway; empty otherwise
 * @param bodyBytes how much text the conversation holds
 * @param callers how many call at once
 * @param amount calls of each caller, calls per second, or seconds, as the kind says
 * @param seconds how long; 0 where the amount says it
 */
record Order(Kind kind, URI to, String via, int bodyBytes, int callers, int amount, int seconds) {

  /** Manners of calling. */
  enum Kind {
    /** Each caller calls again when it is answered, for some seconds. */
    CLOSED,
    /** Each caller makes {@code amount} calls, one after the other. */
    EACH,
    /** {@code amount} calls are due per second; at most {@code callers} are under way. */
    OPEN,
    /** Each caller reads one stream after the other, for some seconds. */
    STREAMS
  }

  boolean streams() {
    return kind == Kind.STREAMS;
  }

  /** The order as a line, without its end. */
  String line() {
    return "kind=%s to=%s via=%s body=%d callers=%d amount=%d seconds=%d"
        .formatted(kind, to, via, bodyBytes, callers, amount, seconds);
  }

  /**
   * The order in a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Order parse(String line) {
    Map<String, String> fields = fields(line);
    return new Order(
        Kind.valueOf(fields.getOrDefault("kind", "")),
        URI.create(fields.getOrDefault("to", "")),
        fields.getOrDefault("via", ""),
        Integer.parseInt(fields.getOrDefault("body", "")),
        Integer.parseInt(fields.getOrDefault("callers", "")),
        Integer.parseInt(fields.getOrDefault("amount", "")),
        Integer.parseInt(fields.getOrDefault("seconds", "")));
  }

  /** The fields of a line such as {@code a=1 b=2}. */
  static Map<String, String> fields(String line) {
    return Arrays.stream(line.split(" ", -1))
        .map(field -> field.split("=", 2))
        .filter(field -> field.length == 2)
        .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, _) -> first));
  }
}
