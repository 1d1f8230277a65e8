package io.agentos.tools.logs;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How bad an entry says it is, the worst first. */
enum Level {
  FATAL,
  ERROR,
  WARN,
  INFO,
  DEBUG;

  private static final int LOOKED_AT = 160;
  private static final Pattern WORD =
      Pattern.compile(
          "\\b(FATAL|PANIC|EMERG(?:ENCY)?|ALERT|CRIT(?:ICAL)?|SEVERE|ERROR|ERR|WARN(?:ING)?|NOTICE|INFO"
              + "|DEBUG|TRACE|FINE(?:R|ST)?)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KLOG = Pattern.compile("^([FEWID])\\d{4} \\d\\d:\\d\\d");
  private static final Pattern ACCESS = Pattern.compile("\" ([1-5])\\d\\d (?:\\d{1,12}|-)(?: |$)");

  /** The level that a word names; empty for none. */
  static Optional<Level> named(String word) {
    return Optional.ofNullable(
        switch (word.toUpperCase(Locale.ROOT)) {
          case "FATAL", "PANIC", "EMERG", "EMERGENCY", "ALERT", "CRIT", "CRITICAL", "60", "F" ->
              FATAL;
          case "SEVERE", "ERROR", "ERR", "50", "E" -> ERROR;
          case "WARN", "WARNING", "40", "W" -> WARN;
          case "NOTICE", "INFO", "INFORMATION", "30", "I" -> INFO;
          case "DEBUG", "TRACE", "FINE", "FINER", "FINEST", "10", "20", "D" -> DEBUG;
          default -> null;
        });
  }

  /** The level of a line: what its head says, or the status of a web server's entry. */
  static Optional<Level> in(String line) {
    Matcher klog = KLOG.matcher(line);
    if (klog.find()) {
      return named(klog.group(1));
    }
    Matcher access = ACCESS.matcher(line);
    if (access.find()) {
      return Optional.of(
          switch (access.group(1)) {
            case "5" -> ERROR;
            case "4" -> WARN;
            default -> INFO;
          });
    }
    Matcher word = WORD.matcher(line.substring(0, Math.min(LOOKED_AT, line.length())));
    return word.find() ? named(word.group(1)) : Optional.empty();
  }
}
