package io.agentos.tools.contracts;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contract cut into numbered paragraphs.
 *
 * @param parties the names that the parties are called by, in order
 */
record Contract(List<Paragraph> paragraphs, Set<String> numbers, List<String> parties) {
  static final int PARAGRAPHS_MAX = 5_000;
  private static final int PARAGRAPH_LENGTH_MAX = 20_000;
  private static final int TITLE_LENGTH_MAX = 80;
  private static final int PARTIES_MAX = 6;
  private static final Pattern NUMBERED =
      Pattern.compile(
          "^\\s{0,8}#{0,6}\\s{0,3}\\**(?:(?:Section|Article|Clause|ARTICLE|SECTION|CLAUSE)\\s{1,3}|§\\s?)?"
              + "(\\d{1,2}(?:\\.\\d{1,2}){0,3})[.):]?\\**\\s{1,5}(\\S.*)$");
  private static final Pattern HEADING =
      Pattern.compile("^\\s{0,3}(?:#{1,6}\\s+(.+)|([A-Z][A-Z &,-]{3,60}))$");
  private static final Pattern CALLED =
      Pattern.compile(
          "\\((?:the |hereinafter |each a |\\s)*[\"“”']{1,2}([A-Z][A-Za-z ]{1,30})[\"“”']{1,2}\\)");
  private static final Set<String> NOT_PARTIES =
      Set.of(
          "Agreement",
          "Effective Date",
          "Parties",
          "Party",
          "Services",
          "Term",
          "Fees",
          "Contract");

  /**
   * A paragraph.
   *
   * @param line on which it begins, from 1
   * @param number such as {@code 4.2}; empty when it has none
   * @param title of the clause it belongs to; may be empty
   */
  record Paragraph(int line, String number, String title, String text) {
    /** Number and title, for people. */
    String name() {
      String shown = title.isEmpty() ? "" : " " + title;
      return number.isEmpty() ? title.strip() : number + shown;
    }
  }

  /** Cuts a text; a paragraph ends at an empty line or where the next number begins. */
  static Contract of(String text) {
    Reader reader = new Reader();
    for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
      reader.line(lines.next());
    }
    reader.end();
    return new Contract(
        List.copyOf(reader.paragraphs), Set.copyOf(reader.numbers), parties(reader.paragraphs));
  }

  private static List<String> parties(List<Paragraph> paragraphs) {
    Set<String> names = new LinkedHashSet<>();
    for (Paragraph paragraph : paragraphs.subList(0, Math.min(12, paragraphs.size()))) {
      Matcher called = CALLED.matcher(paragraph.text());
      while (called.find() && names.size() < PARTIES_MAX) {
        String name = called.group(1).strip();
        if (!NOT_PARTIES.contains(name)) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  /** The first paragraph that says something. */
  Optional<Paragraph> first(Pattern pattern) {
    return paragraphs.stream()
        .filter(one -> pattern.matcher(one.title() + " " + one.text()).find())
        .findFirst();
  }

  /** All text, for counting. */
  int words() {
    return paragraphs.stream().mapToInt(one -> one.text().split("\\s+", -1).length).sum();
  }

  /** Cuts line by line. Owned by one thread. */
  private static final class Reader {
    private final List<Paragraph> paragraphs = new ArrayList<>();
    private final Set<String> numbers = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();
    private int number;
    private int startedOn;
    private String current = "";
    private String title = "";

    void line(String line) {
      number++;
      Matcher numbered = NUMBERED.matcher(line);
      Matcher heading = HEADING.matcher(line);
      if (line.isBlank()) {
        end();
      } else if (numbered.matches()) {
        end();
        current = numbered.group(1);
        numbers.add(current);
        begin(numbered.group(2));
      } else if (heading.matches()) {
        end();
        current = "";
        title = heading.group(1) == null ? heading.group(2) : heading.group(1);
      } else {
        startedOn = startedOn == 0 ? number : startedOn;
        if (text.length() < PARAGRAPH_LENGTH_MAX) {
          text.append(text.isEmpty() ? "" : " ").append(line.strip());
        }
      }
    }

    /** A short line without a full stop is a title; one such as "Fees. The …" has both. */
    private void begin(String rest) {
      String plain = rest.replace("*", "").strip();
      startedOn = number;
      boolean top = !current.contains(".");
      if (plain.length() <= TITLE_LENGTH_MAX && !plain.matches(".*[.;,]$")) {
        title = top || title.isEmpty() ? plain : title;
        text.append(top ? "" : plain);
        return;
      }
      int stop = plain.indexOf(". ");
      boolean titled =
          stop > 0
              && stop <= TITLE_LENGTH_MAX / 2
              && plain.substring(0, stop).split(" ", -1).length <= 6;
      if (top) {
        title = titled ? plain.substring(0, stop) : "";
      }
      text.append(plain);
    }

    void end() {
      if (!text.isEmpty() && paragraphs.size() < PARAGRAPHS_MAX) {
        paragraphs.add(new Paragraph(startedOn, current, title.strip(), text.toString()));
      }
      text.setLength(0);
      startedOn = 0;
    }
  }
}
