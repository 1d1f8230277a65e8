package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.gates.MarkdownText.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How easy English prose is to read.
 *
 * <p>Reading ease: 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch, "A new
 * readability yardstick", Journal of Applied Psychology 32, 1948). Grade: 0.39 words/sentences +
 * 11.8 syllables/words - 15.59 (Kincaid and others, Naval Technical Training Command, Research
 * Branch Report 8-75, 1975). Syllables are counted as groups of vowels, which is right for about
 * nine words of ten.
 */
record ReadabilityCheck(GateCheck.Readability options) implements Check {
  /** Of fewer words, the figures mean nothing. */
  private static final int WORDS_MIN = 20;

  private static final String VOWELS = "aeiouy";

  /** What the formulas are made of. */
  record Counts(int words, int sentences, int syllables, int foreign) {
    double ease() {
      return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words;
    }

    double grade() {
      return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    }
  }

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return checkpoint instanceof Checkpoint.BeforeOutput before
        ? consequence.of(findings(count(before.output().text())))
        : GateResult.PASS;
  }

  private List<String> findings(Counts counts) {
    if (counts.words() + counts.foreign() < WORDS_MIN) {
      return List.of();
    }
    if (counts.foreign() > counts.words()) {
      return List.of(
          "More than half of the words are not of Latin letters; the answer must be English.");
    }
    List<String> findings = new ArrayList<>();
    between(findings, "reading ease (Flesch)", counts.ease(), options.easeMin(), options.easeMax());
    between(
        findings, "grade (Flesch-Kincaid)", counts.grade(), options.gradeMin(), options.gradeMax());
    return findings;
  }

  private static void between(
      List<String> findings,
      String what,
      double found,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max) {
    if (min != null && found < min.doubleValue()) {
      findings.add(
          String.format(Locale.ROOT, "The %s is %.1f; at least %s is wanted.", what, found, min));
    }
    if (max != null && found > max.doubleValue()) {
      findings.add(
          String.format(Locale.ROOT, "The %s is %.1f; at most %s is allowed.", what, found, max));
    }
  }

  /** The counts of the prose of a Markdown text: without headings, code, tables and addresses. */
  static Counts count(String text) {
    int words = 0;
    int syllables = 0;
    int foreign = 0;
    int sentences = 0;
    boolean open = false;
    for (MarkdownText.Line line : MarkdownText.of(text).lines()) {
      if (line.kind() != Kind.TEXT || line.text().stripLeading().startsWith("|")) {
        sentences += open ? 1 : 0;
        open = false;
        continue;
      }
      for (String token : line.text().strip().split("\\s", -1)) {
        String word = word(token);
        if (token.contains("://") || word.isEmpty()) {
          continue;
        }
        if (word.chars().allMatch(c -> c < 0x250)) {
          words++;
          syllables += syllables(word);
        } else {
          foreign++;
        }
        open = !ends(token);
        sentences += open ? 0 : 1;
      }
    }
    return new Counts(words, Math.max(1, sentences + (open ? 1 : 0)), syllables, foreign);
  }

  private static String word(String token) {
    StringBuilder word = new StringBuilder();
    token.codePoints().filter(Character::isLetter).forEach(word::appendCodePoint);
    return word.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean ends(String token) {
    int last = token.length() - 1;
    while (last > 0 && "\"')]*_’”".indexOf(token.charAt(last)) >= 0) {
      last--;
    }
    return ".!?".indexOf(token.charAt(last)) >= 0;
  }

  private static int syllables(String word) {
    int groups = 0;
    boolean within = false;
    for (int i = 0; i < word.length(); i++) {
      boolean vowel = VOWELS.indexOf(word.charAt(i)) >= 0;
      groups += vowel && !within ? 1 : 0;
      within = vowel;
    }
    boolean silent = word.endsWith("e") && !word.endsWith("le") && groups > 1;
    return Math.max(1, groups - (silent ? 1 : 0));
  }
}
