package io.agentos.tools.sql.structure;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query with its parameters as Postgres writes them.
 *
 * @param sql with {@code $1} and so on
 * @param count of the parameters
 */
record Parameters(String sql, int count) {
  private static final int COUNT_MAX = 1_000;

  /** The query as it is; a question mark is an operator. */
  static Parameters numbered(String query) {
    int highest = 0;
    for (SqlToken token : SqlLexer.tokens(query)) {
      String text = query.substring(token.start(), token.end());
      if (token.kind() == Kind.NUMBER && text.matches("\\$\\d{1,4}")) {
        highest = Math.max(highest, Integer.parseInt(text.substring(1)));
      }
    }
    return new Parameters(query, Math.min(COUNT_MAX, highest));
  }

  /**
   * The query with {@code :name}, or else {@code ?}, as drivers write them, in place of numbers.
   * Beside names a question mark stays an operator.
   */
  static Parameters named(String query) {
    StringBuilder text = new StringBuilder();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int copied = 0;
    List<SqlToken> tokens = SqlLexer.tokens(query);
    boolean names = false;
    for (int i = 0; i < tokens.size(); i++) {
      names |= isNamed(query, tokens, i);
    }
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      boolean mark = !names && token.kind() == Kind.SYMBOL && query.charAt(token.start()) == '?';
      boolean named = isNamed(query, tokens, i);
      if (mark || named) {
        int end = named ? tokens.get(i + 1).end() : token.end();
        String name = mark ? "?" + i : query.substring(token.start(), end);
        int number = numbers.computeIfAbsent(name, key -> numbers.size() + 1);
        text.append(query, copied, token.start()).append('$').append(number);
        copied = end;
      }
    }
    return new Parameters(text.append(query.substring(copied)).toString(), numbers.size());
  }

  /** Whether a colon with a name right behind it stands here, and no cast. */
  private static boolean isNamed(String query, List<SqlToken> tokens, int i) {
    return query.charAt(tokens.get(i).start()) == ':'
        && i + 1 < tokens.size()
        && tokens.get(i + 1).kind() == Kind.WORD
        && tokens.get(i + 1).start() == tokens.get(i).end()
        && (i == 0 || query.charAt(tokens.get(i - 1).start()) != ':');
  }
}
