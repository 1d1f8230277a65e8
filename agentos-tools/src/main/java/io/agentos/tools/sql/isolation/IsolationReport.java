package io.agentos.tools.sql.isolation;

import java.util.List;

/**
 * What was found.
 *
 * @param role the role that was looked at
 * @param tables how many tables were looked at
 * @param tenanted how many of them have the tenant column
 * @param findings in the order of {@link Hazard}, then by object
 */
public record IsolationReport(
    String role, long tables, long tenanted, List<IsolationFinding> findings) {
  public IsolationReport {
    findings = List.copyOf(findings);
  }
}
