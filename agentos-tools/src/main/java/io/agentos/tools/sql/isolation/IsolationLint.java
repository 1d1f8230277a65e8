package io.agentos.tools.sql.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the catalogs of one database whether a role can reach a row of another tenant. It reads no
 * rows of tables and changes nothing; any login will do.
 */
public final class IsolationLint {
  /** The most findings of one kind that are told. */
  private static final int FINDINGS_MAX = 500;

  private static final Map<Hazard, String> QUESTIONS = questions();

  private IsolationLint() {}

  /**
   * Asks all questions.
   *
   * @param connection with autocommit off; its transaction is left open
   * @throws SQLException when the catalogs cannot be read within 30 seconds a question
   */
  public static IsolationReport run(Connection connection, IsolationScope scope)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(IsolationSql.PREPARE);
    }
    List<IsolationFinding> findings = new ArrayList<>();
    for (Map.Entry<Hazard, String> question : QUESTIONS.entrySet()) {
      findings.addAll(ask(connection, scope, question.getKey(), question.getValue()));
    }
    try (PreparedStatement statement = prepare(connection, scope, IsolationSql.COUNT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new IsolationReport(
          row.getString("role"), row.getLong("tables"), row.getLong("tenanted"), findings);
    }
  }

  private static List<IsolationFinding> ask(
      Connection connection, IsolationScope scope, Hazard hazard, String question)
      throws SQLException {
    List<IsolationFinding> findings = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, scope, question + " order by 1, 2")) {
      statement.setMaxRows(FINDINGS_MAX);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          findings.add(
              new IsolationFinding(hazard, row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return findings;
  }

  private static PreparedStatement prepare(
      Connection connection, IsolationScope scope, String question) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(IsolationSql.COMMON + question);
    statement.setString(1, scope.role());
    statement.setString(2, scope.column());
    statement.setArray(3, connection.createArrayOf("text", scope.schemas().toArray()));
    statement.setArray(4, connection.createArrayOf("text", scope.allowed().toArray()));
    return statement;
  }

  private static Map<Hazard, String> questions() {
    Map<Hazard, String> questions = new EnumMap<>(Hazard.class);
    for (Hazard hazard : Hazard.values()) {
      questions.put(hazard, question(hazard));
    }
    return questions;
  }

  private static String question(Hazard hazard) {
    return switch (hazard) {
      case ROLE_MISSING -> RoleHazardsSql.ROLE_MISSING;
      case RLS_OFF -> TableHazardsSql.RLS_OFF;
      case RLS_NOT_FORCED -> TableHazardsSql.RLS_NOT_FORCED;
      case ROLE_ABOVE_POLICIES -> RoleHazardsSql.ROLE_ABOVE_POLICIES;
      case ROLE_BECOMES_MORE -> RoleHazardsSql.ROLE_BECOMES_MORE;
      case ROLE_OWNS -> RoleHazardsSql.ROLE_OWNS;
      case VIEW_AS_OWNER -> TableHazardsSql.VIEW_AS_OWNER;
      case COPY_OPEN -> TableHazardsSql.COPY_OPEN;
      case DEFINER_OPEN -> RoleHazardsSql.DEFINER_OPEN;
      case DEFINER_SEARCH_PATH -> RoleHazardsSql.DEFINER_SEARCH_PATH;
      case GRANT_BEYOND_POLICIES -> RoleHazardsSql.GRANT_BEYOND_POLICIES;
      case POLICY_ALWAYS_TRUE -> TableHazardsSql.POLICY_ALWAYS_TRUE;
      case POLICY_WITHOUT_TENANT -> TableHazardsSql.POLICY_WITHOUT_TENANT;
      case POLICY_MISSING -> TableHazardsSql.POLICY_MISSING;
      case UNIQUE_ACROSS_TENANTS -> TableHazardsSql.UNIQUE_ACROSS_TENANTS;
      case REFERENCE_ACROSS_TENANTS -> TableHazardsSql.REFERENCE_ACROSS_TENANTS;
      case TABLE_WITHOUT_TENANT -> TableHazardsSql.TABLE_WITHOUT_TENANT;
      case GRANTED_TO_PUBLIC -> RoleHazardsSql.GRANTED_TO_PUBLIC;
      case AUDIT_MUTABLE -> RoleHazardsSql.AUDIT_MUTABLE;
      case TENANT_NULLABLE -> TableHazardsSql.TENANT_NULLABLE;
      case WAY_OUT -> RoleHazardsSql.WAY_OUT;
    };
  }
}
