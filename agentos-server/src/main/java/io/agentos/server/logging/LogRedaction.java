package io.agentos.server.logging;

import io.agentos.runtime.redaction.Redactor;

/** What may be written of a text. */
final class LogRedaction {
  private static final String FAILED = "[a text that could not be redacted]";

  private LogRedaction() {}

  static String of(String text) {
    try {
      return Redactor.STRICT.redact(text);
    } catch (RuntimeException | StackOverflowError e) {
      // A log line must not end what is told of; what it says is lost rather than let out.
      return FAILED;
    }
  }
}
