package io.agentos.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The configuration that is shipped, with which every line is written. */
final class RedactedLogTest {
  @Test
  void line_withMessageArgumentsAndCauses_isRedacted() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(RedactedLogTest.class.getClassLoader().getResource("logback.xml"));
    Logger logger = context.getLogger("nest");
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
    Encoder<ILoggingEvent> encoder = appender.getEncoder();
    Exception cause =
        new IllegalStateException(
            "no card 5555 5555 5555 4444",
            new IllegalArgumentException("postgresql://owl:hoo-hoo@db/nest"));

    String line =
        new String(
            encoder.encode(
                new LoggingEvent(
                    "nest",
                    logger,
                    Level.ERROR,
                    "mail to {}",
                    cause,
                    new Object[] {"ada@nest.example"})),
            StandardCharsets.UTF_8);

    assertThat(line)
        .contains("mail to [redacted: an e-mail address]")
        .contains("IllegalStateException: no card [redacted: a card number]")
        .contains("postgresql://owl:[redacted: a password]@db/nest")
        .contains("RedactedLogTest");
  }
}
