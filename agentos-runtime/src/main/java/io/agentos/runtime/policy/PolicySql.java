package io.agentos.runtime.policy;

/** The statements of policies, their versions, decisions and rates. */
final class PolicySql {
  private PolicySql() {}

  static final String OVERLAY =
      "select revision, documents from policy_overlay where tenant_id = ?";

  static final String REVISION = "select revision from policy_overlay where tenant_id = ?";

  static final String REPLACE_FIRST =
      """
      insert into policy_overlay (tenant_id, revision, documents) values (?, 1, ?)
      on conflict do nothing
      """;

  static final String REPLACE =
      """
      update policy_overlay set revision = revision + 1, documents = ?, updated_at = now()
      where tenant_id = ? and revision = ?
      """;

  static final String STORE_VERSION =
      """
      insert into policy_version (tenant_id, version, body) values (?, ?, ?)
      on conflict do nothing
      """;

  static final String VERSION =
      "select body from policy_version where tenant_id = ? and version = ?";

  /** What keys hold now; of a user's own key, the user's role as well. */
  static final String KEYS =
      """
      select k.key_id, k.role, k.scopes, k.agent, u.role as user_role,
             k.revoked_at is not null as revoked, coalesce(k.expires_at <= now(), false) as expired,
             u.disabled_at is not null as disabled
      from api_key k
      left join user_account u on u.tenant_id = k.tenant_id and u.user_id = k.user_id
      where k.tenant_id = ? and k.key_id = any (?)
      """;

  static final String USERS =
      """
      select user_id, role, disabled_at is not null as disabled from user_account
      where tenant_id = ? and user_id = any (?)
      """;

  static final String DECISIONS_OF_TASK =
      """
      select step, subject, rule, effect, version, at from policy_decision
      where tenant_id = ? and task_id = ? order by position, ordinal limit ?
      """;

  static final String DECISION =
      """
      insert into policy_decision
        (tenant_id, task_id, position, ordinal, step, subject, rule, effect, version, input, decision)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Those of erased tasks are left out. */
  static final String DECISIONS =
      """
      select d.task_id, d.position, d.ordinal, d.step, d.at, d.version, d.input, d.decision,
             t.key_id, k.wrapped as wrapped_key
      from policy_decision d
      join task t on t.tenant_id = d.tenant_id and t.task_id = d.task_id
      left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where d.tenant_id = ? and d.at >= ? and d.at < ?
        and (d.at, d.task_id, d.position, d.ordinal) > (?::timestamptz, ?, ?, ?)
        and (t.key_id is null or k.wrapped is not null)
      order by d.at, d.task_id, d.position, d.ordinal
      limit ?
      """;

  /** Makes the head or writes it, so that all who count for it take turns. */
  static final String LOCK_RATE =
      """
      insert into policy_rate as r (tenant_id, rule, key) values (?, ?, ?)
      on conflict (tenant_id, rule, key) do update set used = r.used
      """;

  static final String SLOT =
      """
      select amount, used, fits from policy_slot
      where tenant_id = ? and rule = ? and key = ? and task_id = ? and call = ?
      """;

  static final String GIVE_BACK =
      """
      delete from policy_slot
      where tenant_id = ? and rule = ? and key = ? and task_id = ? and call = ?
      """;

  /** On the clock of after the lock, not of when the transaction began. */
  static final String USED =
      """
      select coalesce(sum(amount), 0)::bigint as used from policy_slot
      where tenant_id = ? and rule = ? and key = ?
        and taken_at > clock_timestamp() - make_interval(secs => ?)
      """;

  static final String TAKE =
      """
      insert into policy_slot (tenant_id, rule, key, task_id, call, amount, used, fits, taken_at, expires_at)
      select ?, ?, ?, ?, ?, ?, ?, ?, t.at, t.at + make_interval(secs => ?)
      from (select clock_timestamp() as at) t
      """;

  static final String FORGET =
      """
      delete from policy_slot
      where tenant_id = ? and rule = ? and key = ? and expires_at <= clock_timestamp()
      """;

  static final String NOTE_USED =
      "update policy_rate set used = ? where tenant_id = ? and rule = ? and key = ?";
}
