package io.agentos.tools.sql.structure;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.structure.Structure.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which indexes are missing, which do nothing, and proves it by the planner where it can. */
public final class IndexAdvisor {
  private IndexAdvisor() {}

  /**
   * The advice for a database in use.
   *
   * @param connection in a transaction, which is left open
   * @param notes what else to say
   */
  public static ToolResult ofLive(Connection connection, List<String> notes) throws SQLException {
    Structure structure = StructureReader.read(connection);
    List<Finding> findings = new ArrayList<>(IndexChecks.findings(structure));
    findings.addAll(UseChecks.findings(structure));
    Report report = report(structure, findings, notes);
    report.note(
        structure
            .statsDays()
            .map(days -> "The server has counted what is used for %s.".formatted(days(days)))
            .orElse("The server does not say since when it counts what is used."));
    return report.result();
  }

  /**
   * The advice for a throw-away copy of a schema.
   *
   * @param queries SQL to plan against it; what the advice needs is tried out and taken back
   */
  public static ToolResult ofCopy(
      Connection connection, Optional<String> queries, List<String> notes) throws SQLException {
    Structure structure = StructureReader.read(connection);
    List<Finding> findings = new ArrayList<>(IndexChecks.findings(structure));
    if (queries.isEmpty()) {
      return report(structure, findings, notes)
          .note("No queries were given. With some, their plans are looked at too.")
          .result();
    }
    QueryAdvice advice = QueryAdvice.of(connection, structure, queries.get());
    findings.addAll(advice.findings());
    Report report = report(structure, findings, notes);
    report.summary(
        "%s planned; served by indexes: %d, in need of one: %d, failing: %d."
            .formatted(
                Words.count(advice.planned(), "query", "queries"),
                advice.planned() - advice.searching() - advice.failing(),
                advice.searching(),
                advice.failing()));
    report.field("queries_planned", advice.planned());
    report.field("queries_without_index", advice.searching());
    report.field("queries_failing", advice.failing());
    advice.notes().forEach(report::note);
    return report.result();
  }

  private static Report report(Structure structure, List<Finding> findings, List<String> notes) {
    long tables = structure.tables().stream().filter(Table::isTable).count();
    int indexes = structure.tables().stream().mapToInt(t -> structure.indexesOf(t).size()).sum();
    Report report = new Report("Index advice");
    report.summary(
        "%s with %s."
            .formatted(Words.count(tables, "table"), Words.count(indexes, "index", "indexes")));
    report.findings(findings);
    report.field("tables", tables);
    report.field("indexes", indexes);
    notes.forEach(report::note);
    structure
        .cut()
        .forEach(what ->
            report.note(
                "There are more than %d %s; only the first were looked at."
                    .formatted(StructureReader.ROWS_MAX, what)));
    return report;
  }

  private static String days(int days) {
    return Words.count(days, "day");
  }
}
