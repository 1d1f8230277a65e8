package io.agentos.tools.sql.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Audits the row-level security of one database by its catalogs. It reads no rows of the user and
 * changes nothing; any login will do.
 */
public final class RlsAudit {
  private static final List<Check> CHECKS =
      List.of(
          new RoleChecks(),
          new TableChecks(),
          new PolicyChecks(),
          new KeyChecks(),
          new ViewChecks(),
          new RoutineChecks(),
          new GrantChecks());

  private RlsAudit() {}

  /**
   * Audits a database in use.
   *
   * @param connection with autocommit off and, if it matters, read only; its transaction is left
   *     open
   * @throws SQLException when the catalogs cannot be read
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when the server is too old
   */
  public static RlsReport ofLive(Connection connection) throws SQLException {
    return report(new CatalogReader(connection).read(Server.Setting.LIVE, Optional.empty()));
  }

  /**
   * Audits a throw-away copy of a schema. The connected role made everything in it and stands for
   * the role that will own the schema one day.
   *
   * @param supabase whether the schema is meant for Supabase
   * @throws SQLException when the catalogs cannot be read
   */
  public static RlsReport ofCopy(Connection connection, boolean supabase) throws SQLException {
    return report(new CatalogReader(connection).read(Server.Setting.COPY, Optional.of(supabase)));
  }

  private static RlsReport report(Catalog catalog) {
    List<Finding> findings =
        CHECKS.stream()
            .flatMap(check -> check.findings(catalog))
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::rule)
                    .thenComparing(finding -> finding.target().name()))
            .toList();
    return new RlsReport(catalog, findings);
  }
}
