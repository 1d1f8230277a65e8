package io.agentos.runtime.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a task's text, in which keywords are looked for. A word is a run of letters and
 * digits, upper and lower case are the same, and only the beginning of a long text is read.
 */
final class TaskText {
  static final int LENGTH_MAX = 20_000;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final List<String> words;
  private final Map<String, List<Integer>> places = new HashMap<>();

  TaskText(String text) {
    words = words(text.substring(0, Math.min(LENGTH_MAX, text.length())));
    for (int i = 0; i < words.size(); i++) {
      places.computeIfAbsent(words.get(i), _ -> new ArrayList<>()).add(i);
    }
  }

  /** How many words the keyword has if they occur one after the other; otherwise 0. */
  int score(String keyword) {
    List<String> wanted = words(keyword);
    if (wanted.isEmpty()) {
      return 0;
    }
    for (int place : places.getOrDefault(wanted.getFirst(), List.of())) {
      int end = place + wanted.size();
      if (end <= words.size() && words.subList(place, end).equals(wanted)) {
        return wanted.size();
      }
    }
    return 0;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}
