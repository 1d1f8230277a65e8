package io.agentos.runtime.shelf;

/** The statements of packs that tenants enable and disable. */
final class PackShelfSql {
  private PackShelfSql() {}

  static final String DISABLED =
      "select pack from pack_switch where tenant_id = ? and not enabled order by pack";

  /** Changes nothing, and says so, where it is that way already. */
  static final String SET =
      """
      insert into pack_switch as s (tenant_id, pack, enabled, changed_by) values (?, ?, ?, ?)
      on conflict (tenant_id, pack) do update
        set enabled = excluded.enabled, changed_by = excluded.changed_by, changed_at = now()
        where s.enabled <> excluded.enabled
      """;
}
