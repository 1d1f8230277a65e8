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

  static final String TENANT_KEYS =
      """
      select wrapped as sealed from tenant_key
      where tenant_id = ? and wrapped > ? order by wrapped limit ?
      """;

  static final String REWRAP_TENANT_KEYS =
      """
      update tenant_key t set wrapped = u.again, wrapped_at = now()
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.wrapped = u.before
      """;

  static final String SIGN_INS =
      """
      select sealed from oidc_flow
      where tenant_id = ? and sealed > ? order by sealed limit ?
      """;

  static final String REWRAP_SIGN_INS =
      """
      update oidc_flow t set sealed = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed = u.before
      """;

  static final String SECOND_FACTORS =
      """
      select sealed from second_factor
      where tenant_id = ? and sealed > ? order by sealed limit ?
      """;

  static final String REWRAP_SECOND_FACTORS =
      """
      update second_factor t set sealed = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed = u.before
      """;

  static final String TOKEN_KEYS =
      """
      select sealed_key as sealed from privacy_rules
      where tenant_id = ? and sealed_key > ? order by sealed_key limit ?
      """;

  static final String REWRAP_TOKEN_KEYS =
      """
      update privacy_rules t set sealed_key = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed_key = u.before
      """;

  static final String WEBHOOK_SECRETS =
      """
      select sealed from webhook_secret
      where tenant_id = ? and sealed > ? order by sealed limit ?
      """;

  static final String REWRAP_WEBHOOK_SECRETS =
      """
      update webhook_secret t set sealed = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed = u.before
      """;

  static final String SECRETS =
      """
      select sealed from secret_version
      where tenant_id = ? and sealed > ? order by sealed limit ?
      """;

  static final String REWRAP_SECRETS =
      """
      update secret_version t set sealed = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed = u.before
      """;

  static final String HELD_SUBJECTS =
      """
      select sealed_target as sealed from legal_hold
      where tenant_id = ? and sealed_target > ? order by sealed_target limit ?
      """;

  static final String REWRAP_HELD_SUBJECTS =
      """
      update legal_hold t set sealed_target = u.again
      from unnest(?::bytea[], ?::bytea[]) as u (before, again)
      where t.tenant_id = ? and t.sealed_target = u.before
      """;
}
