package io.agentos.runtime.sessions;

/** The statements of limits on signing in. */
final class LimitsSql {
  private LimitsSql() {}

  static final String ENSURE =
      """
      insert into sign_in_limit (tenant_id, kind, subject, failures) values (?, ?, ?, 0)
      on conflict do nothing
      """;

  /** Who tries waits here for who tries already; times are those of the clock, not of the wait. */
  static final String LOCK =
      """
      select failures, extract(epoch from clock_timestamp() - tried_at)::bigint as seconds_idle,
             ceil(extract(epoch from blocked_until - clock_timestamp()))::bigint as seconds_blocked
      from sign_in_limit where tenant_id = ? and kind = ? and subject = ? for update
      """;

  static final String COUNT =
      """
      update sign_in_limit set failures = ?, tried_at = clock_timestamp(),
        blocked_until = clock_timestamp() + make_interval(secs => ?)
      where tenant_id = ? and kind = ? and subject = ?
      """;

  static final String KNOWN =
      """
      select true as found from sign_in_limit
      where tenant_id = ? and kind = 'pair' and subject = ?
        and succeeded_at > now() - interval '90 days'
      """;

  static final String PASS =
      """
      update sign_in_limit set failures = 0, blocked_until = clock_timestamp(), succeeded_at = now()
      where tenant_id = ? and kind = ? and subject = ?
      """;

  static final String GIVE_BACK =
      """
      update sign_in_limit set failures = greatest(failures - 1, 0), blocked_until = clock_timestamp()
      where tenant_id = ? and kind = ? and subject = ?
      """;

  static final String SWEEP =
      """
      delete from sign_in_limit where ctid in (
        select ctid from sign_in_limit
        where tenant_id = ? and tried_at < now() - interval '2 days'
          and (succeeded_at is null or succeeded_at < now() - interval '90 days')
        limit 200)
      """;
}
