package io.agentos.tools.marketing.copy;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sentence.
 *
 * @param from where it begins in its paragraph
 * @param words letters and digits with the apostrophes and hyphens in them
 */
record Sentence(String text, Prose.Paragraph paragraph, int from, List<String> words) {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}]+(?:['’\\-.,][\\p{L}\\p{N}]+)*");
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?:^|\\s)(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\\.g|i\\.e|cf|approx|No|Inc|Ltd|Co|a\\.m|p\\.m|U\\.S|U\\.K)\\.$");

  /** The sentences of a paragraph. */
  static List<Sentence> in(Prose.Paragraph paragraph) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(paragraph.text());
    List<Sentence> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String text = paragraph.text().substring(from, to).strip();
      boolean goesOn = to < paragraph.text().length() && ABBREVIATION.matcher(text).find();
      if (!goesOn) {
        List<String> words = words(text);
        if (!words.isEmpty()) {
          sentences.add(new Sentence(text, paragraph, from, words));
        }
        from = to;
      }
    }
    return sentences;
  }

  /** The line in which it begins. */
  int line() {
    return lineAt(0);
  }

  /** The line of a place in it. */
  int lineAt(int index) {
    return paragraph.lineAt(from + index);
  }

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}
