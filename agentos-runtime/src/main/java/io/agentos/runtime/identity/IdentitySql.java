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
      insert into api_key (tenant_id, key_id, name, role, hash, expires_at, agent)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  static final String FIND_KEY =
      """
      select tenant_id, name, role, agent from api_key
      where key_id = ? and hash = ? and revoked_at is null and (expires_at is null or expires_at > now())
      """;

  static final String LIST_KEYS =
      """
      select key_id, name, role, agent, created_at, expires_at, revoked_at from api_key
      where tenant_id = ? and key_id < ? order by key_id desc limit ?
      """;

  static final String REVOKE_KEY =
      """
      update api_key set revoked_at = now()
      where tenant_id = ? and key_id = ? and revoked_at is null
      """;

  static final String KEY_EXISTS =
      "select true as found from api_key where tenant_id = ? and key_id = ?";
}
