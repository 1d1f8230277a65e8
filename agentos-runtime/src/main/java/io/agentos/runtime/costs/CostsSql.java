package io.agentos.runtime.costs;

/** The statements of the cost ledger. */
final class CostsSql {
  private CostsSql() {}

  static final String BOOK =
      """
      insert into model_call (
        tenant_id, task_id, position, step, attempt, at, pack, agent, provider, model,
        answered_model, outcome, error_code, input_tokens, cache_read_tokens, cache_write_tokens,
        cache_write_hour_tokens, output_tokens, reasoning_tokens, estimated, cost_usd_picos,
        cost_usd_micros, price, request_id, first_token_ms, duration_ms)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  /**
   * A column that nobody asked to group by is null in all rows, and so one group. Of calls that are
   * gone, the sums of their hour stand in.
   */
  static final String REPORT =
      """
      select
        case when ?::boolean then tenant_id end as tenant,
        case when ?::boolean then pack end as pack,
        case when ?::boolean then pack || '.' || agent end as agent,
        case when ?::boolean then provider end as provider,
        case when ?::boolean then provider || '/' || model end as model,
        case when ?::boolean then to_char(at at time zone 'UTC', 'YYYY-MM-DD') end as day,
        sum(calls)::bigint as calls,
        sum(cached_calls)::bigint as cached_calls,
        sum(failed_calls)::bigint as failed_calls,
        sum(estimated_calls)::bigint as estimated_calls,
        sum(input_tokens)::bigint as input_tokens,
        sum(cache_read_tokens)::bigint as cache_read_tokens,
        sum(cache_write_tokens)::bigint as cache_write_tokens,
        sum(cache_write_hour_tokens)::bigint as cache_write_hour_tokens,
        sum(output_tokens)::bigint as output_tokens,
        sum(reasoning_tokens)::bigint as reasoning_tokens,
        sum(cost_usd_picos)::text as cost_usd_picos
      from (
        select tenant_id, at, pack, agent, provider, model, 1 as calls, (outcome = 'cached')::int as cached_calls,
               (outcome in ('failed', 'unsettled'))::int as failed_calls, estimated::int as estimated_calls,
               input_tokens, cache_read_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens,
               reasoning_tokens, cost_usd_picos
        from model_call
        union all
        select tenant_id, hour, pack, agent, provider, model, calls, cached_calls, failed_calls, estimated_calls,
               input_tokens, cache_read_tokens, cache_write_tokens, cache_write_hour_tokens, output_tokens,
               reasoning_tokens, cost_usd_picos
        from model_call_sum) c
      where tenant_id = ?
        and (?::timestamptz is null or at >= ?)
        and (?::timestamptz is null or at < ?)
      group by 1, 2, 3, 4, 5, 6
      order by 6, sum(cost_usd_picos) desc, 1, 2, 3, 4, 5
      limit ?
      """;
}
