package io.agentos.tools.marketing.copy;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many syllables an English word has, by its spelling. Words that spelling does not tell are
 * listed.
 */
final class Syllables {
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
  private static final Pattern SILENT =
      Pattern.compile(
          "[^aeiouyl]e$|[aeiouy]le$|[^aeiouylcsgzxh]es$|[aeiouy]les$|[^aeiouytd]ed$"
              + "|[^aeiouy]eless|[^aeiouy]eful|[^aeiouyl]ely$|[^aeiouy]ement");
  private static final Pattern SPLIT =
      Pattern.compile(
          "ia(?!l$|n$)|ia[ln]s?$|io(?!us|n)|iu|eo(?!u)|ua(?!r)|ue[lt]$|uou|[^q]uie"
              + "|(?<![tc])ien(?:ce|t)|ying|yer|dnt$|ism$|[aeiou]sm$|creat|react|being");
  private static final Map<String, Integer> KNOWN =
      Map.ofEntries(
          Map.entry("the", 1),
          Map.entry("people", 2),
          Map.entry("business", 2),
          Map.entry("every", 2),
          Map.entry("something", 2),
          Map.entry("someone", 2),
          Map.entry("area", 3),
          Map.entry("idea", 3),
          Map.entry("queue", 1),
          Map.entry("create", 2),
          Map.entry("created", 3),
          Map.entry("being", 2),
          Map.entry("wednesday", 2),
          Map.entry("colonel", 2),
          Map.entry("interest", 2),
          Map.entry("different", 2),
          Map.entry("evening", 2),
          Map.entry("real", 1),
          Map.entry("really", 2),
          Map.entry("ideal", 2),
          Map.entry("science", 2),
          Map.entry("variety", 4),
          Map.entry("quiet", 2),
          Map.entry("client", 2),
          Map.entry("clients", 2),
          Map.entry("poem", 2),
          Map.entry("eye", 1),
          Map.entry("eyes", 1),
          Map.entry("simile", 3),
          Map.entry("recipe", 3),
          Map.entry("cafe", 2),
          Map.entry("maybe", 2),
          Map.entry("sometimes", 2),
          Map.entry("therefore", 2),
          Map.entry("website", 2),
          Map.entry("home", 1),
          Map.entry("homepage", 2));

  private Syllables() {}

  /** From 1 up; each part of a word with hyphens counts for itself. */
  static int of(String word) {
    int sum = 0;
    for (String part : word.toLowerCase(Locale.ROOT).split("-", -1)) {
      String plain = part.replaceAll("[^a-z]", "");
      sum += plain.isEmpty() ? 0 : count(plain);
    }
    return Math.max(1, sum);
  }

  private static int count(String word) {
    Integer known = KNOWN.get(word);
    if (known != null) {
      return known;
    }
    if (word.length() <= 3) {
      return 1;
    }
    int count =
        number(VOWELS.matcher(word)) - number(SILENT.matcher(word)) + number(SPLIT.matcher(word));
    return Math.max(1, count);
  }

  private static int number(Matcher matcher) {
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }
}
