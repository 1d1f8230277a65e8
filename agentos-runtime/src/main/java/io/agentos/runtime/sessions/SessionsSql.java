package io.agentos.runtime.sessions;

/** The statements of sessions, links and limits. */
final class SessionsSql {
  private SessionsSql() {}

  /** A tenant that is open, with its user of an e-mail address who may sign in, if any. */
  static final String BY_EMAIL =
      """
      select u.user_id, u.name, u.role, u.password from tenant t
      left join user_account u on u.tenant_id = t.tenant_id and u.email = ? and u.disabled_at is null
      where t.tenant_id = ? and t.disabled_at is null
      """;

  static final String BY_ID =
      """
      select u.user_id, u.name, u.role, u.password from user_account u
      join tenant t on t.tenant_id = u.tenant_id
      where u.tenant_id = ? and u.user_id = ? and u.disabled_at is null and t.disabled_at is null
      """;

  static final String UPGRADE =
      "update user_account set password = ? where tenant_id = ? and user_id = ? and password = ?";

  static final String BEGIN =
      """
      insert into user_session (tenant_id, session_id, user_id, hash, method, expires_at)
      values (?, ?, ?, ?, ?, now() + make_interval(secs => ?))
      returning expires_at
      """;

  static final String FIND =
      """
      select s.tenant_id, s.user_id, u.name, u.role, s.method, s.expires_at,
             s.created_at > now() - make_interval(secs => ?) as fresh,
             s.seen_at < now() - interval '1 minute' as unnoted
      from user_session s
      join user_account u on u.tenant_id = s.tenant_id and u.user_id = s.user_id
      join tenant t on t.tenant_id = s.tenant_id
      where s.session_id = ? and s.hash = ? and s.ended_at is null and s.expires_at > now()
        and s.seen_at > now() - make_interval(secs => ?)
        and u.disabled_at is null and t.disabled_at is null
      """;

  static final String SEEN =
      """
      update user_session set seen_at = now()
      where session_id = ? and seen_at < now() - interval '1 minute'
      """;

  static final String END =
      """
      update user_session set ended_at = now()
      where tenant_id = ? and session_id = ? and ended_at is null
      """;

  static final String SWEEP =
      "delete from user_session where tenant_id = ? and expires_at < now() - interval '30 days'";

  /** The oldest beyond so many of a user end. */
  static final String END_OLDEST =
      """
      update user_session set ended_at = now()
      where tenant_id = ? and session_id in (
        select session_id from user_session
        where tenant_id = ? and user_id = ? and ended_at is null
        order by session_id desc offset ?)
      """;

  static final String MAKE_LINK =
      """
      insert into sign_in_link (tenant_id, link_id, user_id, hash, expires_at)
      values (?, ?, ?, ?, now() + make_interval(secs => ?))
      returning expires_at
      """;

  static final String END_LINKS =
      """
      update sign_in_link set used_at = now()
      where tenant_id = ? and user_id = ? and used_at is null
      """;

  static final String LINK_TENANT = "select tenant_id from sign_in_link where link_id = ?";

  static final String USE_LINK =
      """
      update sign_in_link set used_at = now()
      where tenant_id = ? and link_id = ? and hash = ? and used_at is null and expires_at > now()
      returning user_id
      """;
}
