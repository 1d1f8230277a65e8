package io.agentos.tools.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stack trace comes down to.
 *
 * @param cause the innermost exception's type; empty when there is no trace
 * @param reason what it says, as a pattern
 * @param frame the innermost place of the application's own, as far as names tell; may be empty
 */
record Stack(String cause, String reason, String frame) {
  private static final Pattern CAUSE =
      Pattern.compile(
          "^\\s*(?:Caused by: |Exception in thread \".{0,100}\" )?"
              + "((?:[\\w$]{1,100}\\.){0,20}[A-Z][\\w$]{0,100}(?:Error|Exception|Interrupt|Exit|Failure))\\b");
  private static final Pattern JAVA =
      Pattern.compile("^\\s*at ([\\w$.<>/@-]{1,300})\\(([^)]{0,200})\\)");
  private static final Pattern NODE =
      Pattern.compile("^\\s*at (?:.{0,200} \\()?([^()\\s]{1,300}:\\d{1,7}):\\d{1,7}\\)?$");
  private static final Pattern PYTHON =
      Pattern.compile("^\\s*File \"([^\"]{1,300})\", line (\\d{1,7})");
  private static final Pattern GO = Pattern.compile("^\\s+(\\S{1,300}\\.go:\\d{1,7})");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "^(?:java|javax|jakarta|jdk|sun|com\\.sun|kotlin|scala|org\\.(?:springframework|hibernate"
              + "|apache|eclipse|junit|jboss|postgresql)|com\\.zaxxer|io\\.(?:netty|micrometer)|reactor)"
              + "[./].*|.*(?:node_modules|node:|internal/|site-packages|dist-packages|/lib/python"
              + "|/usr/local/go/|/go/pkg/mod/).*");

  static final Stack NONE = new Stack("", "", "");

  /** What the lines of an entry come down to. */
  static Stack of(LogEntry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(entry.message());
    lines.addAll(entry.more());
    String cause = "";
    String reason = "";
    String frame = "";
    boolean python = false;
    for (String line : lines) {
      Matcher named = CAUSE.matcher(line);
      if (named.find() && !line.stripLeading().startsWith("at ")) {
        cause = named.group(1);
        reason = Template.of(line.strip());
        frame = python ? frame : "";
      }
      Matcher file = PYTHON.matcher(line);
      if (file.find()) {
        // Python's innermost place comes last, and its exception after it.
        python = true;
        String place = file.group(1) + ":" + file.group(2);
        frame = FOREIGN.matcher(place).matches() ? frame : place;
      } else if (frame.isEmpty()) {
        frame = place(line);
      }
    }
    return new Stack(cause, reason, frame);
  }

  private static String place(String line) {
    Matcher java = JAVA.matcher(line);
    if (java.find() && java.group(2).matches(".*\\.\\w{1,10}:\\d+|Native Method|Unknown Source")) {
      return FOREIGN.matcher(java.group(1)).matches()
          ? ""
          : "%s (%s)".formatted(java.group(1), java.group(2));
    }
    Matcher node = NODE.matcher(line);
    if (node.find()) {
      return FOREIGN.matcher(node.group(1)).matches() ? "" : node.group(1);
    }
    Matcher go = GO.matcher(line);
    return go.find() && !FOREIGN.matcher(go.group(1)).matches() ? go.group(1) : "";
  }
}
