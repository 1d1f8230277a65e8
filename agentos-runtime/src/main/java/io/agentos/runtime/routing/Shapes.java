package io.agentos.runtime.routing;

import io.agentos.runtime.definitions.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a text looks like, by marks at its beginning, and what a path names, by its end. It
 * parses nothing and reads no more than {@value #READ_MAX} characters; its patterns look at each of
 * them a bounded number of times.
 */
final class Shapes {
  static final int READ_MAX = 2_048;

  private static final int PATH_LENGTH_MAX = 300;
  private static final int MARKS_MIN = 2;
  private static final int LINES_MAX = 40;

  /**
   * What a shape is told by: one of some literals, and a pattern as often as told. The literals are
   * looked for first, for that is quick and most texts have none.
   */
  private record Mark(Shape shape, List<String> literals, int times, Pattern pattern) {
    static Mark of(Shape shape, List<String> literals, int times, String pattern) {
      return new Mark(shape, literals, times, Pattern.compile(pattern, Pattern.MULTILINE));
    }

    boolean found(String lower) {
      return literals.stream().anyMatch(lower::contains) && matches(lower);
    }

    private boolean matches(String lower) {
      Matcher matcher = pattern.matcher(lower);
      for (int i = 0; i < times; i++) {
        if (!matcher.find()) {
          return false;
        }
      }
      return true;
    }
  }

  /** Over texts in lower case. */
  private static final List<Mark> MARKS =
      List.of(
          Mark.of(
              Shape.SQL_SCHEMA, List.of("create "), 1, "\\bcreate (table|policy|view|schema)\\b"),
          Mark.of(
              Shape.SQL_MIGRATION,
              List.of("alter ", "drop "),
              1,
              "\\balter (table|type|column)\\b|\\bdrop (table|column)\\b"),
          Mark.of(
              Shape.SQL_QUERY,
              List.of(" from ", " into ", " set ", " as "),
              1,
              "^\\s{0,8}(select .{1,200}\\bfrom\\b|with .{1,200}\\bas\\b|insert into |update .{1,100}\\bset\\b)"),
          Mark.of(
              Shape.HTML,
              List.of("<"),
              1,
              "<!doctype html|<html\\b|<body\\b|<head>|<(div|main|nav|button|img|form)\\b[^>]{0,200}>"),
          Mark.of(
              Shape.CSS,
              List.of("{"),
              1,
              "^[^<>{}\\n]{1,120}\\{[^{}<>\":]{0,80}:[^{}<>\"]{1,200};"),
          Mark.of(Shape.DESIGN_TOKENS, List.of("\"$value\""), 1, "\"\\$value\"\\s{0,4}:"),
          Mark.of(Shape.JUNIT_XML, List.of("<test"), 1, "<testsuites?\\b|<testcase\\b"),
          Mark.of(
              Shape.KUBERNETES,
              List.of("apiversion: "),
              MARKS_MIN,
              "^ {0,4}(apiversion: |kind: [a-z])"),
          Mark.of(
              Shape.ANDROID_MANIFEST,
              List.of("<manifest", "<uses-permission"),
              1,
              "<manifest\\b|<uses-permission\\b"),
          Mark.of(Shape.PLIST, List.of("plist"), 1, "<!doctype plist|<plist\\b"),
          Mark.of(
              Shape.DIFF,
              List.of("diff --git ", "@@ -", "--- a/"),
              1,
              "^(diff --git |@@ -\\d{1,9}[, ]|--- a/)"),
          Mark.of(
              Shape.LOG,
              List.of("error", "warn", "info", "debug", "fatal", ":"),
              MARKS_MIN,
              "\\d{2}:\\d{2}:\\d{2}|^(error|warn|warning|info|debug|fatal)[:\\] ]"),
          Mark.of(
              Shape.STACK_TRACE,
              List.of("at ", "traceback", "goroutine", "file \""),
              1,
              "^\\s{1,8}at [\\w.$<>]{3,200}\\(|^traceback \\(most recent|^goroutine \\d{1,9} \\[|^\\s{2,8}file \".{1,200}\", line \\d"),
          Mark.of(
              Shape.BIBTEX,
              List.of("@"),
              1,
              "^\\s{0,8}@(article|book|misc|inproceedings|online|phdthesis|techreport)\\s?\\{"),
          Mark.of(
              Shape.CITATIONS,
              List.of("[@", "\\cite", "("),
              MARKS_MIN,
              "\\[@[\\w:-]{1,60}|\\\\cite[a-z]{0,8}\\{|\\([a-z][\\w’'. &-]{1,60},? (19|20)\\d\\d[a-z]?\\)"),
          Mark.of(
              Shape.CONTRACT,
              List.of(
                  "agreement", "parties", "here", "govern", "indemni", "confidential", "effective"),
              MARKS_MIN,
              "\\b(this agreement|the parties|hereinafter|hereby|governing law|shall indemnify|confidential information|effective date)\\b"),
          Mark.of(Shape.MARKDOWN, List.of("# "), MARKS_MIN, "^#{1,4} \\S"),
          Mark.of(Shape.URL, List.of("http"), 1, "\\bhttps?://[\\w.-]{3,100}"));

  /** What a name may end in, and what such a file may hold. */
  private static final Map<String, Set<Shape>> ENDS =
      Map.ofEntries(
          Map.entry("sql", Set.of(Shape.SQL_SCHEMA, Shape.SQL_MIGRATION, Shape.SQL_QUERY)),
          Map.entry("html", Set.of(Shape.HTML)),
          Map.entry("htm", Set.of(Shape.HTML)),
          Map.entry("css", Set.of(Shape.CSS)),
          Map.entry("scss", Set.of(Shape.CSS)),
          Map.entry("csv", Set.of(Shape.CSV)),
          Map.entry("tsv", Set.of(Shape.CSV)),
          Map.entry("bib", Set.of(Shape.BIBTEX)),
          Map.entry("log", Set.of(Shape.LOG)),
          Map.entry("out", Set.of(Shape.LOG)),
          Map.entry("patch", Set.of(Shape.DIFF)),
          Map.entry("diff", Set.of(Shape.DIFF)),
          Map.entry("plist", Set.of(Shape.PLIST)),
          Map.entry("md", Set.of(Shape.MARKDOWN)),
          Map.entry("yaml", Set.of(Shape.KUBERNETES)),
          Map.entry("yml", Set.of(Shape.KUBERNETES)));

  private static final String ANDROID_MANIFEST = "androidmanifest.xml";

  private Shapes() {}

  /** What the text looks like; several shapes where it holds several things. */
  static Set<Shape> of(String text) {
    Set<Shape> shapes = EnumSet.noneOf(Shape.class);
    if (path(text)) {
      shapes.addAll(named(text.strip().toLowerCase(Locale.ROOT)));
      return shapes;
    }
    String read = text.substring(0, Math.min(READ_MAX, text.length()));
    String lower = read.toLowerCase(Locale.ROOT);
    for (Mark mark : MARKS) {
      if (mark.found(lower)) {
        shapes.add(mark.shape());
      }
    }
    String stripped = read.stripLeading();
    if (stripped.startsWith("{") || stripped.startsWith("[{")) {
      shapes.add(Shape.JSON);
    }
    if (table(read)) {
      shapes.add(Shape.CSV);
    }
    return shapes;
  }

  /** Whether a value is the path of a file rather than its content. */
  static boolean path(String value) {
    String stripped = value.length() > PATH_LENGTH_MAX ? "" : value.strip();
    return !stripped.isEmpty()
        && stripped.chars().noneMatch(Character::isWhitespace)
        && stripped.indexOf('<') < 0
        && stripped.indexOf('{') < 0
        && stripped.indexOf("://") < 0;
  }

  private static Set<Shape> named(String path) {
    if (path.endsWith(ANDROID_MANIFEST)) {
      return Set.of(Shape.ANDROID_MANIFEST);
    }
    return ENDS.getOrDefault(path.substring(path.lastIndexOf('.') + 1), Set.of());
  }

  /** A first line of two separators or more, and as many in the next. */
  private static boolean table(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(LINES_MAX).toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      for (char separator : new char[] {',', ';', '\t', '|'}) {
        int count = count(lines.get(i), separator);
        if (count >= MARKS_MIN
            && count(lines.get(i + 1), separator) == count
            && lines.get(i).indexOf(separator + " ") < 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static int count(String line, char wanted) {
    return (int) line.chars().filter(c -> c == wanted).count();
  }
}
