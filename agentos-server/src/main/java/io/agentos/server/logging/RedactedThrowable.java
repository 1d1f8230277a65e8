package io.agentos.server.logging;

import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The exception of a log line with its causes, redacted: {@code %ex}. Thread-safe. */
public final class RedactedThrowable extends ExtendedThrowableProxyConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return LogRedaction.of(super.convert(event));
  }
}
