package io.agentos.tools.marketing.copy;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Counts of a text, and the formulas of readability made of them.
 *
 * @param letters letters and digits
 * @param hardWords words of three syllables or more
 */
record Figures(int sentences, int words, int letters, int syllables, int hardWords) {
  /** Words per minute of silent reading in English: Brysbaert 2019. */
  private static final double WORDS_PER_MINUTE = 238;

  /** How many sentences SMOG needs. */
  private static final int SMOG_SENTENCES_MIN = 30;

  static Figures of(List<Sentence> sentences) {
    int words = 0;
    int letters = 0;
    int syllables = 0;
    int hardWords = 0;
    for (Sentence sentence : sentences) {
      for (String word : sentence.words()) {
        int parts = Syllables.of(word);
        words++;
        letters += (int) word.chars().filter(Character::isLetterOrDigit).count();
        syllables += parts;
        hardWords += parts >= 3 && isHard(word) ? 1 : 0;
      }
    }
    return new Figures(sentences.size(), words, letters, syllables, hardWords);
  }

  /** Names and words with hyphens are not hard; nor is what only an ending makes long. */
  private static boolean isHard(String word) {
    boolean name = Character.isUpperCase(word.charAt(0));
    String plain = word.toLowerCase(Locale.ROOT).replaceAll("(?:es|ed|ing)$", "");
    return !name && word.indexOf('-') < 0 && Syllables.of(plain) >= 3;
  }

  private double sentenceWords() {
    return words / (double) Math.max(1, sentences);
  }

  private double wordSyllables() {
    return syllables / (double) Math.max(1, words);
  }

  /** Flesch 1948: 0 to 100, higher is easier. */
  double readingEase() {
    return 206.835 - 1.015 * sentenceWords() - 84.6 * wordSyllables();
  }

  /** Flesch and Kincaid 1975: years of school in the United States. */
  double fleschKincaid() {
    return 0.39 * sentenceWords() + 11.8 * wordSyllables() - 15.59;
  }

  /** Gunning 1952. */
  double fog() {
    return 0.4 * (sentenceWords() + 100.0 * hardWords / Math.max(1, words));
  }

  /** Coleman and Liau 1975. */
  double colemanLiau() {
    double per100 = 100.0 / Math.max(1, words);
    return 0.0588 * letters * per100 - 0.296 * sentences * per100 - 15.8;
  }

  /** Automated Readability Index, Smith and Senter 1967. */
  double automated() {
    return 4.71 * letters / Math.max(1, words) + 0.5 * sentenceWords() - 21.43;
  }

  /** McLaughlin 1969; empty below thirty sentences, where it does not hold. */
  OptionalDouble smog() {
    return sentences < SMOG_SENTENCES_MIN
        ? OptionalDouble.empty()
        : OptionalDouble.of(1.0430 * Math.sqrt(hardWords * 30.0 / sentences) + 3.1291);
  }

  /** How long the text takes to read, in seconds. */
  long readingSeconds() {
    return Math.round(words / WORDS_PER_MINUTE * 60);
  }

  double averageSentence() {
    return sentenceWords();
  }
}
