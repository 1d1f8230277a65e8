package io.agentos.server.http;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Failures as the log may tell them: types and places, and no messages, for messages of libraries
 * quote what they were given.
 */
final class Failures {
  private static final int CAUSES_MAX = 5;
  private static final int FRAMES_MAX = 15;

  private Failures() {}

  static String told(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(CAUSES_MAX)
        .map(Failures::one)
        .collect(Collectors.joining(" caused by "));
  }

  private static String one(Throwable failure) {
    String state = failure instanceof SQLException sql ? " " + sql.getSQLState() : "";
    String frames =
        Stream.of(failure.getStackTrace())
            .limit(FRAMES_MAX)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    return failure.getClass().getName() + state + " at " + frames;
  }
}
