package io.agentos.tools.logs;

import java.util.List;
import java.util.Optional;

/**
 * One entry of a log with the lines that belong to it.
 *
 * @param line on which it begins, from 1
 * @param message without the time
 * @param more the lines below it, such as a stack trace
 */
record LogEntry(int line, Optional<Moment> moment, Level level, String message, List<String> more) {
  LogEntry {
    more = List.copyOf(more);
  }
}
