package io.agentos.tools.sql.structure;

/** The statements around plans. The queries themselves are the user's. */
final class PlannerSql {

  /** A plan that reads a whole table is then taken only where there is no other. */
  static final String SET_UP =
      """
      SELECT set_config('search_path', '"$user", public, extensions', true),
             set_config('enable_seqscan', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('jit', 'off', true)
      """;

  /** The query follows. */
  static final String PREPARE = "PREPARE agentos_query AS ";

  /** A list of values follows where the query has parameters. */
  static final String EXPLAIN = "EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE agentos_query";

  static final String DEALLOCATE = "DEALLOCATE agentos_query";

  static final String SAVEPOINT = "SAVEPOINT agentos_index";
  static final String ROLLBACK_TO = "ROLLBACK TO SAVEPOINT agentos_index";
  static final String PLAN_SAVEPOINT = "SAVEPOINT agentos_plan";
  static final String PLAN_ROLLBACK_TO = "ROLLBACK TO SAVEPOINT agentos_plan";

  private PlannerSql() {}
}
