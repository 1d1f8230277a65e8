package io.agentos.tools.code;

import io.agentos.tools.code.Syntax.Trait;

/**
 * Tells code, comments and strings of a source text apart, well enough to count braces and find
 * marks. What it misreads ends at the end of a line where the language allows.
 */
final class Masker {

  /**
   * A text split in two of the same length, with spaces where the other has its characters; line
   * ends are in both.
   *
   * @param code without comments and without what is in strings
   * @param comments the comments alone
   */
  record Masked(String code, String comments) {}

  private final String text;
  private final Syntax syntax;
  private final char[] code;
  private final char[] comments;
  private int at;

  private Masker(String text, Syntax syntax) {
    this.text = text;
    this.syntax = syntax;
    this.code = text.toCharArray();
    this.comments = new char[code.length];
    for (int i = 0; i < code.length; i++) {
      comments[i] = code[i] == '\n' ? '\n' : ' ';
    }
  }

  static Masked mask(String text, Syntax syntax) {
    return new Masker(text, syntax).run();
  }

  private Masked run() {
    boolean[] begins = beginnings(syntax);
    while (at < code.length) {
      boolean plain = code[at] >= begins.length || !begins[code[at]];
      if (plain || (!comment() && !string())) {
        at++;
      }
    }
    return new Masked(new String(code), new String(comments));
  }

  /** The characters that may begin a comment or a string: all others are passed over at once. */
  private static boolean[] beginnings(Syntax syntax) {
    boolean[] begins = new boolean[128];
    String characters =
        String.join("", syntax.lineComments())
            + syntax.blockOpen()
            + syntax.quotes()
            + syntax.longQuotes()
            + "\"'@Rr/";
    characters.chars().forEach(character -> begins[character] = true);
    return begins;
  }

  private boolean comment() {
    for (String begin : syntax.lineComments()) {
      if (text.startsWith(begin, at) && !isNoComment(begin)) {
        hide(endOfLine(at), true);
        return true;
      }
    }
    if (syntax.blockOpen().isEmpty() || !text.startsWith(syntax.blockOpen(), at)) {
      return false;
    }
    hide(endOfBlock(), true);
    return true;
  }

  /** A hash that counts, expands or begins an attribute. */
  private boolean isNoComment(String begin) {
    if (!begin.equals("#")) {
      return false;
    }
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return before == '$' || before == '{' || after == '{' || after == '[';
  }

  private int endOfBlock() {
    String close = syntax.blockClose();
    boolean nested = syntax.has(Trait.NESTED_COMMENTS);
    int depth = 0;
    int end = at;
    while (end < text.length()) {
      if (text.startsWith(close, end)) {
        depth--;
        end += close.length();
        if (depth <= 0) {
          return end;
        }
      } else if (text.startsWith(syntax.blockOpen(), end) && (nested || depth == 0)) {
        depth++;
        end += syntax.blockOpen().length();
      } else {
        end++;
      }
    }
    return end;
  }

  private boolean string() {
    char first = text.charAt(at);
    int end = special(first);
    if (end < 0 && syntax.longQuotes().indexOf(first) >= 0) {
      boolean plain = first == '`' && syntax.has(Trait.PLAIN_BACKTICKS);
      end = endOfString(first, true, !plain);
    }
    if (end < 0 && syntax.quotes().indexOf(first) >= 0) {
      end = endOfString(first, false, true);
    }
    if (end < 0) {
      return false;
    }
    hide(end, false);
    return true;
  }

  /** The end of a string that only some languages have, or -1. */
  private int special(char first) {
    return switch (first) {
      case '"', '\'' -> {
        String triple = String.valueOf(first).repeat(3);
        if (syntax.has(Trait.TRIPLE_QUOTES) && text.startsWith(triple, at)) {
          yield after(triple, at + 3);
        }
        yield first == '\'' && syntax.has(Trait.LIFETIMES) ? endOfCharacter() : -1;
      }
      case '@' ->
          syntax.has(Trait.VERBATIM) && text.startsWith("@\"", at) ? after("\"", at + 2) : -1;
      case 'R' -> syntax.has(Trait.CPP_RAW) ? endOfCppRaw() : -1;
      case 'r' -> syntax.has(Trait.RUST_RAW) ? endOfRustRaw() : -1;
      case '/' -> syntax.has(Trait.REGEX_LITERALS) && isValueExpected() ? endOfRegex() : -1;
      default -> -1;
    };
  }

  private int after(String close, int from) {
    int end = text.indexOf(close, from);
    return end < 0 ? text.length() : end + close.length();
  }

  private int endOfString(char quote, boolean overLines, boolean backslash) {
    for (int end = at + 1; end < text.length(); end++) {
      char character = text.charAt(end);
      if (character == '\\' && backslash) {
        end++;
      } else if (character == quote) {
        return end + 1;
      } else if (character == '\n' && !overLines) {
        return end;
      }
    }
    return text.length();
  }

  private int endOfCharacter() {
    int end = at + 1;
    if (end < text.length() && text.charAt(end) == '\\') {
      int close = text.indexOf('\'', end + 2);
      return close < 0 || close > end + 12 ? -1 : close + 1;
    }
    return end + 1 < text.length() && text.charAt(end + 1) == '\'' ? end + 2 : -1;
  }

  private int endOfCppRaw() {
    int open = text.startsWith("R\"", at) ? text.indexOf('(', at) : -1;
    if (open < 0 || open - at > 20) {
      return -1;
    }
    return after(")" + text.substring(at + 2, open) + "\"", open);
  }

  private int endOfRustRaw() {
    int quote = at + 1;
    while (quote < text.length() && text.charAt(quote) == '#') {
      quote++;
    }
    boolean begins = quote < text.length() && text.charAt(quote) == '"' && !isInName();
    return begins ? after("\"" + "#".repeat(quote - at - 1), quote + 1) : -1;
  }

  private boolean isInName() {
    return at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1));
  }

  private boolean isValueExpected() {
    int before = at - 1;
    while (before >= 0 && (code[before] == ' ' || code[before] == '\t')) {
      before--;
    }
    if (before < 0 || "(,=:[!&|?{};+-*%<>~^\n".indexOf(code[before]) >= 0) {
      return true;
    }
    return before >= 5 && new String(code, before - 5, 6).equals("return");
  }

  private int endOfRegex() {
    boolean inClass = false;
    for (int end = at + 1; end < text.length() && text.charAt(end) != '\n'; end++) {
      switch (text.charAt(end)) {
        case '\\' -> end++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '/' -> {
          if (!inClass) {
            return end + 1;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Takes everything up to {@code end} out of the code; a string leaves its first character. */
  private void hide(int end, boolean comment) {
    for (int i = at; i < end; i++) {
      if (code[i] != '\n') {
        comments[i] = comment ? code[i] : ' ';
        code[i] = ' ';
      }
    }
    if (!comment && at < end && code[at] != '\n') {
      code[at] = '"';
    }
    at = end;
  }
}
