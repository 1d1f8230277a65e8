package io.agentos.runtime.retention;

/**
 * The statements that delete, for one tenant and in the order of their age. Those of one kind take
 * tenant, days and a limit. Each leaves out by itself what a hold covers; the row of the tenant's
 * rules, which whoever deletes shares, keeps a hold from coming in between.
 */
final class PruneSql {
  private PruneSql() {}

  /**
   * Ended tasks without children, whose parent has ended, after a place in the order. The children
   * of a tree go before their parents.
   */
  static final String CHOOSE_TASKS =
      """
      select t.task_id, t.ended_at from task t
      where t.tenant_id = ? and t.ended_at < now() - ?::bigint * interval '1 day'
        and (t.ended_at, t.task_id) > (?::timestamptz, ?::uuid)
        and not exists (select from task c where c.tenant_id = t.tenant_id and c.parent_id = t.task_id)
        and not exists (select from task p
                        where p.tenant_id = t.tenant_id and p.task_id = t.parent_id and p.ended_at is null)
        and not exists (select from budget_reservation r where r.tenant_id = t.tenant_id and r.task_id = t.task_id
                          and r.state in ('held', 'settled'))
        and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
      order by t.ended_at, t.task_id limit ?
      """;

  static final String COUNT_TASKS =
      """
      select count(*)::int as n from (
        select from task t
        where t.tenant_id = ? and t.ended_at < now() - ?::bigint * interval '1 day'
          and not exists (select from task c where c.tenant_id = t.tenant_id and c.parent_id = t.task_id)
          and not exists (select from task p
                          where p.tenant_id = t.tenant_id and p.task_id = t.parent_id and p.ended_at is null)
          and not exists (select from budget_reservation r where r.tenant_id = t.tenant_id and r.task_id = t.task_id
                            and r.state in ('held', 'settled'))
          and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
        limit ?) doomed
      """;

  static final String VOTES_OF_TASKS =
      """
      delete from approval_vote v using unnest(?::uuid[]) as u (task_id), approval a
      where v.tenant_id = ? and a.tenant_id = v.tenant_id and a.approval_id = v.approval_id and a.task_id = u.task_id
      """;

  static final String APPROVALS_OF_TASKS =
      "delete from approval where tenant_id = ? and task_id = any (?)";

  static final String SIGNALS_OF_TASKS =
      "delete from signal where tenant_id = ? and task_id = any (?)";

  static final String DECISIONS_OF_TASKS =
      "delete from policy_decision where tenant_id = ? and task_id = any (?)";

  static final String RESERVATIONS_OF_TASKS =
      "delete from budget_reservation where tenant_id = ? and task_id = any (?)";

  /** A trigger adds what they used to the sums of their hour. */
  static final String MODEL_CALLS_OF_TASKS =
      "delete from model_call where tenant_id = ? and task_id = any (?)";

  /** The long values that the lines named, each once. */
  static final String JOURNAL_OF_TASKS =
      """
      with gone as (delete from journal where tenant_id = ? and task_id = any (?) returning payload)
      select distinct payload from gone where payload is not null
      """;

  /**
   * Holds off whoever writes payloads for the moment in which those without a line are deleted:
   * else a line could come to name one just then, and not be seen.
   */
  static final String LOCK_PAYLOADS = "lock table payload in share row exclusive mode";

  static final String PAYLOADS =
      """
      delete from payload p
      where p.tenant_id = ? and p.hash = any (?)
        and not exists (select from journal j where j.tenant_id = p.tenant_id and j.payload = p.hash)
      """;

  /** Last, and under every condition again: where one no longer holds, nothing of it happens. */
  static final String TASKS =
      """
      with gone as (
        delete from task t
        where t.tenant_id = ? and t.task_id = any (?) and t.ended_at < now() - ?::bigint * interval '1 day'
          and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
        returning t.key_id)
      select key_id from gone
      """;

  /**
   * The key of a task alone goes with it; that of a subject goes after its last task, and one that
   * was erased stays to say so.
   */
  static final String KEYS_OF_TASKS =
      """
      delete from data_key k
      where k.tenant_id = ? and k.key_id = any (?) and k.subject is null and k.erasing_at is null
        and not exists (select from task t where t.tenant_id = k.tenant_id and t.key_id = k.key_id)
      """;

  /** The {@code offset} keeps Postgres from asking for the holds of tasks that no row is of. */
  static final String MODEL_CALLS =
      """
      with gone as (
        delete from model_call where (tenant_id, task_id, position, step, attempt) in (
          select m.tenant_id, m.task_id, m.position, m.step, m.attempt
          from model_call m cross join lateral (
            select tenant_id, task_id, pack, agent, labels, key_id, ended_at from task
            where tenant_id = m.tenant_id and task_id = m.task_id offset 0) t
          where m.tenant_id = ? and m.at < now() - ?::bigint * interval '1 day' and t.ended_at is not null
            and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
          order by m.at limit ?)
        returning 1)
      select count(*)::int as n from gone
      """;

