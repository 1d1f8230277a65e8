package io.agentos.tools.sql.script;

/**
 * One token of SQL text, by its place in that text.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 */
public record SqlToken(Kind kind, int start, int end) {

  /** What a token is. */
  public enum Kind {
    /** A key word or an unquoted name. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    /** A text in single quotes or between dollar tags. */
    TEXT,
    /** A number or a parameter such as {@code $1}. */
    NUMBER,
    /** One character of punctuation. */
    SYMBOL,
    /** Nothing is left. */
    END
  }
}
