package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.SqlClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What SQL does, by its words: reads, writes, changes the schema; one statement or several. What
 * cannot be told for sure blocks, whatever the document says. A function can do anything; those of
 * PostgreSQL that reach outside or change something count as not told. What holds is the role of
 * the connection.
 */
record SqlCheck(GateCheck.Sql options) implements Check {
  private static final int LENGTH_MAX = 1_000_000;

  private static final Map<String, SqlClass> FIRST = first();

  /** Words that write wherever they stand, as in {@code with x as (delete …) select …}. */
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO");

  /** Functions that reach outside the query, or change what outlives it. */
  private static final List<String> OUTSIDE =
      List.of(
          "PG_SLEEP",
          "PG_READ",
          "PG_LS_",
          "PG_STAT_FILE",
          "PG_WRITE",
          "PG_FILE",
          "PG_TERMINATE",
          "PG_CANCEL",
          "PG_RELOAD",
          "PG_ROTATE",
          "PG_ADVISORY",
          "PG_TRY_ADVISORY",
          "PG_SWITCH",
          "PG_CREATE",
          "PG_DROP",
          "PG_LOGICAL",
          "PG_REPLICATION",
          "PG_PROMOTE",
          "PG_NOTIFY",
          "PG_IMPORT",
          "PG_SET",
          "LO_",
          "DBLINK",
          "SET_CONFIG",
          "SETVAL",
          "NEXTVAL",
          "QUERY_TO_XML",
          "DATABASE_TO_XML",
          "TABLE_TO_XML",
          "CURSOR_TO_XML",
          "SCHEMA_TO_XML",
          "LOAD_FILE",
          "LOAD_EXTENSION",
          "SLEEP",
          "BENCHMARK",
          "SYS_EXEC",
          "SYS_EVAL");

  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    if (!(checkpoint instanceof Checkpoint.BeforeTool before)) {
      return GateResult.PASS;
    }
    List<String> findings = new ArrayList<>();
    ArgumentValues values = ArgumentValues.named(options.arguments());
    for (String sql : values.texts(before.call().arguments())) {
      Optional<List<SqlClass>> classes = classes(sql);
      if (classes.isEmpty()) {
        return new GateResult.Block(
            "What the SQL for %s does cannot be told for sure; write one plain statement."
                .formatted(before.tool().name()));
      }
      for (SqlClass one : classes.get()) {
        if (!options.allowed().contains(one)) {
          findings.add(
              "The SQL for %s is of class %s; allowed: %s."
                  .formatted(before.tool().name(), lower(one), allowed()));
        }
      }
    }
    return consequence.of(findings);
  }

  /** The classes of what a text does, with {@code multiple} for several; empty when unknown. */
  static Optional<List<SqlClass>> classes(String sql) {
    Optional<List<List<String>>> statements =
        sql.length() > LENGTH_MAX ? Optional.empty() : SqlTokens.statements(sql);
    if (statements.isEmpty() || statements.get().isEmpty()) {
      return Optional.empty();
    }
    List<SqlClass> classes = new ArrayList<>();
    if (statements.get().size() > 1) {
      classes.add(SqlClass.MULTIPLE);
    }
    for (List<String> words : statements.get()) {
      Optional<SqlClass> one = ofStatement(words);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      classes.add(one.get());
    }
    return Optional.of(classes.stream().distinct().toList());
  }

  private static Optional<SqlClass> ofStatement(List<String> words) {
    int begin = 0;
    while (begin < words.size() && words.get(begin).equals("(")) {
      begin++;
    }
    SqlClass first = begin == words.size() ? null : FIRST.get(words.get(begin));
    if (first == null || reachesOutside(words)) {
      return Optional.empty();
    }
    boolean writes = first == SqlClass.READ && words.stream().anyMatch(WRITING::contains);
    boolean explained =
        words.get(begin).equals("EXPLAIN") && holdsDdl(words.subList(begin + 1, words.size()));
    return explained ? Optional.empty() : Optional.of(writes ? SqlClass.WRITE : first);
  }

  private static boolean holdsDdl(List<String> words) {
    return words.stream()
        .anyMatch(word -> FIRST.get(word) == SqlClass.DDL || word.equals("EXECUTE"));
  }

  /** Calls of such functions, and of functions whose names are quoted and so were not read. */
  private static boolean reachesOutside(List<String> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      String word = words.get(i);
      if (words.get(i + 1).equals("(")
          && (word.equals("\"") || OUTSIDE.stream().anyMatch(word::startsWith))) {
        return true;
      }
    }
    return false;
  }

  private String allowed() {
    return String.join(", ", options.allowed().stream().map(SqlCheck::lower).toList());
  }

  private static String lower(SqlClass one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, SqlClass> first() {
    Map<String, SqlClass> first = new HashMap<>();
    for (String word : List.of("SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "WITH")) {
      first.put(word, SqlClass.READ);
    }
    for (String word : List.of("INSERT", "UPDATE", "DELETE", "MERGE")) {
      first.put(word, SqlClass.WRITE);
    }
    for (String word :
        List.of(
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "GRANT",
            "REVOKE",
            "COMMENT",
            "REINDEX",
            "CLUSTER",
            "VACUUM",
            "REFRESH")) {
      first.put(word, SqlClass.DDL);
    }
    return first;
  }
}
