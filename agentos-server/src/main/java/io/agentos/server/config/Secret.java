package io.agentos.server.config;

/**
 * A secret and where it was read from. Its text form never shows the value.
 *
 * @param reference where it is kept, such as {@code env:OPENAI_API_KEY}
 * @param value the secret itself, never empty
 */
public record Secret(String reference, String value) {
  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret is never empty: " + reference);
    }
  }

  @Override
  public String toString() {
    return reference;
  }
}
