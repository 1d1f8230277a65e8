package io.agentos.tools.sql.migration;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.script.ScriptPart;
import io.agentos.tools.sql.script.SqlScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries a migration out on a copy of the schema it is for, and takes it back. */
public final class MigrationCheck {
  private MigrationCheck() {}

  /**
   * The report.
   *
   * @param connection to the copy, with autocommit off; rolled back at the end
   * @param supabase whether the schema is meant for Supabase
   * @param notes what else to say about the copy
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when there are too many statements
   */
  public static ToolResult run(
      Connection connection, String migration, boolean supabase, List<String> notes)
      throws SQLException {
    List<ScriptPart> parts = SqlScript.split(migration);
    DryRun.Outcome outcome;
    try {
      outcome = DryRun.of(connection, parts);
    } finally {
      connection.rollback();
    }
    List<Finding> findings = new ArrayList<>();
    outcome.steps().forEach(step -> findings.addAll(StepRules.findings(step, outcome.start())));
    findings.addAll(WholeRules.findings(parts, outcome, supabase));
    outcome.failure().ifPresent(failure -> findings.add(fails(failure)));
    Report report = new Report("Migration check").findings(findings);
    report.summary(summary(outcome));
    report.table(
        "What each statement holds",
        List.of("Line", "Lock", "On", "Who waits", "Statement"),
        locks(outcome));
    report.field("applies", outcome.failure().isEmpty());
    report.field("statements_run", outcome.steps().size());
    report.field("statements", fields(outcome));
    outcome.notes().forEach(report::note);
    notes.forEach(report::note);
    report.note(
        "The copy is empty: how long a lock is held depends on the rows you have; that it is held"
            + " does not.");
    return report.result();
  }

  private static String summary(DryRun.Outcome outcome) {
    String run =
        Words.count(outcome.steps().size(), "statement was", "statements were")
            + " applied in one transaction on a throw-away copy and taken back.";
    return outcome
        .failure()
        .map(failure -> run + " It stopped in line %d.".formatted(failure.line()))
        .orElse(run + " All of it applies.");
  }

  private static Finding fails(DryRun.Failure failure) {
    return new Finding(
        "migration-fails",
        Severity.HIGH,
        Place.ofLine(failure.line()),
        "PostgreSQL refuses the statement: %s (SQLSTATE %s). %s"
            .formatted(failure.message(), failure.sqlState(), failure.excerpt()),
        "The deployment stops here; what came before is undone only if all of it runs in one"
            + " transaction. What follows was not tried.",
        "Mend the statement, or give the schema that the migration is for.");
  }

  private static List<List<String>> locks(DryRun.Outcome outcome) {
    List<List<String>> rows = new ArrayList<>();
    for (Step step : outcome.steps()) {
      step.locks(outcome.start())
          .forEach((table, mode) -> {
            if (mode.compareTo(LockMode.ROW_EXCLUSIVE) >= 0) {
              rows.add(
                  List.of(
                      String.valueOf(step.line()),
                      mode.title(),
                      Words.code(table),
                      mode.waiting(),
                      Words.code(step.excerpt())));
            }
          });
    }
    return rows;
  }

  private static List<Map<String, @Nullable Object>> fields(DryRun.Outcome outcome) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Step step : outcome.steps()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("line", step.line());
      fields.put("statement", step.excerpt());
      List<Map<String, String>> locks = new ArrayList<>();
      step.locks(outcome.start())
          .forEach((table, mode) -> locks.add(Map.of("table", table, "mode", mode.title())));
      fields.put("locks", locks);
      fields.put("rewrites", step.rewritten(outcome.start()));
      all.add(fields);
    }
    return all;
  }
}
