package io.agentos.tools.sql.rls;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The condition of a policy, as Postgres writes it, taken apart. Immutable. */
final class PolicyExpression {
  private static final Set<String> OF_USER = Set.of("uid", "jwt", "role", "email");

  private static final Pattern ALWAYS_TRUE =
      Pattern.compile("\\(*(true|1\\s*=\\s*1)\\)*", Pattern.CASE_INSENSITIVE);

  /** Says only that someone is signed in, and nothing about the row. */
  private static final Pattern SIGNED_IN =
      Pattern.compile(
          "\\(*\\s*(SELECT\\s+)?auth\\.(uid\\(\\)(\\s+AS\\s+uid)?\\)*\\s+IS\\s+NOT\\s+NULL"
              + "|role\\(\\)(\\s+AS\\s+role)?\\)*\\s*=\\s*'authenticated'::text)\\)*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern USER_METADATA =
      Pattern.compile("(?<!\\w)(raw_user_meta_data|user_metadata)(?!\\w)");

  private static final Set<String> KEY_WORDS = Set.of("in", "and", "or", "is", "not");

  /** What a column is compared to; later ones tell more about it. */
  enum Comparison {
    NONE,
    TO_CONSTANT,
    TO_OTHER,
    TO_USER;

    Comparison strongest(Comparison other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private final String sql;
  private final List<SqlToken> tokens;

  PolicyExpression(String sql) {
    this.sql = sql;
    this.tokens = SqlLexer.tokens(sql);
  }

  boolean alwaysTrue() {
    return ALWAYS_TRUE.matcher(sql.strip()).matches();
  }

  boolean onlySignedIn() {
    return SIGNED_IN.matcher(sql.strip()).matches();
  }

  boolean closed() {
    return sql.strip().equalsIgnoreCase("false");
  }

  boolean trustsUserMetadata() {
    return USER_METADATA.matcher(sql).find();
  }

  /** Whether it asks Supabase who the user is. */
  boolean asksSupabase() {
    for (int i = 0; i < tokens.size(); i++) {
      if (isUserCall(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it asks who the user is in a way that is repeated for each row. */
  boolean callsPerRow() {
    return !repaired().equals(withoutUserMetadata());
  }

  /** The same condition, asking once per query and trusting only what users cannot edit. */
  String repaired() {
    PolicyExpression clean = new PolicyExpression(withoutUserMetadata());
    StringBuilder text = new StringBuilder(clean.sql);
    for (int i = clean.tokens.size() - 1; i >= 0; i--) {
      if (clean.isCall(i) && !clean.askedOnce(i)) {
        int close = clean.closing(clean.opening(i));
        if (close >= 0) {
          text.insert(clean.tokens.get(close).end(), ")");
          text.insert(clean.tokens.get(i).start(), "(SELECT ");
        }
      }
    }
    return text.toString();
  }

  /** To what a column is compared by {@code =} or {@code IN}; to the user, if to several. */
  Comparison comparison(Column column, Relation table) {
    Comparison found = Comparison.NONE;
    for (int i = 0; i < tokens.size(); i++) {
      if (isColumn(i, column, table)) {
        Comparison here = right(i).strongest(left(i));
        found = found.strongest(here);
      }
    }
    return found;
  }

  private String withoutUserMetadata() {
    return USER_METADATA
        .matcher(sql)
        .replaceAll(
            match -> match.group().equals("user_metadata") ? "app_metadata" : "raw_app_meta_data");
  }

  private boolean isCall(int i) {
    return isUserCall(i) || (isWord(i, "current_setting") && is(i + 1, "("));
  }

  /** {@code auth.uid(} and the like. */
  private boolean isUserCall(int i) {
    return isWord(i, "auth")
        && is(i + 1, ".")
        && i + 2 < tokens.size()
        && OF_USER.contains(text(i + 2).toLowerCase(Locale.ROOT))
        && is(i + 3, "(");
  }

  private int opening(int call) {
    return is(call + 1, ".") ? call + 3 : call + 1;
  }

  /** The token that closes the parenthesis at {@code open}; -1 for none. */
  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (is(i, "(")) {
        depth++;
      } else if (is(i, ")") && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether it stands in a {@code (SELECT …)} without FROM, which runs once per query. */
  private boolean askedOnce(int call) {
    int depth = 0;
    for (int i = call - 1; i >= 0; i--) {
      if (is(i, ")")) {
        depth++;
      } else if (is(i, "(") && depth > 0) {
        depth--;
      } else if (is(i, "(") && isWord(i + 1, "select") && !readsTable(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean readsTable(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (is(i, "(")) {
        depth++;
      } else if (is(i, ")") && --depth == 0) {
        return false;
      } else if (depth == 1 && isWord(i, "from")) {
        return true;
      }
    }
    return false;
  }

  private boolean isColumn(int i, Column column, Relation table) {
    if (!text(i).equals(column.quoted()) || is(i + 1, ".")) {
      return false;
    }
    return !is(i - 1, ".") || (i >= 2 && table.quoted().endsWith("." + text(i - 2)));
  }

  /** {@code column = …}, {@code (column)::type = …} or {@code column IN …}. */
  private Comparison right(int column) {
    int i = column + 1;
    while (is(i, ")") || is(i, ":") || (i > column + 1 && isType(i))) {
      i++;
    }
    if (isWord(i, "in")) {
      return Comparison.TO_OTHER;
    }
    return is(i, "=") ? operand(i + 1) : Comparison.NONE;
  }

  private boolean isType(int i) {
    return i < tokens.size()
        && tokens.get(i).kind() == Kind.WORD
        && !KEY_WORDS.contains(text(i).toLowerCase(Locale.ROOT));
  }

  /** {@code … = column}. */
  private Comparison left(int column) {
    int i = column - 1;
    while (is(i, ".") || is(i, "(")) {
      i -= is(i, ".") ? 2 : 1;
    }
    boolean equals = is(i, "=") && !is(i - 1, "<") && !is(i - 1, ">") && !is(i - 1, "!");
    if (!equals) {
      return Comparison.NONE;
    }
    int start = i - 1;
    for (int depth = 0; start > 0 && (depth > 0 || !is(start, "(")); start--) {
      depth += is(start, ")") ? 1 : is(start, "(") ? -1 : 0;
    }
    return operand(start);
  }

  /** What stands at {@code i}, behind parentheses and SELECT. */
  private Comparison operand(int start) {
    int i = start;
    while (is(i, "(") || isWord(i, "select")) {
      i++;
    }
    if (i >= tokens.size()) {
      return Comparison.NONE;
    }
    return switch (tokens.get(i).kind()) {
      case TEXT, NUMBER -> Comparison.TO_CONSTANT;
      case WORD -> isUserCall(i) && isWord(i + 2, "uid") ? Comparison.TO_USER : Comparison.TO_OTHER;
      case QUOTED_NAME, SYMBOL, END -> Comparison.TO_OTHER;
    };
  }

  private boolean is(int i, String symbol) {
    return i >= 0 && i < tokens.size() && text(i).equals(symbol);
  }

  private boolean isWord(int i, String word) {
    return i >= 0
        && i < tokens.size()
        && tokens.get(i).kind() == Kind.WORD
        && text(i).equalsIgnoreCase(word);
  }

  private String text(int i) {
    SqlToken token = tokens.get(i);
    return sql.substring(token.start(), token.end());
  }
}
