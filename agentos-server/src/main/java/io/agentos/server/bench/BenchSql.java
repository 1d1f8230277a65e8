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

  static final String CAP_TABLE =
      """
      drop table if exists cap;
      create table cap (id int primary key, used bigint, most bigint) with (fillfactor = 50);
      insert into cap values (1, 0, 9000000000000000)
      """;

  static final String CAP_TAKE =
      """
      update cap set used = used + 1000 where id = 1 and used + 1000 <= most
      """;

  static final String PLAIN_INSERT =
      """
      insert into plain values (?, ?, '{"a": "0123456789012345678901234567890123456789", "b": 1}')
      """;
}
