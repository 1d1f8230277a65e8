package io.agentos.server.cli;

import io.agentos.server.cli.RlsCheck.Finding;
import io.agentos.server.cli.RlsCheck.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what a look at the isolation of tenants has found. */
final class DoctorRls {
  private final Session session;

  DoctorRls(Session session) {
    this.session = session;
  }

  /** Prints the report and gives the exit code: 1 when something was found. */
  int tell(Report report, OutputOption output) {
    if (output.json()) {
      session.print(report);
    } else {
      tell(report);
    }
    return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void tell(Report report) {
    String looked =
        "%d checks as role %s, tenant column %s: %s, %d with the column."
            .formatted(
                report.checks(),
                Fields.clean(report.role()),
                report.column(),
                Words.count(report.tables(), "table"),
                report.tenanted());
    if (report.findings().isEmpty()) {
      session.terminal().print(looked + " Nothing was found.");
      return;
    }
    session.terminal().print(looked);
    session.terminal().print("");
    Table table = new Table("FINDING", "OBJECT", "DETAIL");
    for (Finding finding : report.findings()) {
      table.row(finding.id(), Fields.clean(finding.object()), Fields.clean(finding.detail()));
    }
    session.terminal().print(String.join("\n", table.lines()));
    byKind(report.findings()).values().forEach(this::explain);
  }

  private void explain(List<Finding> sameKind) {
    Finding first = sameKind.getFirst();
    session.terminal().print("\n%s: %s.".formatted(first.id(), first.title()));
    session.terminal().print("  " + first.meaning());
    sameKind.forEach(finding -> session.terminal().print("    " + Fields.clean(finding.repair())));
  }

  private static Map<String, List<Finding>> byKind(List<Finding> findings) {
    return findings.stream()
        .collect(Collectors.groupingBy(Finding::id, LinkedHashMap::new, Collectors.toList()));
  }
}
