package io.agentos.adapters.anthropic;

import java.util.Optional;

/**
 * What goes with a thought, so that it can be sent back unchanged: which model thought it, and its
 * signature, or the whole of it encrypted.
 *
 * <p>The model stands in it because Anthropic refuses thoughts of another model (since Claude Opus
 * 5.5, Sonnet 5.5 and Fable 5.1).
 *
 * @param model as it was asked for
 * @param redacted whether {@code value} is the encrypted thought itself, not a signature
 */
record AnthropicSeal(String model, boolean redacted, String value) {
  private static final char SEPARATOR = '|';

  /** The seal of a part; empty when the text is not one that this adapter wrote. */
  static Optional<AnthropicSeal> read(String text) {
    int first = text.indexOf(SEPARATOR);
    int second = text.indexOf(SEPARATOR, first + 1);
    if (first < 0 || second < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new AnthropicSeal(
            text.substring(0, first),
            text.substring(first + 1, second).equals("redacted"),
            text.substring(second + 1)));
  }

  /** As it stands in the part. */
  String text() {
    return model.replace(SEPARATOR, '_')
        + SEPARATOR
        + (redacted ? "redacted" : "signature")
        + SEPARATOR
        + value;
  }

  /** Whether the thought may be shown to {@code asked}. */
  boolean isOf(String asked) {
    return model.equals(asked.replace(SEPARATOR, '_'));
  }
}
