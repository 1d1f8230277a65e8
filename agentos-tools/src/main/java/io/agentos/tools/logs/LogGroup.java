package io.agentos.tools.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries of one pattern while they are counted. Owned by one thread. */
final class LogGroup {
  private static final int MINUTES_MAX = 20_000;
  private static final long MINUTE_SECONDS = 60;

  private final Level level;
  private final String template;
  private final Stack stack;
  private final Map<Long, Integer> minutes = new HashMap<>();
  private int count;
  private int firstLine;
  private int lastLine;
  private @Nullable Moment first;
  private @Nullable Moment last;

  LogGroup(Level level, String template, Stack stack) {
    this.level = level;
    this.template = template;
    this.stack = stack;
  }

  void add(LogEntry entry) {
    count++;
    firstLine = firstLine == 0 ? entry.line() : firstLine;
    lastLine = entry.line();
    entry
        .moment()
        .ifPresent(moment -> {
          if (first == null || moment.at().isBefore(first.at())) {
            first = moment;
          }
          if (last == null || !moment.at().isBefore(last.at())) {
            last = moment;
          }
          if (minutes.size() < MINUTES_MAX) {
            minutes.merge(
                Math.floorDiv(moment.at().getEpochSecond(), MINUTE_SECONDS), 1, Integer::sum);
          }
        });
  }

  Level level() {
    return level;
  }

  String template() {
    return template;
  }

  Stack stack() {
    return stack;
  }

  int count() {
    return count;
  }

  int firstLine() {
    return firstLine;
  }

  int lastLine() {
    return lastLine;
  }

  /** When it was first seen; empty without times. */
  Optional<Moment> first() {
    return Optional.ofNullable(first);
  }

  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }

  boolean isBad() {
    return level.compareTo(Level.WARN) <= 0;
  }

  /** The minute in which there were most; empty without times. */
  Optional<Burst> burst() {
    return minutes.entrySet().stream()
        .max(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(entry ->
            new Burst(Instant.ofEpochSecond(entry.getKey() * MINUTE_SECONDS), entry.getValue()));
  }

  /** Entries per minute between the first and the last. */
  double perMinute() {
    Moment from = first;
    Moment to = last;
    if (from == null || to == null) {
      return count;
    }
    long between = Math.max(1, Duration.between(from.at(), to.at()).toMinutes() + 1);
    return (double) count / between;
  }

  /** The minute in which there were most of them. */
  record Burst(Instant minute, int count) {}
}
