package io.agentos.tools.logs;

import io.agentos.tools.files.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cuts a log into entries: plain text of most kinds, and JSON a line. One use, one thread. */
final class LogReader {
  private static final int LINE_LENGTH_MAX = 4_000;
  private static final int MORE_LINES_MAX = 200;
  private static final int ENTRIES_THAT_TELL = 100;
  private static final Pattern CONTINUES =
      Pattern.compile(
          "^(?:\\s+\\S|at |Caused by: |Suppressed: |\\.\\.\\. \\d|Traceback |During handling of|[})\\]]|goroutine \\d|\\tat )"
              + ".*");
  private static final Pattern EXCEPTION =
      Pattern.compile("^(?:[\\w$]+\\.)*[A-Z][\\w$]*(?:Error|Exception|Interrupt|Exit)\\b.*");
  private static final Pattern LEVEL_FIRST =
      Pattern.compile("^\\[?(?:FATAL|SEVERE|ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)\\]?[: ]\\s*");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(50).build())
                  .build())
          .build();

  private final Consumer<LogEntry> taker;
  private final List<String> more = new ArrayList<>();
  private int number;
  private int startedOn;
  private String head = "";
  private boolean timed;
  private int entries;

  private LogReader(Consumer<LogEntry> taker) {
    this.taker = taker;
  }

  /** Hands over each entry in order; answers the number of lines. */
  static int read(String text, Consumer<LogEntry> taker) {
    LogReader reader = new LogReader(taker);
    for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
      reader.line(Printable.line(lines.next(), LINE_LENGTH_MAX));
    }
    reader.end();
    return reader.number;
  }

  private void line(String line) {
    number++;
    if (line.isBlank()) {
      return;
    }
    if (line.startsWith("{") && line.endsWith("}")) {
      Optional<LogEntry> entry = json(line);
      if (entry.isPresent()) {
        end();
        taker.accept(entry.get());
        return;
      }
    }
    if (startedOn > 0 && belongsToLast(line)) {
      if (more.size() < MORE_LINES_MAX) {
        more.add(line);
      }
      return;
    }
    end();
    startedOn = number;
    head = line;
    timed |= entries < ENTRIES_THAT_TELL && Moment.in(line).isPresent();
  }

  /** In a log with times, an entry begins with one; in one without, where no line goes on. */
  private boolean belongsToLast(String line) {
    boolean continues = CONTINUES.matcher(line).matches();
    boolean hasMoment = Moment.in(line).isPresent();
    if (continues && !(hasMoment && timed)) {
      return true;
    }
    return timed && !hasMoment && (EXCEPTION.matcher(line).matches() || !more.isEmpty());
  }

  private void end() {
    if (startedOn == 0) {
      return;
    }
    Optional<Moment> moment = Moment.in(head);
    entries++;
    Level level = Level.in(head).orElseGet(() -> looksFailed() ? Level.ERROR : Level.INFO);
    String message = moment.map(one -> without(head, one)).orElse(head).strip();
    message = LEVEL_FIRST.matcher(message).replaceFirst("");
    taker.accept(new LogEntry(startedOn, moment, level, message, more));
    startedOn = 0;
    more.clear();
  }

  private boolean looksFailed() {
    return EXCEPTION.matcher(head).matches()
        || head.startsWith("Exception in thread")
        || head.startsWith("Traceback ")
        || head.startsWith("panic: ");
  }

  private static String without(String line, Moment moment) {
    int start = moment.end() - moment.text().length();
    String before = line.substring(0, start).replaceAll("[\\[(]\\s*$", "");
    String after = line.substring(moment.end()).replaceFirst("^[\\])]", "");
    return before + after.replaceFirst("^[,:\\s-]+", " ");
  }

  private Optional<LogEntry> json(String line) {
    JsonNode root;
    try {
      root = MAPPER.readTree(line);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    String message = first(root, "message", "msg", "event", "text", "log");
    if (message.isEmpty()) {
      return Optional.empty();
    }
    String level = first(root, "level", "severity", "lvl", "log.level", "levelname");
    String stack = first(root, "stack", "stack_trace", "stacktrace", "exception", "exc_info");
    List<String> lines = stack.lines().limit(MORE_LINES_MAX).toList();
    return Optional.of(
        new LogEntry(
            number,
            moment(first(root, "time", "timestamp", "ts", "@timestamp", "t", "asctime")),
            Level.named(level).orElse(lines.isEmpty() ? Level.INFO : Level.ERROR),
            Printable.line(message, LINE_LENGTH_MAX),
            lines));
  }

  private static String first(JsonNode root, String... names) {
    for (String name : names) {
      JsonNode value = root.path(name);
      if (value.isValueNode() && !value.isNull()) {
        return value.asString();
      }
    }
    return "";
  }

  /** A time as text, or as seconds or milliseconds since 1970. */
  private static Optional<Moment> moment(String text) {
    if (!text.matches("\\d{9,13}(?:\\.\\d{1,9})?")) {
      return Moment.in(text);
    }
    try {
      double number = Double.parseDouble(text);
      Instant at = Instant.ofEpochMilli((long) (number > 1e11 ? number : number * 1_000));
      return Optional.of(new Moment(at, at.toString(), text.length()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
