package io.agentos.runtime.privacy;

/** The statements of the tenants' privacy rules. */
final class PrivacySql {
  private PrivacySql() {}

  static final String FIND =
      """
      select revision, rules, sealed_key from privacy_rules where tenant_id = ?
      """;

  static final String REVISION =
      """
      select revision from privacy_rules where tenant_id = ?
      """;

  /** Who comes first makes the key; whoever else would, reads it. */
  static final String BEGIN =
      """
      insert into privacy_rules (tenant_id, revision, rules, sealed_key) values (?, 1, ?, ?)
      on conflict (tenant_id) do nothing
      """;

  static final String SET =
      """
      update privacy_rules set rules = ?, revision = revision + 1, updated_at = now()
      where tenant_id = ? and revision = ?
      """;
}
