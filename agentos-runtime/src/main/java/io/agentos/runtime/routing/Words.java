package io.agentos.runtime.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text, as the router compares them: runs of letters and digits, upper and lower
 * case the same, without the words that say nothing in English, each by its stem or the word it
 * stands for.
 *
 * <p>Pure and thread-safe.
 */
final class Words {
  /** Longer runs are no words, but keys and hashes. */
  private static final int WORD_LENGTH_MAX = 40;

  private final Lexicon lexicon;

  Words(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /**
   * A word as it was written and as it is compared.
   *
   * @param stem empty for a word that says nothing
   */
  record Word(String written, String stem) {
    boolean silent() {
      return stem.isEmpty();
    }
  }

  /** The first words of a text, in order, those that say nothing among them. */
  List<Word> of(String text, int max) {
    List<Word> words = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= text.length() && words.size() < max; i++) {
      boolean part = i < text.length() && part(text.charAt(i));
      if (part && begin < 0) {
        begin = i;
      } else if (!part && begin >= 0) {
        add(words, text, begin, i);
        begin = -1;
      }
    }
    return words;
  }

  private void add(List<Word> words, String text, int begin, int end) {
    if (end - begin <= WORD_LENGTH_MAX) {
      String written = text.substring(begin, end).toLowerCase(Locale.ROOT);
      words.add(new Word(written, number(written) ? "" : lexicon.stem(written)));
    }
  }

  /** Numbers are what a task is given, not what it is about. */
  private static boolean number(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  /** Letters beyond the basic plane count by their halves, which belong together. */
  private static boolean part(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }
}
