package io.agentos.tools.findings;

import io.agentos.tools.files.Printable;
import java.util.List;

/** Words and names as they stand on a page of Markdown. */
public final class Words {
  private static final int CODE_LENGTH_MAX = 120;

  private Words() {}

  /** A number with its noun, such as {@code 1,204 lines}. */
  public static String count(long number, String one, String many) {
    return Printable.number(number) + " " + (number == 1 ? one : many);
  }

  /** A number with a noun whose plural ends in s. */
  public static String count(long number, String one) {
    return count(number, one, one + "s");
  }

  /** A name or a short text as code, which it cannot end. */
  public static String code(String text) {
    return "`" + Printable.line(text, CODE_LENGTH_MAX).replace('`', '\'') + "`";
  }

  /** Names with commas and an "and", at most {@code max} of them. */
  public static String list(List<String> names, int max) {
    int more = names.size() - max;
    if (more > 0) {
      return String.join(", ", names.subList(0, max)) + " and " + Printable.number(more) + " more";
    }
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
