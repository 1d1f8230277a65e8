package io.agentos.runtime.vault;

/**
 * The statements that wrap sealed values anew: pages of one tenant's, and the change of those that
 * are still what was read. A sealed value is told from all others by its own bytes, which no two
 * share, so that whoever writes in between wins.
 */
final class RewrapSql {
  private RewrapSql() {}

  static final String TENANTS =
      "select tenant_id from tenant where tenant_id > ? order by tenant_id limit ?";

  /** Values of a tenant after one, in their order: parameters are tenant, value, how many. */
  static String page(String table, String column) {
    return """
    select %2$s as sealed from %1$s
    where tenant_id = ? and %2$s > ? order by %2$s limit ?
    """
        .formatted(table, column);
  }

  /**
   * Changes values: parameters are those of before, those of now, tenant.
   *
   * @param more what else is set, with a comma before it; empty for nothing
   */
  static String rewrap(String table, String column, String more) {
    return """
    update %1$s t set %2$s = u.again%3$s
    from unnest(?::bytea[], ?::bytea[]) as u (before, again)
    where t.tenant_id = ? and t.%2$s = u.before
    """
        .formatted(table, column, more);
  }
}
