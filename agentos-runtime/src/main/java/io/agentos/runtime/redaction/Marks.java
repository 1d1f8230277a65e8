package io.agentos.runtime.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stands in the place of something that was taken out. A mark is never looked into again, so
 * that what was redacted stays as it is however often it passes.
 */
public final class Marks {
  /** What a mark in brackets begins with. */
  private static final String REDACTED = "[redacted: ";

  static final String REMOVED = "[removed]";

  /** How many hexadecimal digits a token or hash has. */
  public static final int DIGITS = 16;

  private static final int LENGTH_MAX = 48;
  private static final List<String> FIXED = fixed();

  private Marks() {}

  /** {@code [redacted: a card number]}. */
  public static String redacted(SensitiveKind kind) {
    return REDACTED + kind.what() + "]";
  }

  /** {@code <EMAIL_3f9c…>}: a token, from which the value can be had again. */
  public static String token(SensitiveKind kind, String digits) {
    return "<" + kind.name() + "_" + digits + ">";
  }

  /** {@code <EMAIL#3f9c…>}: a hash. */
  public static String hash(SensitiveKind kind, String digits) {
    return "<" + kind.name() + "#" + digits + ">";
  }

  /** The longest mark, in chars. */
  public static int lengthMax() {
    return LENGTH_MAX;
  }

  /**
   * Where the mark ends that begins at {@code index}.
   *
   * @param end where the text ends so far
   * @return 0 where none begins; -1 where one may begin and the text ends before it can be told
   */
  public static int end(CharSequence text, int index, int end) {
    char first = text.charAt(index);
    if (first == '[') {
      return fixedEnd(text, index, end);
    }
    return first == '<' ? codedEnd(text, index, end) : 0;
  }

  private static int fixedEnd(CharSequence text, int index, int end) {
    boolean cut = false;
    for (String mark : FIXED) {
      int same = 0;
      while (same < mark.length()
          && index + same < end
          && text.charAt(index + same) == mark.charAt(same)) {
        same++;
      }
      if (same == mark.length()) {
        return index + same;
      }
      cut |= index + same == end;
    }
    return cut ? -1 : 0;
  }

  private static int codedEnd(CharSequence text, int index, int end) {
    int i = index + 1;
    while (i < end && i - index <= 12 && (isCapital(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    if (i < end && text.charAt(i) == '#') {
      i++;
    }
    int digits = 0;
    while (i < end && digits < DIGITS && isHex(text.charAt(i))) {
      i++;
      digits++;
    }
    if (i == end) {
      return -1;
    }
    boolean whole = digits == DIGITS && text.charAt(i) == '>' && isKind(text, index + 1);
    return whole ? i + 1 : 0;
  }

  private static boolean isKind(CharSequence text, int from) {
    for (SensitiveKind kind : SensitiveKind.values()) {
      String name = kind.name();
      int after = from + name.length();
      if (after < text.length()
          && CharSequence.compare(text.subSequence(from, after), name) == 0
          && (text.charAt(after) == '_' || text.charAt(after) == '#')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static List<String> fixed() {
    List<String> fixed = new ArrayList<>();
    fixed.add(REMOVED);
    for (SensitiveKind kind : SensitiveKind.values()) {
      fixed.add(redacted(kind));
    }
    return List.copyOf(fixed);
  }

  /** A kind as rules and reports name it: {@code birth_date}. */
  public static String name(SensitiveKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