  static final String COUNT_MODEL_CALLS =
      """
      select count(*)::int as n from (
        select from model_call m cross join lateral (
          select tenant_id, task_id, pack, agent, labels, key_id, ended_at from task
          where tenant_id = m.tenant_id and task_id = m.task_id offset 0) t
        where m.tenant_id = ? and m.at < now() - ?::bigint * interval '1 day' and t.ended_at is not null
          and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
        limit ?) doomed
      """;

  static final String POLICY_DECISIONS =
      """
      with gone as (
        delete from policy_decision where (tenant_id, task_id, position, ordinal) in (
          select d.tenant_id, d.task_id, d.position, d.ordinal
          from policy_decision d cross join lateral (
            select tenant_id, task_id, pack, agent, labels, key_id, ended_at from task
            where tenant_id = d.tenant_id and task_id = d.task_id offset 0) t
          where d.tenant_id = ? and d.at < now() - ?::bigint * interval '1 day' and t.ended_at is not null
            and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
          order by d.at limit ?)
        returning 1)
      select count(*)::int as n from gone
      """;

  static final String COUNT_POLICY_DECISIONS =
      """
      select count(*)::int as n from (
        select from policy_decision d cross join lateral (
          select tenant_id, task_id, pack, agent, labels, key_id, ended_at from task
          where tenant_id = d.tenant_id and task_id = d.task_id offset 0) t
        where d.tenant_id = ? and d.at < now() - ?::bigint * interval '1 day' and t.ended_at is not null
          and task_hold(t.tenant_id, t.task_id, t.pack, t.agent, t.labels, t.key_id) is null
        limit ?) doomed
      """;

  /** Those of calls outside of tasks have no task; those of tasks at work are looked at again. */
  static final String BUDGET_RESERVATIONS =
      """
      with gone as (
        delete from budget_reservation where (tenant_id, task_id, position, attempt) in (
          select r.tenant_id, r.task_id, r.position, r.attempt
          from budget_reservation r left join task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
          where r.tenant_id = ? and r.state in ('applied', 'swept')
            and r.ended_at < now() - ?::bigint * interval '1 day' and (t.task_id is null or t.ended_at is not null)
            and task_hold(r.tenant_id, t.task_id, t.pack, t.agent, coalesce(t.labels, '{}'), t.key_id) is null
          order by r.ended_at limit ?)
        returning 1)
      select count(*)::int as n from gone
      """;

  static final String COUNT_BUDGET_RESERVATIONS =
      """
      select count(*)::int as n from (
        select from budget_reservation r left join task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
        where r.tenant_id = ? and r.state in ('applied', 'swept')
          and r.ended_at < now() - ?::bigint * interval '1 day' and (t.task_id is null or t.ended_at is not null)
          and task_hold(r.tenant_id, t.task_id, t.pack, t.agent, coalesce(t.labels, '{}'), t.key_id) is null
        limit ?) doomed
      """;

  /**
   * Deletes rows that are nobody's task, and that a hold on the tenant alone covers.
   *
   * @param key the columns that tell rows apart, with commas
   * @param at the column of the time from which the days count
   */
  static String rows(String table, String key, String at) {
    return """
    with gone as (
      delete from %1$s where (%2$s) in (
        select %2$s from %1$s
        where tenant_id = ? and %3$s < now() - ?::bigint * interval '1 day'
          and task_hold(tenant_id, null, null, null, '{}', null) is null
        order by %3$s limit ?)
      returning 1)
    select count(*)::int as n from gone
    """
        .formatted(table, key, at);
  }

  /** Counts what {@link #rows} would delete. */
  static String countRows(String table, String at) {
    return """
    select count(*)::int as n from (
      select from %1$s
      where tenant_id = ? and %2$s < now() - ?::bigint * interval '1 day'
        and task_hold(tenant_id, null, null, null, '{}', null) is null
      limit ?) doomed
    """
        .formatted(table, at);
  }

  /** Values whose time beside the next version is over; who set them and when stays. */
  static final String EXPIRED_SECRETS =
      """
      with gone as (
        update secret_version set sealed = null, destroyed_at = now() where (tenant_id, name, version) in (
          select tenant_id, name, version from secret_version
          where tenant_id = ? and sealed is not null and expires_at < now() - ?::bigint * interval '1 day'
            and task_hold(tenant_id, null, null, null, '{}', null) is null
          order by expires_at limit ?)
        returning 1)
      select count(*)::int as n from gone
      """;

  static final String COUNT_EXPIRED_SECRETS =
      """
      select count(*)::int as n from (
        select from secret_version
        where tenant_id = ? and sealed is not null and expires_at < now() - ?::bigint * interval '1 day'
          and task_hold(tenant_id, null, null, null, '{}', null) is null
        limit ?) doomed
      """;
}
