package io.agentos.runtime.models;

/** The statements of the limits that nodes share. */
final class WindowsSql {
  private WindowsSql() {}

  /** Takes from the minute, or begins a new one when it is over; no row when too little is left. */
  static final String TAKE =
      """
      insert into provider_window as w (provider, model, kind, window_start, size, used)
      values (?, ?, ?, now(), ?, ?)
      on conflict (provider, model, kind) do update
        set window_start = case when w.window_start <= now() - interval '60 s' then now() else w.window_start end,
            used = case when w.window_start <= now() - interval '60 s' then excluded.used
                        else w.used + excluded.used end,
            size = excluded.size
        where w.window_start <= now() - interval '60 s' or w.used + excluded.used <= excluded.size
      returning ceil(extract(epoch from w.window_start + interval '60 s' - now()) * 1000)::int as left_millis
      """;

  static final String LEFT =
      """
      select greatest(0, ceil(extract(epoch from window_start + interval '60 s' - now()) * 1000))::int
             as left_millis
      from provider_window where provider = ? and model = ? and kind = ?
      """;
}
