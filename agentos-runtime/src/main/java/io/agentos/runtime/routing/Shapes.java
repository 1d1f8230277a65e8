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
  static final int READ_MAX = 4_096;

  private static final int PATH_LENGTH_MAX = 300;
  private static final int MARKS_MIN = 2;
  private static final int LINES_MAX = 40;

  /** A shape and how often its mark must be there. */
  private record Mark(Shape shape, int times, Pattern pattern) {
    Mark(Shape shape, int times, String pattern) {
      this(shape, times, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE));
    }

    boolean found(CharSequence text) {
      Matcher matcher = pattern.matcher(text);
      for (int i = 0; i < times; i++) {
        if (!matcher.find()) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Mark> MARKS =
      List.of(
          new Mark(Shape.SQL_SCHEMA, 1, "\\bcreate (table|policy|view|schema)\\b"),
          new Mark(
              Shape.SQL_MIGRATION, 1, "\\balter (table|type|column)\\b|\\bdrop (table|column)\\b"),
          new Mark(Shape.SQL_QUERY, 1, "^\\s{0,8}(select|with|insert into|update)\\b.{1,200}"),
          new Mark(
              Shape.HTML,
              1,
              "<!doctype html|<html\\b|<body\\b|<head>|<(div|main|button|img|form)\\b[^>]{0,200}>"),
          new Mark(Shape.CSS, 1, "^[^<>{}\\n]{1,120}\\{[^{}<>\"]{0,400}:[^{}<>\"]{1,200};"),
          new Mark(Shape.DESIGN_TOKENS, 1, "\"\\$value\"\\s{0,4}:"),
          new Mark(Shape.JUNIT_XML, 1, "<testsuites?\\b|<testcase\\b"),
          new Mark(Shape.KUBERNETES, 2, "^ {0,4}(apiVersion: |kind: [A-Z])"),
          new Mark(Shape.ANDROID_MANIFEST, 1, "<manifest\\b|<uses-permission\\b"),
          new Mark(Shape.PLIST, 1, "<!doctype plist|<plist\\b"),
          new Mark(Shape.DIFF, 1, "^(diff --git |@@ -\\d{1,9}[, ]|--- a/)"),
          new Mark(
              Shape.LOG,
              MARKS_MIN,
              "^.{0,60}?(\\d{2}:\\d{2}:\\d{2}|\\b(error|warn|warning|info|debug|fatal)\\b[:\\] ]).{1,200}"),
          new Mark(
              Shape.STACK_TRACE,
              1,
              "^\\s{1,8}at [\\w.$<>]{3,200}\\(|^traceback \\(most recent|^goroutine \\d{1,9} \\[|^\\s{2,8}file \".{1,200}\", line \\d"),
          new Mark(
              Shape.BIBTEX,
              1,
              "^\\s{0,8}@(article|book|misc|inproceedings|online|phdthesis|techreport)\\s?\\{"),
          new Mark(
              Shape.CITATIONS,
              MARKS_MIN,
              "\\[@[\\w:-]{1,60}|\\\\cite[a-z]{0,8}\\{|\\([A-Z][\\w’'. &-]{1,60},? (19|20)\\d\\d[a-z]?\\)"),
          new Mark(
              Shape.CONTRACT,
              MARKS_MIN,
              "\\b(this agreement|the parties|hereinafter|hereby|governing law|shall indemnify|confidential information|effective date)\\b"),
          new Mark(Shape.MARKDOWN, MARKS_MIN, "^#{1,4} \\S"),
          new Mark(Shape.URL, 1, "\\bhttps?://[\\w.-]{3,100}"));

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
    for (Mark mark : MARKS) {
      if (mark.found(read)) {
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
