package io.agentos.runtime.budgets;

/** The statements of reserving and settling. */
final class BudgetsSql {
  private BudgetsSql() {}

  /** All windows that cover some calls, locked in one order; see V004. */
  static final String WINDOWS_OF =
      """
      select n, known_state, known_amount, tenant_id, budget_id, scope, target, period, window_start,
             limit_usd_micros, committed, reserved
      from budget_windows_of(?::text[], ?::uuid[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[])
      """;

  /** Takes from each window what it still has; a window that has too little is not counted. */
  static final String TAKE =
      """
      with taken as (
        update budget_window w set reserved = w.reserved + t.amount
        from unnest(?::text[], ?::uuid[], ?::timestamptz[], ?::bigint[])
          as t (tenant_id, budget_id, window_start, amount)
        where w.tenant_id = t.tenant_id and w.budget_id = t.budget_id and w.window_start = t.window_start
          and w.committed + w.reserved + t.amount <= w.limit_usd_micros
        returning 1)
      select count(*)::int as windows from taken
      """;

  /**
   * The owner and the epoch are those of the task as it runs; a call outside of one has a lease.
   */
  static final String HOLD =
      """
      insert into budget_reservation (tenant_id, task_id, position, attempt, step, state, amount,
                                      owner, epoch, lease_until, budgets, windows)
      select r.tenant_id, r.task_id, r.position, r.attempt, r.step, 'held', r.amount,
             t.owner, t.epoch,
             case when r.lease > 0 then now() + r.lease * interval '1 ms' end,
             r.budgets::uuid[], r.windows::timestamptz[]
      from unnest(?::text[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
                  ?::text[], ?::text[])
        as r (tenant_id, task_id, position, attempt, step, amount, lease, budgets, windows)
      left join task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
      """;

  /** Says what a call did cost; touches nothing when it was swept already. */
  static final String SETTLE =
      """
      update budget_reservation set state = 'settled', actual = ?, ended_at = now()
      where tenant_id = ? and task_id = ? and position = ? and attempt = ? and state = 'held'
      """;

  /** What was settled and is in no window yet, a row for each window. */
  static final String SETTLED =
      """
      with due as (
        select tenant_id, task_id, position, attempt, step, state, amount, actual, budgets, windows
        from budget_reservation where state = 'settled'
        order by tenant_id, task_id limit ? for update skip locked)
      select d.tenant_id, d.task_id, d.position, d.attempt, d.step, d.state, d.amount, d.actual,
             h.budget_id, h.window_start
      from due d cross join lateral unnest(d.budgets, d.windows) as h (budget_id, window_start)
      """;

  /** What is held by nobody: its task has another owner or epoch by now, or its lease is over. */
  static final String LEAKED =
      """
      with due as (
        select r.tenant_id, r.task_id, r.position, r.attempt, r.step, r.state, r.amount,
               r.amount as actual, r.budgets, r.windows
        from budget_reservation r
        where r.state = 'held'
          and case when r.lease_until is not null then r.lease_until < now()
                   else not exists (
                     select from task t where t.tenant_id = r.tenant_id and t.task_id = r.task_id
                       and t.owner = r.owner and t.epoch = r.epoch) end
        order by r.tenant_id, r.task_id limit ? for update of r skip locked)
      select d.tenant_id, d.task_id, d.position, d.attempt, d.step, d.state, d.amount, d.actual,
             h.budget_id, h.window_start
      from due d cross join lateral unnest(d.budgets, d.windows) as h (budget_id, window_start)
      """;

  /** Whether something is settled or leaked that no window has yet, though another may be at it. */
  static final String PENDING =
      """
      select exists (select from budget_reservation where state = 'settled')
          or exists (
            select from budget_reservation r
            where r.state = 'held'
              and case when r.lease_until is not null then r.lease_until < now()
                       else not exists (
                         select from task t where t.tenant_id = r.tenant_id and t.task_id = r.task_id
                           and t.owner = r.owner and t.epoch = r.epoch) end) as pending
      """;

  static final String LOCK =
      """
      select w.budget_id from unnest(?::text[], ?::uuid[], ?::timestamptz[])
        as u (tenant_id, budget_id, window_start)
      join budget_window w on w.tenant_id = u.tenant_id and w.budget_id = u.budget_id
        and w.window_start = u.window_start
      order by w.tenant_id, w.budget_id, w.window_start
      for update of w
      """;

  /**
   * Gives reservations back and books what was spent. What was charged beyond a reservation is
   * booked as far as the limit allows, the rest as overdraft. A limit that somebody lowered
   * follows.
   */
  static final String APPLY =
      """
      with d as (
        select w.tenant_id, w.budget_id, w.window_start, b.scope, b.target, b.period, b.warn_percents,
               b.limit_usd_micros as budget_limit, w.limit_usd_micros as window_limit,
               w.reserved - u.released as reserved, w.committed + u.spent as committed, u.extra,
               least(u.extra, w.limit_usd_micros - (w.committed + u.spent) - (w.reserved - u.released)) as fits
        from unnest(?::text[], ?::uuid[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[])
          as u (tenant_id, budget_id, window_start, released, spent, extra)
        join budget_window w on w.tenant_id = u.tenant_id and w.budget_id = u.budget_id
          and w.window_start = u.window_start
        join budget b on b.tenant_id = u.tenant_id and b.budget_id = u.budget_id)
      update budget_window w
      set reserved = d.reserved, committed = d.committed + d.fits,
          overdraft = w.overdraft + d.extra - d.fits,
          limit_usd_micros = greatest(coalesce(d.budget_limit, d.window_limit),
                                      d.committed + d.fits + d.reserved)
      from d
      where w.tenant_id = d.tenant_id and w.budget_id = d.budget_id and w.window_start = d.window_start
      returning w.tenant_id, w.budget_id, w.window_start, d.scope, d.target, d.period,
                coalesce(d.budget_limit, w.limit_usd_micros) as limit_usd_micros, w.committed,
                w.reserved, w.overdraft, array_to_string(d.warn_percents, ',') as warn_percents
      """;

  static final String END =
      """
      update budget_reservation r
      set state = case r.state when 'held' then 'swept' else 'applied' end,
          ended_at = coalesce(r.ended_at, now())
      from unnest(?::text[], ?::uuid[], ?::int[], ?::int[]) as u (tenant_id, task_id, position, attempt)
      where r.tenant_id = u.tenant_id and r.task_id = u.task_id and r.position = u.position
        and r.attempt = u.attempt
      """;

  static final String HOUR =
      """
      insert into budget_hour as h (tenant_id, budget_id, hour, spent)
      select u.tenant_id, u.budget_id, date_trunc('hour', now(), 'UTC'), sum(u.spent)::bigint
      from unnest(?::text[], ?::uuid[], ?::bigint[]) as u (tenant_id, budget_id, spent)
      group by 1, 2 order by 1, 2
      on conflict (tenant_id, budget_id, hour) do update set spent = h.spent + excluded.spent
      """;

  /** A row when nobody has told of this threshold yet. */
  static final String ALERT =
      """
      insert into budget_alert (tenant_id, budget_id, window_start, percent) values (?, ?, ?, ?)
      on conflict do nothing returning percent
      """;

  static final String WARN_PERCENTS =
      """
      select array_to_string(warn_percents, ',') as warn_percents from budget
      where tenant_id = ? and budget_id = ?
      """;
}
