package io.agentos.tools.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A line that can be looked at only so often: how a search bounds what a regular expression costs.
 *
 * <p>A matcher that tries too many ways meets the bound and is stopped. Repetitions of nothing look
 * at no character and would escape; {@link #compile} refuses the patterns that could.
 */
final class GuardedLine implements CharSequence {
  /** How often a matcher may look at a character of one line. */
  static final int LOOKS_MAX = 2_000_000;

  private static final long REPETITIONS_MAX = 10_000;
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,18})(?:,(\\d{0,18}))?");
  private static final Pattern COMMENTS_FLAG = Pattern.compile("\\(\\?[a-zA-Z-]*x");

  private final String line;
  private int looks;

  private GuardedLine(String line) {
    this.line = line;
  }

  /** How a line and a pattern went together. */
  enum Found {
    YES,
    NO,
    /** Stopped: this pattern is too expensive on this line. */
    GIVEN_UP
  }

  /**
   * Compiles a pattern that this guard can stop.
   *
   * @throws PatternSyntaxException when it is no pattern, or one that cannot be stopped
   */
  static Pattern compile(String pattern, boolean ignoreCase) {
    if (COMMENTS_FLAG.matcher(pattern).find()) {
      throw new PatternSyntaxException("the flag x is not supported", pattern, -1);
    }
    long repetitions = 1;
    Matcher counts = REPETITION.matcher(pattern);
    while (counts.find() && repetitions <= REPETITIONS_MAX) {
      long most = Math.max(number(counts.group(1)), number(counts.group(2)));
      repetitions *= Math.clamp(most, 1, REPETITIONS_MAX + 1);
    }
    if (repetitions > REPETITIONS_MAX) {
      throw new PatternSyntaxException(
          "its {counts} multiply to more than %d".formatted(REPETITIONS_MAX), pattern, -1);
    }
    int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(pattern, flags);
  }

  private static long number(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** Whether a pattern from {@link #compile} is found in a line. */
  static Found find(Pattern pattern, String line) {
    try {
      return pattern.matcher(new GuardedLine(line)).find() ? Found.YES : Found.NO;
    } catch (TooManyLooks | StackOverflowError e) {
      return Found.GIVEN_UP;
    }
  }

  /** Comes out of the middle of a matcher, where no value can be returned. */
  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super("too many looks", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    looks++;
    if (looks > LOOKS_MAX) {
      throw new TooManyLooks();
    }
    return line.charAt(index);
  }

  @Override
  public int length() {
    return line.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return line.subSequence(start, end);
  }

  @Override
  public String toString() {
    return line;
  }
}
