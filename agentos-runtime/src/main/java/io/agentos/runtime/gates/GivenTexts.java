package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be trusted: the caller's texts, whole and word by word, and the definition's. An input
 * that a stranger may have written is nobody's word.
 */
record GivenTexts(Set<String> wholes, Set<String> words, List<String> texts) {
  /** A value of several words is looked for in the texts; a longer one is not. */
  private static final int WORDS_LENGTH_MAX = 256;

  private static final String OPENING = "<([{\"'`,;|=";
  private static final String CLOSING = ">)]}\"'`,;|";
  private static final String SENTENCE = ".!?:";

  static GivenTexts of(Checkpoint.BeforeTool before) {
    Set<String> wholes = new HashSet<>();
    Set<String> words = new HashSet<>();
    List<String> texts = new ArrayList<>();
    before.seen().declared().forEach(text -> wholes.add(plain(text)));
    boolean own = before.request().mandate().taint().isEmpty();
    for (CheckpointTexts.Place place :
        own ? CheckpointTexts.input(before) : List.<CheckpointTexts.Place>of()) {
      String text = plain(place.text());
      wholes.add(text);
      texts.add(text);
      for (String word : text.split("[\\s<>()\\[\\]{}\"'`,;|]+", -1)) {
        words.add(word);
        words.add(withoutEnd(word));
      }
    }
    return new GivenTexts(wholes, words, texts);
  }

  boolean holds(String value) {
    if (wholes.contains(value) || words.contains(value)) {
      return true;
    }
    boolean several = value.chars().anyMatch(Character::isWhitespace);
    return several
        && value.length() <= WORDS_LENGTH_MAX
        && texts.stream().anyMatch(text -> stands(value, text));
  }

  private static String withoutEnd(String word) {
    int end = word.length();
    while (end > 0 && SENTENCE.indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  private static boolean stands(String value, String text) {
    for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      if (opens(text, at - 1) && closes(text, at + value.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean opens(String text, int index) {
    return index < 0
        || Character.isWhitespace(text.charAt(index))
        || OPENING.indexOf(text.charAt(index)) >= 0;
  }

  private static boolean closes(String text, int index) {
    int next = index;
    while (next < text.length() && SENTENCE.indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next >= text.length()
        || Character.isWhitespace(text.charAt(next))
        || CLOSING.indexOf(text.charAt(next)) >= 0;
  }

  /** In lower case as far as it is ASCII, without white space around. */
  static String plain(String text) {
    String bare = text.strip();
    StringBuilder plain = new StringBuilder(bare.length());
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      plain.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return plain.toString();
  }
}
