package io.agentos.server.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a command, which of them are a person's terminal, and the one line on it that
 * changes.
 *
 * <p>Results are printed on the standard stream, all else is said on the error stream. UTF-8
 * whatever the locale, because JSON is. Thread-safe.
 */
final class Terminal {
  /** A stream of a process. */
  enum Stream {
    IN,
    OUT,
    ERROR
  }

  /** How a word stands out where there is colour. */
  enum Style {
    GOOD("32"),
    BAD("31"),
    WARNING("33"),
    QUIET("2"),
    STRONG("1");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int LINE_LENGTH_MAX = 78;

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final Set<Stream> people;
  private final boolean colour;
  private String liveLine = "";

  /**
   * @param people the streams that have a person at the other end
   * @param colour whether a person may be shown colour
   */
  Terminal(InputStream in, PrintStream out, PrintStream err, Set<Stream> people, boolean colour) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.err = err;
    this.people = Set.copyOf(people);
    this.colour = colour;
  }

  /** Those of this process. The launcher says which are terminals; without it all are or none. */
  static Terminal ofProcess(Map<String, String> environment) {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        people(System.getProperty("agentos.terminals")),
        !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM")));
  }

  /** Prints a result, whole lines of it. A person's terminal gets no control characters. */
  synchronized void print(String result) {
    out.print(people.contains(Stream.OUT) ? Fields.clean(result) : result);
    if (!result.endsWith("\n")) {
      out.println();
    }
    out.flush();
  }

  /** What somebody pipes in. */
  BufferedReader in() {
    return in;
  }

  /** For picocli, which prints help as a result. */
  PrintWriter writer() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** For picocli, which says what else it has to say. */
  PrintWriter errorWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /** Whether somebody sees what is said while it is said. */
  boolean live() {
    return people.contains(Stream.ERROR);
  }

  /** Whether somebody can be asked. */
  boolean canAsk() {
    return people.contains(Stream.IN) && people.contains(Stream.ERROR);
  }

  /** Whether a person types what comes in. */
  boolean typed() {
    return people.contains(Stream.IN);
  }

  /** Whether results may have colour. */
  boolean colourOnOut() {
    return colour && people.contains(Stream.OUT);
  }

  /** A word for {@link #say}, standing out where that is possible. */
  String styled(Style style, String word) {
    return colour && live() ? "\u001b[" + style.code + "m" + word + "\u001b[0m" : word;
  }

  /** Says a line on the error stream. */
  synchronized void say(String line) {
    err.print(liveLine.isEmpty() ? "" : CLEAR_LINE);
    err.println(line);
    err.print(liveLine);
    err.flush();
  }

  /** Shows a line that the next one replaces; nobody watching, nothing is shown. */
  synchronized void show(String line) {
    if (!live()) {
      return;
    }
    String next = line.length() > LINE_LENGTH_MAX ? line.substring(0, LINE_LENGTH_MAX) : line;
    err.print(liveLine.isEmpty() ? next : CLEAR_LINE + next);
    err.flush();
    liveLine = next;
  }

  /** Asks a question that is answered by yes or no; anything but yes is no. */
  boolean asksYes(String question) {
    show("");
    synchronized (this) {
      err.print(question + " [y/N] ");
      err.flush();
    }
    try {
      String answer = in.readLine();
      return answer != null
          && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    } catch (IOException _) {
      return false;
    }
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static Set<Stream> people(@Nullable String told) {
    if (told == null) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
          ? EnumSet.allOf(Stream.class)
          : EnumSet.noneOf(Stream.class);
    }
    List<String> names = List.of(told.split(",", -1));
    return Arrays.stream(Stream.values())
        .filter(stream -> names.contains(stream.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
