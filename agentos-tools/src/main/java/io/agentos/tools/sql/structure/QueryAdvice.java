package io.agentos.tools.sql.structure;

import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlScript;
import io.agentos.tools.sql.structure.QueryPlan.Search;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plans queries against the copy of a schema and finds the searches that no index can serve; tries
 * an index out and tells only those that the planner then takes.
 */
final class QueryAdvice {
  static final int QUERIES_MAX = 200;

  private final Planner planner;
  private final Structure structure;
  private final List<Finding> found = new ArrayList<>();
  private final Map<String, Set<Integer>> helped = new LinkedHashMap<>();
  private final Set<Integer> searching = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private int planned;
  private int failing;

  private QueryAdvice(Planner planner, Structure structure) {
    this.planner = planner;
    this.structure = structure;
  }

  static QueryAdvice of(Connection connection, Structure structure, String sql)
      throws SQLException {
    QueryAdvice advice =
        new QueryAdvice(new Planner(connection, structure.leadingColumns()), structure);
    advice.run(SqlScript.split(sql));
    return advice;
  }

  List<Finding> findings() {
    return List.copyOf(found);
  }

  int planned() {
    return planned;
  }

  int failing() {
    return failing;
  }

  /** How many queries search without an index. */
  int searching() {
    return searching.size();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private void run(List<ScriptPart> parts) throws SQLException {
    planner.open();
    int passed = 0;
    for (ScriptPart part : parts) {
      if (!Planner.canPlan(part) || planned == QUERIES_MAX || planner.isOutOfTime()) {
        passed++;
        continue;
      }
      planned++;
      switch (planner.plan(part.text())) {
        case Planner.Planned plan -> look(part, plan.plan());
        case Planner.Refused refused -> refused(part, refused.message());
      }
    }
    helped.forEach((index, lines) -> found.add(missing(index, lines)));
    if (passed > 0) {
      notes.add(
          "%s passed over: only queries are planned, at most %d, for at most a minute."
              .formatted(Words.count(passed, "statement was", "statements were"), QUERIES_MAX));
    }
  }

  private void look(ScriptPart part, QueryPlan plan) throws SQLException {
    for (Search search : plan.searches()) {
      FilterColumns filter = FilterColumns.of(structure, search);
      boolean proven = false;
      for (String index : filter.candidates()) {
        if (planner.helps(part.text(), index, search)) {
          searching.add(part.line());
          helped.computeIfAbsent(index, key -> new TreeSet<>()).add(part.line());
          proven = true;
          break;
        }
      }
      if (!proven && filter.pattern().isPresent()) {
        searching.add(part.line());
        found.add(pattern(part, search, filter.pattern().get()));
      } else if (!proven && filter.isTable()) {
        searching.add(part.line());
        found.add(unserved(part, search));
      }
    }
  }

  private static Finding missing(String index, Set<Integer> lines) {
    String queries =
        "%s %s"
            .formatted(
                lines.size() == 1 ? "The query in line" : "The queries in lines",
                Words.list(lines.stream().map(String::valueOf).toList(), 10));
    return new Finding(
        "query-no-index",
        Severity.MEDIUM,
        Place.ofLine(lines.iterator().next()),
        "%s can only read the whole table. With the index below the planner takes it; this was"
                .formatted(queries)
            + " tried.",
        "The time grows with every row of the table.",
        index.replaceFirst("CREATE INDEX ON", "CREATE INDEX CONCURRENTLY ON") + ";");
  }

  private static Finding pattern(ScriptPart part, Search search, String column) {
    return new Finding(
        "pattern-search",
        Severity.MEDIUM,
        Place.ofLine(part.line()),
        "The query searches %s for a pattern (%s), which no plain index serves."
            .formatted(search.table(), Words.code(search.filter())),
        "Every row is read and matched, each time.",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm;\n"
            + "CREATE INDEX CONCURRENTLY ON %s USING gin (%s gin_trgm_ops);\n"
                .formatted(search.table(), column)
            + "-- a pattern that never begins with %% needs no extension: (%s text_pattern_ops)"
                .formatted(column));
  }

  private static Finding unserved(ScriptPart part, Search search) {
    return new Finding(
        "query-reads-whole-table",
        Severity.LOW,
        Place.ofLine(part.line()),
        "The query reads the whole of %s to find rows by %s; no index of plain columns helps."
            .formatted(search.table(), Words.code(search.filter())),
        "The time grows with every row of the table.",
        "Compare a column as it is with a value, or build an index on the very expression.");
  }

  private void refused(ScriptPart part, String message) {
    failing++;
    found.add(
        new Finding(
            "query-fails",
            Severity.HIGH,
            Place.ofLine(part.line()),
            "The query does not run against this schema: %s."
                .formatted(Printable.line(message, 300)),
            "It fails in use too, or the schema given is not the one it is for.",
            "Mend the query, or give the schema that it runs against."));
  }
}
