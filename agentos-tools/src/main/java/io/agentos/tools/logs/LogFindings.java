package io.agentos.tools.logs;

import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody should look at in a log, and where to begin. */
final class LogFindings {
  private static final int GROUPS_MAX = 60;
  private static final int STORMS_MAX = 20;
  private static final int STARTS_MIN = 3;

  private LogFindings() {}

  static List<Finding> of(Triage triage) {
    List<Finding> found = new ArrayList<>();
    triage.groups().stream()
        .filter(LogGroup::isBad)
        .limit(GROUPS_MAX)
        .forEach(group -> found.add(group(group, triage)));
    triage.storms().stream().limit(STORMS_MAX).forEach(storm -> found.add(storm(storm)));
    triage.gaps().forEach(gap -> found.add(gap(gap)));
    if (triage.starts().size() >= STARTS_MIN) {
      found.add(starts(triage.starts()));
    }
    return found;
  }

  private static Finding group(LogGroup group, Triage triage) {
    Optional<KnownCause> cause = KnownCause.of(group);
    String rule = cause.map(KnownCause::id).orElse(group.level().name().toLowerCase(Locale.ROOT));
    return new Finding(
        rule,
        severity(group, cause, triage),
        Place.ofLine(group.firstLine()),
        "%s %s%s%s."
            .formatted(
                Words.code(group.template()),
                Words.count(group.count(), "time"),
                when(group),
                stack(group)),
        cause.map(KnownCause::why).orElse(unknown(group)),
        cause.map(KnownCause::fix).orElse(lookAt(group)));
  }

  private static Severity severity(LogGroup group, Optional<KnownCause> cause, Triage triage) {
    boolean grave = group.level() == Level.FATAL || cause.filter(KnownCause::grave).isPresent();
    if (grave && group.level() != Level.WARN) {
      return Severity.HIGH;
    }
    if (group.level() == Level.WARN) {
      return grave ? Severity.MEDIUM : Severity.LOW;
    }
    boolean many = group.count() >= 10 && group.count() * 5 >= triage.count(Level.ERROR);
    return many ? Severity.HIGH : Severity.MEDIUM;
  }

  private static String when(LogGroup group) {
    String first = group.first().map(Moment::brief).orElse("");
    String last = group.last().map(Moment::brief).orElse("");
    if (first.isEmpty()) {
      return ", lines %d to %d".formatted(group.firstLine(), group.lastLine());
    }
    String span = group.count() == 1 ? ", at " + first : ", from %s to %s".formatted(first, last);
    boolean burst =
        group
            .burst()
            .filter(one -> one.count() >= 10 && one.count() >= 3 * group.perMinute())
            .isPresent();
    return burst
        ? span
            + ", %s of them in the minute of %s"
                .formatted(
                    Printable.number(group.burst().orElseThrow().count()),
                    group.burst().orElseThrow().minute())
        : span;
  }

  private static String stack(LogGroup group) {
    String cause =
        group.stack().cause().isEmpty()
            ? ""
            : "; the innermost cause is " + Words.code(group.stack().cause());
    String frame =
        group.stack().frame().isEmpty()
            ? ""
            : "; first own frame " + Words.code(group.stack().frame());
    return cause + frame;
  }

  private static String unknown(LogGroup group) {
    return switch (group.level()) {
      case FATAL -> "The program says that it cannot go on.";
      case ERROR -> "The program says that something it was asked to do was not done.";
      case WARN, INFO, DEBUG -> "The program expects trouble, and goes on.";
    };
  }

  private static String lookAt(LogGroup group) {
    return group.stack().frame().isEmpty()
        ? "Look at the entries just before line %d, and at what was released or changed before the first one."
            .formatted(group.firstLine())
        : "Begin at %s, with the entries before line %d."
            .formatted(Words.code(group.stack().frame()), group.firstLine());
  }

  private static Finding storm(Triage.Storm storm) {
    return new Finding(
        "burst-of-errors",
        Severity.HIGH,
        Place.named(storm.minute().toString()),
        "%s within a minute; otherwise %s a minute."
            .formatted(
                Words.count(storm.errors(), "error"),
                String.format(Locale.ROOT, "%.1f", storm.usual())),
        "Something broke at once: a release, a service that went away, a wave of requests.",
        "Look at what changed in the minutes before, and at the group that has most of its entries"
            + " there.");
  }

  private static Finding gap(Triage.Gap gap) {
    return new Finding(
        "silence",
        Severity.MEDIUM,
        Place.ofLine(gap.line()),
        "Nothing was written for %s, from %s to %s."
            .formatted(words(gap.length()), gap.from().brief(), gap.to().brief()),
        "The program hung, was stopped, or its log went elsewhere.",
        "See what the last entries before it were about, and whether the next one is a start.");
  }

  static String words(Duration length) {
    long minutes = length.toMinutes();
    if (minutes < 120) {
      return Words.count(minutes, "minute");
    }
    return Words.count(length.toHours(), "hour") + " and " + Words.count(minutes % 60, "minute");
  }

  private static Finding starts(List<Integer> lines) {
    return new Finding(
        "restarts",
        Severity.MEDIUM,
        Place.ofLine(lines.getFirst()),
        "The program was started %d times; see lines %s."
            .formatted(lines.size(), Words.list(lines.stream().map(String::valueOf).toList(), 10)),
        "Unless these were releases, it ends by itself and is started again.",
        "Look at the entries before each start, and at the exit code in the supervisor.");
  }
}
