package io.agentos.tools.sql.script;

import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks over SQL text token by token and skips white space and comments, nested ones too.
 *
 * <p>What is left open (a quote, a comment) reaches to the end of the text: the server complains
 * about it with better words. One thread at a time.
 */
public final class SqlLexer {
  private final String sql;
  private int at;

  public SqlLexer(String sql) {
    this.sql = sql;
  }

  /** All tokens of {@code sql} without the final {@code END}. */
  public static List<SqlToken> tokens(String sql) {
    SqlLexer lexer = new SqlLexer(sql);
    List<SqlToken> tokens = new ArrayList<>();
    for (SqlToken token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  /** The next token; {@code END} again and again when nothing is left. */
  public SqlToken next() {
    skipBlanksAndComments();
    int start = at;
    if (at >= sql.length()) {
      return new SqlToken(Kind.END, start, start);
    }
    Kind kind = scan();
    return new SqlToken(kind, start, at);
  }

  /** Goes on behind the current line; returns what was left of it. */
  String restOfLine() {
    int start = at;
    int end = sql.indexOf('\n', at);
    at = end < 0 ? sql.length() : end + 1;
    return sql.substring(start, end < 0 ? sql.length() : end);
  }

  boolean atEnd() {
    return at >= sql.length();
  }

  private Kind scan() {
    char first = sql.charAt(at);
    if (startsWord(first)) {
      return word(first);
    }
    if (first == '\'') {
      at = quoted(at, '\'', false);
      return Kind.TEXT;
    }
    if (first == '"') {
      at = quoted(at, '"', false);
      return Kind.QUOTED_NAME;
    }
    if (first == '$') {
      return dollar();
    }
    if (isDigit(first)) {
      at = endOfWord(at + 1);
      return Kind.NUMBER;
    }
    at++;
    return Kind.SYMBOL;
  }

  /** A word, unless it is the letter before a text such as {@code E'\n'}. */
  private Kind word(char first) {
    int start = at;
    at = endOfWord(at + 1);
    boolean oneLetter = at == start + 1;
    if (oneLetter && "eEbBxXnN".indexOf(first) >= 0 && sql.startsWith("'", at)) {
      at = quoted(at, '\'', first == 'e' || first == 'E');
      return Kind.TEXT;
    }
    return Kind.WORD;
  }

  /** The offset behind the quoted text that starts at {@code from}. */
  private int quoted(int from, char quote, boolean backslashEscapes) {
    int i = from + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (backslashEscapes && c == '\\') {
        i += 2;
      } else if (c != quote) {
        i++;
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return sql.length();
  }

  private Kind dollar() {
    int i = at + 1;
    while (i < sql.length() && (continuesWord(sql.charAt(i)) && sql.charAt(i) != '$')) {
      i++;
    }
    boolean tagged = i < sql.length() && sql.charAt(i) == '$' && !isDigit(sql.charAt(at + 1));
    if (!tagged) {
      at = i;
      return i == at + 1 ? Kind.SYMBOL : Kind.NUMBER;
    }
    String tag = sql.substring(at, i + 1);
    int close = sql.indexOf(tag, i + 1);
    at = close < 0 ? sql.length() : close + tag.length();
    return Kind.TEXT;
  }

  private void skipBlanksAndComments() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '\uFEFF') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", at)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipBlockComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    at = Math.min(at, sql.length());
  }

  private int endOfWord(int from) {
    int i = from;
    while (i < sql.length() && continuesWord(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean startsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean continuesWord(char c) {
    return startsWord(c) || isDigit(c) || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
