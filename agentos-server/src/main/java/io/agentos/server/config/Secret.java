package io.agentos.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A secret and where it was read from. Its text form never shows the value.
 *
 * @param reference where it is kept, such as {@code env:OPENAI_API_KEY}
 * @param value the secret itself, never empty
 */
public record Secret(String reference, String value) {
  private static final int SIZE_MAX = 64 * 1024;

  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret is never empty: " + reference);
    }
  }

  @Override
  public String toString() {
    return reference;
  }

  /** What a file holds; empty when it cannot be read or is too large for a secret. */
  public static String in(Path file) {
    try {
      return Files.size(file) > SIZE_MAX
          ? ""
          : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
