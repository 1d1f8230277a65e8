package io.agentos.runtime.redaction;

/**
 * Where a sensitive value stands in a text.
 *
 * @param begin index of its first char
 * @param end index after its last char
 */
public record Span(SensitiveKind kind, int begin, int end) {
  public Span {
    if (begin < 0 || end <= begin) {
      throw new IllegalArgumentException("a span begins before it ends: " + begin + ", " + end);
    }
  }
}
