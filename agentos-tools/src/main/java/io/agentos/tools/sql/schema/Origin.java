package io.agentos.tools.sql.schema;

import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlLexer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a schema is written for, as its words tell. */
enum Origin {
  /** It names roles or functions of Supabase. */
  SUPABASE,
  /** It makes or names roles of its own. */
  PLAIN,
  /** It names no role at all. */
  UNKNOWN;

  private static final Set<String> ROLES = Set.of("anon", "authenticated", "service_role");
  private static final Set<String> BEFORE_ROLE = Set.of("to", "from", "role");
  private static final Set<String> OF_AUTH = Set.of("uid", "jwt", "role", "email");
  private static final Set<String> OF_STORAGE = Set.of("objects", "buckets");
  private static final Set<String> OWN_AUTH = Set.of("auth", "auth.users");

  static Origin of(List<ScriptPart> parts) {
    boolean namesRoles = false;
    boolean namesUsers = false;
    boolean makesUsers = false;
    for (ScriptPart part : parts) {
      if (part instanceof ScriptPart.Statement statement) {
        List<String> words = words(statement.text());
        if (namesSupabase(words)) {
          return SUPABASE;
        }
        namesUsers |= follows(words, "auth", Set.of("users"));
        StatementHead head = StatementHead.of(statement.text());
        makesUsers |= OWN_AUTH.contains(head.created());
        namesRoles |= namesRoles(head, words);
      }
    }
    if (namesUsers && !makesUsers) {
      return SUPABASE;
    }
    return namesRoles ? PLAIN : UNKNOWN;
  }

  /** Its tokens in lower case, names without their quotes. */
  private static List<String> words(String sql) {
    return SqlLexer.tokens(sql).stream()
        .map(token -> sql.substring(token.start(), token.end()))
        .map(word -> word.startsWith("\"") ? word.replace("\"", "") : word)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean namesSupabase(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      if (BEFORE_ROLE.contains(words.get(i - 1)) && ROLES.contains(words.get(i))) {
        return true;
      }
    }
    return follows(words, "auth", OF_AUTH)
        || follows(words, "storage", OF_STORAGE)
        || words.stream().anyMatch(word -> isText(word) && word.contains("auth.uid()"));
  }

  /** Whether {@code schema.name} occurs for one of the names. */
  private static boolean follows(List<String> words, String schema, Set<String> names) {
    for (int i = 2; i < words.size(); i++) {
      if (words.get(i - 2).equals(schema)
          && words.get(i - 1).equals(".")
          && names.contains(words.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isText(String word) {
    return word.startsWith("'") || word.startsWith("$");
  }

  private static boolean namesRoles(StatementHead head, List<String> words) {
    return head.starts("GRANT")
        || head.starts("CREATE", "ROLE")
        || head.starts("CREATE", "USER")
        || head.changesOwner()
        || words.contains("current_setting");
  }
}
