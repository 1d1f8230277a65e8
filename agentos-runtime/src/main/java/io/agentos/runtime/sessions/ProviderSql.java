package io.agentos.runtime.sessions;

/** The statements of signing in at an OpenID provider. */
final class ProviderSql {
  private ProviderSql() {}

  static final String SWEEP = "delete from oidc_flow where tenant_id = ? and expires_at < now()";

  static final String OPEN = "select count(*)::integer as n from oidc_flow where tenant_id = ?";

  static final String BEGIN =
      """
      insert into oidc_flow (tenant_id, flow, state, sealed, expires_at)
      values (?, ?, ?, ?, now() + make_interval(secs => ?))
      """;

  static final String TAKE =
      """
      delete from oidc_flow where tenant_id = ? and flow = ?
      returning state, sealed, expires_at > now() as in_time
      """;

  static final String TENANT =
      "select true as found from tenant where tenant_id = ? and disabled_at is null";

  static final String BY_SUBJECT =
      """
      select user_id, name, role, issuer, disabled_at from user_account
      where tenant_id = ? and issuer = ? and subject = ?
      """;

  static final String BY_EMAIL =
      """
      select user_id, name, role, issuer, disabled_at from user_account
      where tenant_id = ? and email = ?
      """;

  static final String LINK =
      """
      update user_account set issuer = ?, subject = ?
      where tenant_id = ? and user_id = ? and issuer is null
      """;

  static final String SET_ROLE =
      "update user_account set role = ? where tenant_id = ? and user_id = ? and role <> ?";
}
