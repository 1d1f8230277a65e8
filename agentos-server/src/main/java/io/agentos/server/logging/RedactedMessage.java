package io.agentos.server.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a log line, redacted: {@code %msg} in {@code logback.xml}. Thread-safe. */
public final class RedactedMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return LogRedaction.of(super.convert(event));
  }
}
