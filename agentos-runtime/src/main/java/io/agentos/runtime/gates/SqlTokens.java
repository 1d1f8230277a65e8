package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Splits SQL into statements of words as PostgreSQL reads it: texts, quoted names, comments and
 * dollar quoting are passed over. What other databases would read differently, so that a statement
 * could hide, cannot be split: a backslash before a quote, {@code #}, a comment within a comment,
 * {@code /*!}, {@code --} without a space, anything that does not end.
 */
final class SqlTokens {
  private final String sql;
  private final List<List<String>> statements = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private boolean any;
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  /** The unquoted words of each statement, in capitals; empty when it cannot be told for sure. */
  static Optional<List<List<String>>> statements(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    while (tokens.at < sql.length()) {
      if (!tokens.next()) {
        return Optional.empty();
      }
    }
    tokens.endStatement();
    return Optional.of(tokens.statements);
  }

  /** Reads one token; false when there is none that all databases agree on. */
  private boolean next() {
    char c = sql.charAt(at);
    if (c == ';') {
      endStatement();
      at++;
      return true;
    }
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      at++;
      return true;
    }
    if (c == '-' && follows("--")) {
      return lineComment();
    }
    if (c == '/' && follows("/*")) {
      return blockComment();
    }
    any = true;
    return switch (c) {
      case '\'' -> quoted('\'') && words.add("'");
      case '"' -> quoted('"') && words.add("\"");
      case '$' -> dollar();
      case '#', '\\', '`' -> false;
      default -> isWord(c) ? word() : sign(c);
    };
  }

  private boolean sign(char c) {
    at++;
    if (c == '(') {
      words.add("(");
    }
    return c > ' ' && c < 0x7F;
  }

  private boolean word() {
    int begin = at;
    while (at < sql.length() && (isWord(sql.charAt(at)) || sql.charAt(at) == '$')) {
      at++;
    }
    words.add(sql.substring(begin, at).toUpperCase(Locale.ROOT));
    return true;
  }

  /** A text or a quoted name; a doubled quote belongs to it. */
  private boolean quoted(char quote) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      boolean escaped = c == '\\' && at + 1 < sql.length() && sql.charAt(at + 1) == quote;
      if (escaped || c == 0) {
        return false;
      }
      at++;
      if (c == quote) {
        if (at < sql.length() && sql.charAt(at) == quote) {
          at++;
        } else {
          return true;
        }
      }
    }
    return false;
  }

  /** A text between two equal tags, a parameter such as {@code $1}, or neither. */
  private boolean dollar() {
    int end = at + 1;
    while (end < sql.length() && isWord(sql.charAt(end))) {
      end++;
    }
    boolean parameter = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
    if (parameter) {
      at = end;
      return sql.substring(at, Math.min(sql.length(), at + 1)).chars().noneMatch(c -> c == '$');
    }
    if (end >= sql.length() || sql.charAt(end) != '$') {
      return false;
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    if (close < 0) {
      return false;
    }
    at = close + tag.length();
    words.add("'");
    return true;
  }

  private boolean lineComment() {
    if (at + 2 < sql.length() && !Character.isWhitespace(sql.charAt(at + 2))) {
      return false;
    }
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return true;
  }

  private boolean blockComment() {
    int end = sql.indexOf("*/", at + 2);
    int inner = sql.indexOf("/*", at + 2);
    if (end < 0 || (inner >= 0 && inner < end) || (at + 2 < sql.length() && isHint(at + 2))) {
      return false;
    }
    at = end + 2;
    return true;
  }

  /** What MySQL and others run though it looks like a comment. */
  private boolean isHint(int index) {
    return sql.charAt(index) == '!' || sql.charAt(index) == '+' || sql.startsWith("M!", index);
  }

  private boolean follows(String text) {
    return sql.startsWith(text, at);
  }

  private void endStatement() {
    if (any) {
      statements.add(words);
    }
    words = new ArrayList<>();
    any = false;
  }

  private static boolean isWord(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
  }
}
