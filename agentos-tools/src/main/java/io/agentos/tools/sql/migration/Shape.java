package io.agentos.tools.sql.migration;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a statement outside of texts, upper case where they are not quoted.
 *
 * @param words words, quoted names and punctuation in order
 */
record Shape(List<String> words) {
  private static final Set<String> TRANSACTION =
      Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");
  private static final Set<String> NOT_NAMES = Set.of("IF", "EXISTS", "ONLY");
  private static final Set<String> ALONE = Set.of("VACUUM", "REINDEX", "CLUSTER");

  static Shape of(String sql) {
    return new Shape(
        SqlLexer.tokens(sql).stream()
            .filter(token -> token.kind() != Kind.TEXT)
            .map(token -> word(sql, token))
            .toList());
  }

  private static String word(String sql, SqlToken token) {
    String text = sql.substring(token.start(), token.end());
    return token.kind() == Kind.WORD ? text.toUpperCase(Locale.ROOT) : text;
  }

  boolean starts(String... start) {
    return words.size() >= start.length && words.subList(0, start.length).equals(List.of(start));
  }

  /** Whether these words stand there one behind the other. */
  boolean has(String... sequence) {
    return Collections.indexOfSubList(words, List.of(sequence)) >= 0;
  }

  /** The word before these, as the name of a column stands before {@code SET NOT NULL}. */
  String before(String... sequence) {
    int at = Collections.indexOfSubList(words, List.of(sequence));
    return at < 1 ? "" : words.get(at - 1);
  }

  /** The table that the statement is about, as it is written; empty when it is about none. */
  String target() {
    int at = -1;
    if (starts("ALTER", "TABLE") || starts("TRUNCATE") || starts("LOCK")) {
      at = words.size() > 1 && words.get(1).equals("TABLE") ? 2 : 1;
    } else if (starts("UPDATE")) {
      at = 1;
    } else if (starts("DELETE", "FROM") || starts("INSERT", "INTO")) {
      at = 2;
    } else if (buildsIndex() || starts("CREATE", "TRIGGER") || starts("CREATE", "POLICY")) {
      at = words.indexOf("ON") + 1;
    }
    while (at > 0 && at < words.size() && NOT_NAMES.contains(words.get(at))) {
      at++;
    }
    if (at < 1 || at >= words.size()) {
      return "";
    }
    StringBuilder name = new StringBuilder(name(words.get(at)));
    for (; at + 2 < words.size() && words.get(at + 1).equals("."); at += 2) {
      name.append('.').append(name(words.get(at + 2)));
    }
    return name.toString();
  }

  private static String name(String word) {
    return word.startsWith("\"") ? word : word.toLowerCase(Locale.ROOT);
  }

  boolean isTransaction() {
    return !words.isEmpty() && TRANSACTION.contains(words.getFirst());
  }

  boolean opensTransaction() {
    return starts("BEGIN") || starts("START", "TRANSACTION");
  }

  /** Whether Postgres refuses it inside of a transaction. */
  boolean runsAlone() {
    return (!words.isEmpty() && ALONE.contains(words.getFirst()))
        || starts("CREATE", "DATABASE")
        || starts("DROP", "DATABASE")
        || starts("ALTER", "SYSTEM")
        || starts("CREATE", "TABLESPACE");
  }

  boolean isConcurrent() {
    return has("INDEX", "CONCURRENTLY") || (has("DETACH", "PARTITION") && has("CONCURRENTLY"));
  }

  boolean buildsIndex() {
    return starts("CREATE", "INDEX") || starts("CREATE", "UNIQUE", "INDEX");
  }

  /** Whether it sets how long locks are waited for. */
  boolean setsLockTimeout() {
    return has("LOCK_TIMEOUT") && starts("SET");
  }

  /** Whether it sets a bound that is ours to set. */
  boolean setsBound() {
    return starts("SET")
        && (has("LOCK_TIMEOUT")
            || has("STATEMENT_TIMEOUT")
            || has("TRANSACTION_TIMEOUT")
            || has("IDLE_IN_TRANSACTION_SESSION_TIMEOUT"));
  }
}
