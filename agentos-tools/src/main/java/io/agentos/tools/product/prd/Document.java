package io.agentos.tools.product.prd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown, by its headings.
 *
 * @param title of level 1; empty when there is none
 * @param preamble the lines above the first section
 */
record Document(String title, List<Line> preamble, List<Section> sections) {
  private static final int LINE_LENGTH_MAX = 1_000;
  private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*$");
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:```|~~~).*");
  private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(?:=+|-+)\\s*$");
  private static final Pattern ITEM =
      Pattern.compile("^\\s*(?:[-*+]|\\d{1,4}[.)])\\s+(?:\\[[ xX]\\]\\s+)?(.*)$");
  private static final Pattern RULE_ROW = Pattern.compile("^\\s*\\|?[\\s:|-]+\\|?\\s*$");

  /** One line of text, item of a list, or row of a table. */
  record Line(int number, Kind kind, String text) {}

  /** What a line is. */
  enum Kind {
    TEXT,
    ITEM,
    ROW
  }

  /** A heading with what stands below it, down to the next. */
  record Section(int number, int level, String heading, List<Line> lines) {
    String plainHeading() {
      return heading
          .toLowerCase(Locale.ROOT)
          .replaceAll("[^\\p{L}\\p{N} -]", " ")
          .replaceAll("\\s+", " ")
          .strip();
    }
  }

  static Document of(String markdown) {
    List<Section> sections = new ArrayList<>();
    List<Line> preamble = new ArrayList<>();
    List<Line> open = preamble;
    String title = "";
    boolean code = false;
    boolean table = false;
    String before = "";
    int number = 0;
    for (String line : markdown.split("\n", -1)) {
      number++;
      if (FENCE.matcher(line).matches()) {
        code = !code;
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      boolean underlined =
          !before.isBlank()
              && UNDERLINE.matcher(line).matches()
              && !open.isEmpty()
              && open.getLast().kind() == Kind.TEXT;
      if (!code && (heading.matches() || underlined)) {
        int level = heading.matches() ? heading.group(1).length() : line.contains("=") ? 1 : 2;
        String text = heading.matches() ? heading.group(2) : open.removeLast().text();
        if (level == 1 && title.isEmpty()) {
          title = text;
        } else {
          open = new ArrayList<>();
          sections.add(new Section(heading.matches() ? number : number - 1, level, text, open));
        }
      } else if (!code && !line.isBlank() && !isFrame(line, table)) {
        open.add(line(number, line));
      }
      table = line.strip().startsWith("|");
      before = line;
    }
    return new Document(title, preamble, sections);
  }

  /** The titles of a table, and the rule below them. */
  private static boolean isFrame(String line, boolean inTable) {
    return RULE_ROW.matcher(line).matches() || (line.strip().startsWith("|") && !inTable);
  }

  private static Line line(int number, String whole) {
    String line = whole.length() > LINE_LENGTH_MAX ? whole.substring(0, LINE_LENGTH_MAX) : whole;
    Matcher item = ITEM.matcher(line);
    if (item.matches()) {
      return new Line(number, Kind.ITEM, item.group(1).strip());
    }
    boolean row = line.strip().startsWith("|");
    return new Line(number, row ? Kind.ROW : Kind.TEXT, line.strip());
  }

  /** Every line of the document. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>(preamble);
    sections.forEach(section -> lines.addAll(section.lines()));
    return lines;
  }

  /**
   * The lines of the sections whose headings match, with those of the sections below them.
   *
   * @param except sections whose headings match this are left out
   */
  List<Line> below(Pattern heading, Pattern except) {
    List<Line> lines = new ArrayList<>();
    int level = 0;
    for (Section section : sections) {
      if (level > 0 && section.level() <= level) {
        level = 0;
      }
      if (level == 0 && heading.matcher(section.plainHeading()).find()) {
        level = section.level();
      }
      if (level > 0 && !except.matcher(section.plainHeading()).find()) {
        lines.addAll(section.lines());
      }
    }
    return lines;
  }
}
