package io.agentos.tools.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What happens in a log. Filled entry by entry; owned by one thread. */
final class Triage {
  static final int GROUPS_MAX = 5_000;
  private static final int MINUTES_MAX = 200_000;
  private static final int GAPS_MAX = 20;
  private static final Duration GAP_MIN = Duration.ofMinutes(5);
  private static final int GAP_FACTOR = 10;
  private static final Pattern START =
      Pattern.compile(
          "(?i)\\bStarted \\S{1,100} in \\d|\\b(?:server|application|service) (?:has )?started\\b"
              + "|\\blistening (?:on|at)\\b|\\bready to accept connections\\b|\\bbooting\\b|\\bstarting up\\b");

  private final Map<String, LogGroup> groups = new LinkedHashMap<>();
  private final Map<Level, Integer> levels = new EnumMap<>(Level.class);
  private final Map<Long, Integer> errorsByMinute = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int entries;
  private int timed;
  private boolean cut;
  private @Nullable Moment first;
  private @Nullable Moment last;
  private @Nullable Moment previous;

  /** A silence between two entries. */
  record Gap(int line, Moment from, Moment to) {
    Duration length() {
      return Duration.between(from.at(), to.at());
    }
  }

  /** A minute with far more errors than others. */
  record Storm(Instant minute, int errors, double usual) {}

  void add(LogEntry entry) {
    entries++;
    levels.merge(entry.level(), 1, Integer::sum);
    entry.moment().ifPresent(moment -> time(entry, moment));
    if (START.matcher(entry.message()).find() && starts.size() < GROUPS_MAX) {
      starts.add(entry.line());
    }
    String template = Template.of(entry.message());
    boolean bad = entry.level().compareTo(Level.WARN) <= 0;
    Stack stack = bad || !entry.more().isEmpty() ? Stack.of(entry) : Stack.NONE;
    String key = entry.level() + "\0" + template + "\0" + stack.cause() + "\0" + stack.frame();
    LogGroup group = groups.get(key);
    if (group == null && groups.size() < GROUPS_MAX) {
      group = new LogGroup(entry.level(), template, stack);
      groups.put(key, group);
    }
    if (group == null) {
      cut = true;
      return;
    }
    group.add(entry);
  }

  private void time(LogEntry entry, Moment moment) {
    timed++;
    Moment before = previous;
    if (before != null
        && Duration.between(before.at(), moment.at()).compareTo(GAP_MIN) >= 0
        && gaps.size() < MINUTES_MAX) {
      gaps.add(new Gap(entry.line(), before, moment));
    }
    previous = moment;
    first = first == null || moment.at().isBefore(first.at()) ? moment : first;
    last = last == null || !moment.at().isBefore(last.at()) ? moment : last;
    if (entry.level().compareTo(Level.ERROR) <= 0 && errorsByMinute.size() < MINUTES_MAX) {
      errorsByMinute.merge(Math.floorDiv(moment.at().getEpochSecond(), 60), 1, Integer::sum);
    }
  }

  int entries() {
    return entries;
  }

  int timed() {
    return timed;
  }

  boolean isCut() {
    return cut;
  }

  int count(Level level) {
    return levels.getOrDefault(level, 0);
  }

  List<Integer> starts() {
    return List.copyOf(starts);
  }

  Optional<Moment> first() {
    return Optional.ofNullable(first);
  }

  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }

  /** The worst and most frequent first. */
  List<LogGroup> groups() {
    return groups.values().stream()
        .sorted(
            Comparator.comparing(LogGroup::level)
                .thenComparing(Comparator.comparingInt(LogGroup::count).reversed())
                .thenComparingInt(LogGroup::firstLine))
        .toList();
  }

  /** Silences much longer than the usual pause, the longest first. */
  List<Gap> gaps() {
    Moment from = first;
    Moment to = last;
    if (from == null || to == null || timed < 10) {
      return List.of();
    }
    long usualSeconds = Duration.between(from.at(), to.at()).toSeconds() / timed;
    return gaps.stream()
        .filter(gap -> gap.length().toSeconds() >= GAP_FACTOR * usualSeconds)
        .sorted(Comparator.comparing(Gap::length).reversed().thenComparingInt(Gap::line))
        .limit(GAPS_MAX)
        .toList();
  }

  /** Minutes with at least ten errors and five times as many as are usual, in order. */
  List<Storm> storms() {
    Moment from = first;
    Moment to = last;
    if (from == null || to == null) {
      return List.of();
    }
    long minutes = Math.max(1, Duration.between(from.at(), to.at()).toMinutes() + 1);
    int total = errorsByMinute.values().stream().mapToInt(Integer::intValue).sum();
    List<Storm> storms = new ArrayList<>();
    errorsByMinute.forEach((minute, errors) -> {
      double usual = (total - errors) / (double) Math.max(1, minutes - 1);
      if (errors >= 10 && errors >= 5 * usual) {
        storms.add(new Storm(Instant.ofEpochSecond(minute * 60), errors, usual));
      }
    });
    return storms;
  }
}
