package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a statement is about, by its first words.
 *
 * @param words the first key words and names, upper case; names in quotes keep theirs
 * @param created the name of what a CREATE makes, as Postgres sees it; empty for others
 * @param changesOwner whether it ends in OWNER TO and a role
 */
record StatementHead(List<String> words, String created, boolean changesOwner) {
  private static final int WORDS_MAX = 8;

  /** Stand between CREATE and the name without being the kind of what is made. */
  private static final Set<String> FILLERS =
      Set.of("OR", "REPLACE", "IF", "NOT", "EXISTS", "TEMP", "TEMPORARY", "UNLOGGED");

  static StatementHead of(String sql) {
    SqlLexer lexer = new SqlLexer(sql);
    List<String> words = new ArrayList<>();
    List<SqlToken> tokens = SqlLexer.tokens(sql);
    for (SqlToken token = lexer.next();
        token.kind() != Kind.END && words.size() < WORDS_MAX;
        token = lexer.next()) {
      if (token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME) {
        words.add(sql.substring(token.start(), token.end()).toUpperCase(Locale.ROOT));
      }
    }
    return new StatementHead(List.copyOf(words), created(sql, tokens), changesOwner(sql, tokens));
  }

  boolean starts(String... start) {
    return words.size() >= start.length && words.subList(0, start.length).equals(List.of(start));
  }

  private static String created(String sql, List<SqlToken> tokens) {
    if (tokens.isEmpty() || !word(sql, tokens.getFirst()).equals("CREATE")) {
      return "";
    }
    int i = 1;
    while (i < tokens.size() && FILLERS.contains(word(sql, tokens.get(i)))) {
      i++;
    }
    i++;
    while (i < tokens.size() && FILLERS.contains(word(sql, tokens.get(i)))) {
      i++;
    }
    StringBuilder name = new StringBuilder();
    for (; i < tokens.size(); i += 2) {
      name.append(name(sql, tokens.get(i)));
      if (i + 1 >= tokens.size() || !text(sql, tokens.get(i + 1)).equals(".")) {
        break;
      }
      name.append('.');
    }
    return name.toString();
  }

  private static boolean changesOwner(String sql, List<SqlToken> tokens) {
    int size = tokens.size();
    return size > 3
        && word(sql, tokens.getFirst()).equals("ALTER")
        && word(sql, tokens.get(size - 3)).equals("OWNER")
        && word(sql, tokens.get(size - 2)).equals("TO");
  }

  /** A name as Postgres sees it: lower case unless quoted. */
  private static String name(String sql, SqlToken token) {
    String text = text(sql, token);
    return token.kind() == Kind.QUOTED_NAME
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text.toLowerCase(Locale.ROOT);
  }

  private static String word(String sql, SqlToken token) {
    return token.kind() == Kind.WORD ? text(sql, token).toUpperCase(Locale.ROOT) : "";
  }

  private static String text(String sql, SqlToken token) {
    return sql.substring(token.start(), token.end());
  }
}
