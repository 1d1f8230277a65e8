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

  /** The columns, the key and the policy of the audit log, and nothing that chains. */
  static final String BARE_ENTRIES =
      """
      create table agentos.bare_entry (like agentos.audit_entry, primary key (tenant_id, seq));
      create sequence agentos.bare_entry_seq;
      alter table agentos.bare_entry enable row level security;
      alter table agentos.bare_entry force row level security;
      create policy one_tenant on agentos.bare_entry to agentos_app
        using (tenant_id = (select agentos.tenant())) with check (tenant_id = (select agentos.tenant()));
      grant select, insert on agentos.bare_entry to agentos_app;
      grant usage on sequence agentos.bare_entry_seq to agentos_app
      """;

  static final String BARE_ENTRY =
      """
      insert into agentos.bare_entry (tenant_id, seq, at, type, actor, subject, body, hash)
      values (?, nextval('agentos.bare_entry_seq'), now(), 'tool.called', 'agent:shop.clerk', 'task_1',
              '{"seq":1000,"tenant":"' || ?::text || '","at":"2026-01-01T00:00:00.000000Z","type":"tool.called",'
              '"actor":"agent:shop.clerk","subject":"task_1","facts":{"bytes":"1824","outcome":"committed",'
              '"tool":"crm.post","version":"7"}}', ?)
      """;

  static final String PLAIN_INSERT =
      """
      insert into plain values (?, ?, '{"a": "0123456789012345678901234567890123456789", "b": 1}')
      """;
}
