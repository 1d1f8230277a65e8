package io.agentos.runtime.identity;

/** The statements of tenants and keys. */
final class IdentitySql {
  private IdentitySql() {}

  static final String CREATE_TENANT =
      "insert into tenant (tenant_id) values (?) on conflict do nothing";

  static final String CREATE_CHAIN =
      """
      insert into chain_head (tenant_id, seq, hash)
      values (?, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing
      """;

  static final String CREATE_KEY =
      """
      insert into api_key (tenant_id, key_id, name, role, hash, expires_at, agent, user_id, scopes)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String FIND_KEY =
      """
      select k.tenant_id, k.name, k.role, k.agent, k.user_id, k.scopes, k.expires_at, u.role as user_role,
             coalesce(k.last_used_at < now() - interval '1 minute', true) as unnoted
      from api_key k
      join tenant t on t.tenant_id = k.tenant_id
      left join user_account u on u.tenant_id = k.tenant_id and u.user_id = k.user_id
      where k.key_id = ? and k.hash = ? and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())
        and t.disabled_at is null and u.disabled_at is null
      """;

  static final String TOUCH_KEY =
      """
      update api_key set last_used_at = now()
      where key_id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')
      """;

  static final String LIST_KEYS =
      """
      select key_id, name, role, agent, user_id, scopes, created_at, last_used_at, expires_at, revoked_at
      from api_key
      where tenant_id = ? and key_id < ? order by key_id desc limit ?
      """;

  static final String USER_ROLE =
      "select role from user_account where tenant_id = ? and user_id = ? and disabled_at is null";

  static final String REVOKE_KEY =
      """
      update api_key set revoked_at = now()
      where tenant_id = ? and key_id = ? and revoked_at is null
      """;

  static final String KEY_EXISTS =
      "select true as found from api_key where tenant_id = ? and key_id = ?";

  static final String LIST_TENANTS =
      """
      select tenant_id, created_at, disabled_at from tenant
      where tenant_id > ? and (?::text is null or tenant_id = ?)
      order by tenant_id limit ?
      """;

  static final String ONE_TENANT =
      "select tenant_id, created_at, disabled_at from tenant where tenant_id = ?";

  static final String DISABLE_TENANT =
      "update tenant set disabled_at = now() where tenant_id = ? and disabled_at is null";
}
