package io.agentos.server.bench;

/** The statements of the benchmarks. */
final class BenchSql {
  private BenchSql() {}

  static final String COMMITS =
      """
      select pg_stat_clear_snapshot(), xact_commit from pg_stat_database
      where datname = current_database()
      """;

  static final String ACKNOWLEDGED =
      """
      select node_id, acknowledged_at from kill_acknowledgement where tenant_id = ? and kill_id = ?
      """;

  static final String PLAIN_TABLE =
      """
      drop table if exists plain;
      create table plain (id uuid, n int, body jsonb, primary key (id, n))
      """;

  static final String PLAIN_INSERT =
      """
      insert into plain values (?, ?, '{"a": "0123456789012345678901234567890123456789", "b": 1}')
      """;
}
