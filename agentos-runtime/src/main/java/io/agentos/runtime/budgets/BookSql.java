package io.agentos.runtime.budgets;

/** The statements of setting and showing budgets. */
final class BookSql {
  private BookSql() {}

  static final String BEFORE =
      """
      select limit_usd_micros, coalesce(limit_usd_micros::text, '') as was from budget
      where tenant_id = ? and scope = ? and target = ? and period = ? for update
      """;

  static final String SET =
      """
      insert into budget (tenant_id, budget_id, scope, target, period, limit_usd_micros, warn_percents,
                          created_by, changed_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, scope, target, period) do update
        set limit_usd_micros = excluded.limit_usd_micros, warn_percents = excluded.warn_percents,
            changed_by = excluded.changed_by, changed_at = now()
      returning budget_id
      """;

  /** What is spent and reserved stays so: a lower limit holds from there on. */
  static final String LIMIT_WINDOW =
      """
      update budget_window w set limit_usd_micros = greatest(b.limit_usd_micros, w.committed + w.reserved)
      from budget b
      where b.tenant_id = ? and b.budget_id = ? and b.limit_usd_micros is not null
        and w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
        and w.window_start = budget_window_start(b.period, now())
      """;

  /** Budgets in force in their present periods, in the order of their ids. */
  static final String LIST =
      """
      select b.tenant_id, b.budget_id, b.scope, b.target, b.period, b.limit_usd_micros,
             array_to_string(b.warn_percents, ',') as warn_percents, b.changed_by, b.changed_at,
             budget_window_start(b.period, now()) as window_start, now() as asked_at,
             coalesce(w.committed, 0) as committed, coalesce(w.reserved, 0) as reserved,
             coalesce(w.overdraft, 0) as overdraft,
             coalesce(h.week, 0) as week, h.week_since, coalesce(h.hour, 0) as hour,
             coalesce(h.before, 0) as before, h.before_since
      from budget b
      left join budget_window w on w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
        and w.window_start = budget_window_start(b.period, now())
      left join lateral (
        select sum(spent) filter (where hour > now() - interval '7 days')::bigint as week,
               min(hour) filter (where hour > now() - interval '7 days') as week_since,
               sum(spent) filter (where hour = date_trunc('hour', now(), 'UTC'))::bigint as hour,
               sum(spent) filter (where hour < date_trunc('hour', now(), 'UTC')
                 and hour >= budget_window_start(b.period, now()))::bigint as before,
               min(hour) filter (where hour >= budget_window_start(b.period, now())) as before_since
        from budget_hour s where s.tenant_id = b.tenant_id and s.budget_id = b.budget_id
      ) h on true
      where b.tenant_id = ? and b.budget_id > ? and b.limit_usd_micros is not null
        and (?::uuid is null or b.budget_id = ?)
      order by b.budget_id limit ?
      """;

  /** Budgets of a tenant, a pack and an agent of which nothing is left. */
  static final String SPENT =
      """
      select b.tenant_id, b.budget_id, b.scope, b.target, b.period, b.limit_usd_micros,
             budget_window_start(b.period, now()) as window_start,
             coalesce(w.committed, 0) as committed, coalesce(w.reserved, 0) as reserved
      from budget b
      left join budget_window w on w.tenant_id = b.tenant_id and w.budget_id = b.budget_id
        and w.window_start = budget_window_start(b.period, now())
      where b.tenant_id = ? and b.limit_usd_micros is not null
        and (b.scope, b.target) in (('tenant', ''), ('pack', ?), ('agent', ?))
        and coalesce(w.committed, 0) >= b.limit_usd_micros
      order by b.budget_id limit 1
      """;
}
