package io.agentos.runtime.identity;

/** The statements of users. */
final class UsersSql {
  private UsersSql() {}

  static final String CREATE =
      """
      insert into user_account (tenant_id, user_id, email, name, role) values (?, ?, ?, ?, ?)
      on conflict (tenant_id, email) do nothing
      """;

  static final String ONE =
      """
      select u.user_id, u.email, u.name, u.role, u.password is not null as has_password, u.issuer,
             u.created_at, u.disabled_at, f.confirmed_at is not null as has_factor
      from user_account u
      left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.user_id
      where u.tenant_id = ? and u.user_id = ?
      """;

  static final String OF_EMAIL =
      """
      select u.user_id, u.email, u.name, u.role, u.password is not null as has_password, u.issuer,
             u.created_at, u.disabled_at, f.confirmed_at is not null as has_factor
      from user_account u
      left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.user_id
      where u.tenant_id = ? and u.email = ?
      """;

  static final String LIST =
      """
      select u.user_id, u.email, u.name, u.role, u.password is not null as has_password, u.issuer,
             u.created_at, u.disabled_at, f.confirmed_at is not null as has_factor
      from user_account u
      left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.user_id
      where u.tenant_id = ? and u.user_id < ?
      order by u.user_id desc limit ?
      """;

  static final String RENAME =
      "update user_account set name = ? where tenant_id = ? and user_id = ?";

  static final String SET_ROLE =
      "update user_account set role = ? where tenant_id = ? and user_id = ?";

  static final String SET_DISABLED =
      """
      update user_account set disabled_at = case when ? then now() end
      where tenant_id = ? and user_id = ?
      """;

  static final String SET_PASSWORD =
      "update user_account set password = ? where tenant_id = ? and user_id = ?";

  static final String END_SESSIONS =
      """
      update user_session set ended_at = now()
      where tenant_id = ? and user_id = ? and ended_at is null
      """;

  static final String END_LINKS =
      """
      update sign_in_link set used_at = now()
      where tenant_id = ? and user_id = ? and used_at is null
      """;
}
