package io.agentos.tools.design.css;

import java.util.ArrayList;
import java.util.List;

/** Pieces of CSS text, with strings, brackets and escapes kept whole. */
public final class CssText {
  private CssText() {}

  /** The parts between a character that stands outside of brackets and strings, stripped. */
  public static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      int next = skip(text, at);
      if (next == at + 1 && text.charAt(at) == separator) {
        parts.add(text.substring(from, at).strip());
        from = next;
      }
      at = next;
    }
    parts.add(text.substring(from).strip());
    return parts;
  }

  /** The words between white space outside of brackets and strings. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = -1;
    int at = 0;
    while (at < text.length()) {
      boolean blank = Character.isWhitespace(text.charAt(at));
      if (blank && from >= 0) {
        words.add(text.substring(from, at));
        from = -1;
      } else if (!blank && from < 0) {
        from = at;
      }
      at = blank ? at + 1 : skip(text, at);
    }
    if (from >= 0) {
      words.add(text.substring(from));
    }
    return words;
  }

  /**
   * The index behind what begins here: a whole string, a whole bracket with what is in it, an
   * escape, or one character.
   */
  public static int skip(String text, int at) {
    char first = text.charAt(at);
    if (first == '"' || first == '\'') {
      return skipString(text, at);
    }
    if (first == '\\') {
      return Math.min(text.length(), at + 2);
    }
    if (first != '(' && first != '[' && first != '{') {
      return at + 1;
    }
    int depth = 0;
    int next = at;
    while (next < text.length()) {
      char one = text.charAt(next);
      if (one == '"' || one == '\'') {
        next = skipString(text, next);
        continue;
      }
      if (one == '\\') {
        next = Math.min(text.length(), next + 2);
        continue;
      }
      depth += one == '(' || one == '[' || one == '{' ? 1 : 0;
      depth -= one == ')' || one == ']' || one == '}' ? 1 : 0;
      next++;
      if (depth == 0) {
        return next;
      }
    }
    return text.length();
  }

  private static int skipString(String text, int at) {
    char quote = text.charAt(at);
    int next = at + 1;
    while (next < text.length()) {
      char one = text.charAt(next);
      if (one == '\\') {
        next += 2;
        continue;
      }
      next++;
      if (one == quote || one == '\n') {
        return next;
      }
    }
    return text.length();
  }

  /** Whether a character can stand in a name. */
  public static boolean isName(char one) {
    return Character.isLetterOrDigit(one) || one == '-' || one == '_' || one > 127;
  }
}
