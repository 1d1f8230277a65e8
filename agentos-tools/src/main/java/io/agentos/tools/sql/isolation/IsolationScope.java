package io.agentos.tools.sql.isolation;

import java.util.List;

/**
 * What is held to the rule that a tenant's rows stay with the tenant.
 *
 * @param role the role that the application works as, which need not be a login; empty for the one
 *     that connects
 * @param column the column that names the tenant
 * @param schemas where to look; empty for all but those of Postgres
 * @param allowed names of tables that hold nothing of any tenant, such as a migration history
 */
public record IsolationScope(
    String role, String column, List<String> schemas, List<String> allowed) {
  public IsolationScope {
    schemas = List.copyOf(schemas);
    allowed = List.copyOf(allowed);
    if (column.isBlank()) {
      throw new IllegalArgumentException("a tenant column must be named");
    }
  }
}
