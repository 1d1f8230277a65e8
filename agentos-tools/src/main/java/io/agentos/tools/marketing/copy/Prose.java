package io.agentos.tools.marketing.copy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The running text of a document: paragraphs, each with the line it begins in.
 *
 * @param paragraphs those of whole sentences
 * @param headings those that stand alone
 */
record Prose(List<Paragraph> paragraphs, List<Paragraph> headings) {
  private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(?:```|~~~)");
  private static final Pattern HEADING = Pattern.compile("^\\s{0,3}#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*+]|\\d{1,3}[.)])\\s+");
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]\\[]{0,300})\\]\\([^()\\s]{0,500}\\)");
  private static final Pattern ADDRESS = Pattern.compile("(?:https?://|www\\.)\\S+");
  private static final Pattern MARKS = Pattern.compile("\\*{1,3}|_{2,3}|(?<!\\w)_|_(?!\\w)|`");
  private static final Pattern FRONT = Pattern.compile("\\A---\\n(?:.*\\n){0,100}?---\\n");

  /**
   * A piece of text whose lines belong together; {@code breaks} are the places at which a line
   * ends.
   */
  record Paragraph(String text, int line, List<Integer> breaks) {
    /** The line of a place in the text. */
    int lineAt(int index) {
      int found = Collections.binarySearch(breaks, index);
      return line + (found < 0 ? -found - 1 : found + 1);
    }
  }

  /** Reads Markdown, or plain text, which is Markdown without marks. */
  static Prose ofMarkdown(String text) {
    List<Paragraph> paragraphs = new ArrayList<>();
    List<Paragraph> headings = new ArrayList<>();
    Matcher front = FRONT.matcher(text);
    int skipped = front.find() ? (int) front.group().lines().count() : 0;
    StringBuilder open = new StringBuilder();
    List<Integer> breaks = new ArrayList<>();
    int line = 0;
    int began = 0;
    boolean code = false;
    for (String raw : (text + "\n\n").split("\n", -1)) {
      line++;
      boolean fence = FENCE.matcher(raw).find();
      code ^= fence;
      boolean none = line <= skipped || fence || code || isNoProse(raw);
      Matcher heading = HEADING.matcher(raw);
      boolean isHeading = !none && heading.matches();
      boolean item = !none && ITEM.matcher(raw).find();
      if ((none || isHeading || item) && !open.isEmpty()) {
        paragraphs.add(new Paragraph(open.toString(), began, List.copyOf(breaks)));
        open.setLength(0);
        breaks.clear();
      }
      if (isHeading) {
        headings.add(new Paragraph(plain(heading.group(1)), line, List.of()));
      } else if (!none) {
        String words =
            plain(ITEM.matcher(raw).replaceFirst("").replaceFirst("^\\s{0,3}>+\\s?", ""));
        if (open.isEmpty()) {
          began = line;
        } else {
          breaks.add(open.length());
          open.append(' ');
        }
        open.append(words.strip());
      }
    }
    return new Prose(paragraphs, headings);
  }

  /** Blank, code, a row of a table, or HTML. */
  private static boolean isNoProse(String line) {
    String text = line.strip();
    return text.isEmpty()
        || line.startsWith("    ")
        || text.startsWith("|")
        || text.startsWith("<");
  }

  /** Without the marks of Markdown and without addresses. */
  static String plain(String text) {
    String words = LINK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    return MARKS.matcher(ADDRESS.matcher(words).replaceAll("")).replaceAll("");
  }
}
