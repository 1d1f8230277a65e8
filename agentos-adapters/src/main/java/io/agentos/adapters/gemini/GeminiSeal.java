package io.agentos.adapters.gemini;

import java.util.Optional;

/**
 * What Gemini wants back with a part: its signature, and the id it gave a call.
 *
 * <p>The model stands in it because a signature can be refused by another.
 *
 * @param model as it was asked for
 * @param callId empty for a part that is no call, or one without an id of Gemini's
 * @param signature empty for none
 */
record GeminiSeal(String model, String callId, String signature) {
  private static final char SEPARATOR = '|';

  /** The seal of a part; empty when the text is not one that this adapter wrote. */
  static Optional<GeminiSeal> read(String text) {
    int first = text.indexOf(SEPARATOR);
    int second = text.indexOf(SEPARATOR, first + 1);
    if (first < 0 || second < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new GeminiSeal(
            text.substring(0, first),
            text.substring(first + 1, second),
            text.substring(second + 1)));
  }

  /** As it stands in the part; empty when there is nothing to send back. */
  String text() {
    if (callId.isEmpty() && signature.isEmpty()) {
      return "";
    }
    return plain(model) + SEPARATOR + plain(callId) + SEPARATOR + signature;
  }

  /** Whether it may be sent to {@code asked}. */
  boolean isOf(String asked) {
    return model.equals(plain(asked));
  }

  private static String plain(String text) {
    return text.replace(SEPARATOR, '_');
  }
}
