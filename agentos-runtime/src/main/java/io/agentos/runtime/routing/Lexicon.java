package io.agentos.runtime.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the router knows of English: words that say nothing of what a task is about, and words that
 * stand for others. Read from {@code silent.txt} and {@code synonyms.txt} beside this class.
 *
 * <p>Immutable and thread-safe.
 */
final class Lexicon {
  private static final Pattern SPACES = Pattern.compile(" +");

  /** That of this installation. */
  static final Lexicon ENGLISH = new Lexicon(lines("silent.txt"), lines("synonyms.txt"));

  private final Set<String> silent = new HashSet<>();
  private final Map<String, String> heads = new HashMap<>();

  /**
   * @param silent lines of words
   * @param synonyms lines of words that mean the same, the first for all of them
   */
  Lexicon(List<String> silent, List<String> synonyms) {
    silent.forEach(line -> this.silent.addAll(words(line)));
    for (String line : synonyms) {
      List<String> words = words(line);
      for (String word : words) {
        heads.put(word, Stemmer.stem(words.getFirst()));
        heads.put(Stemmer.stem(word), Stemmer.stem(words.getFirst()));
      }
    }
  }

  /** How a word in lower case is compared; empty for one that says nothing. */
  String stem(String word) {
    if (silent.contains(word)) {
      return "";
    }
    String head = heads.get(word);
    if (head != null) {
      return head;
    }
    String stem = Stemmer.stem(word);
    return heads.getOrDefault(stem, stem);
  }

  private static List<String> words(String line) {
    return SPACES.splitAsStream(line).toList();
  }

  private static List<String> lines(String name) {
    try (InputStream file = Lexicon.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
