package io.agentos.runtime.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern that a tenant wrote, run by RE2/J in time linear in the text whatever it says; what RE2
 * cannot run so, such as back-references and look-around, is refused.
 *
 * <p>Immutable.
 *
 * @param name for people, such as {@code customer-number}
 */
public record CustomPattern(String name, String regex, Pattern compiled) {
  public static final int LENGTH_MAX = 500;
  public static final int NAME_MAX = 40;

  /** The longest match, in chars. */
  public static final int MATCH_MAX = 512;

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without quoting it
   */
  public static CustomPattern of(String name, String regex) {
    if (name.isEmpty() || name.length() > NAME_MAX) {
      throw new IllegalArgumentException(
          "a pattern has a name of 1 to %d characters".formatted(NAME_MAX));
    }
    if (regex.isEmpty() || regex.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "pattern '%s' must have 1 to %d characters, not %d"
              .formatted(name, LENGTH_MAX, regex.length()));
    }
    Pattern compiled;
    try {
      compiled = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern '%s' is none that runs in linear time (RE2): %s"
              .formatted(name, e.getDescription()),
          e);
    }
    if (compiled.matcher("").find()) {
      throw new IllegalArgumentException(
          "pattern '%s' matches the empty text; it must ask for at least one character"
              .formatted(name));
    }
    return new CustomPattern(name, regex, compiled);
  }

  void scan(Stretch stretch) {
    String part = stretch.text.substring(stretch.floor, stretch.to);
    Matcher matcher = compiled.matcher(part);
    int from = stretch.from - stretch.floor;
    while (from < part.length() && matcher.find(from)) {
      int begin = matcher.start();
      int end = Math.min(matcher.end(), begin + MATCH_MAX);
      if (part.substring(begin, end).chars().noneMatch(c -> Marked.is((char) c))) {
        stretch.add(SensitiveKind.PATTERN, stretch.floor + begin, stretch.floor + end);
      }
      from = Math.max(end, from + 1);
    }
  }
}
