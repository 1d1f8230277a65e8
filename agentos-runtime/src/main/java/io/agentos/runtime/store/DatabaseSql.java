package io.agentos.runtime.store;

/** The statements around every transaction. */
final class DatabaseSql {
  private DatabaseSql() {}

  /** Role, tenant, and bounds in milliseconds for statements, locks and idling. */
  static final String BEGIN =
      """
      select set_config('role', ?, true),
             set_config('agentos.tenant', ?, true),
             set_config('statement_timeout', ?, true),
             set_config('lock_timeout', ?, true),
             set_config('idle_in_transaction_session_timeout', ?, true),
             set_config('search_path', 'agentos', true),
             -- Index scans only: a plan made while a table was empty would scan it whole for ever.
             set_config('enable_seqscan', ?, true), set_config('enable_hashjoin', ?, true),
             set_config('enable_mergejoin', ?, true)
      """;
}
