package io.agentos.runtime.store;

/** The statements before the numbered migrations. */
final class MigrationsSql {
  private MigrationsSql() {}

  /** The roles of docs/architecture.md. None may log in, own more than its part, or bypass RLS. */
  static final String ROLES =
      """
      do $$
      declare
        r text;
      begin
        foreach r in array array['agentos_owner', 'agentos_app', 'agentos_engine', 'agentos_auditor', 'agentos_retention', 'agentos_vault'] loop
          if not exists (select from pg_roles where rolname = r) then
            execute format('create role %I nologin noinherit', r);
          end if;
        end loop;
        if not pg_has_role('agentos_owner', 'member') then
          execute format('grant agentos_owner to %I', current_user);
        end if;
      end $$;
      """;

  static final String SCHEMA =
      """
      do $$
      begin
        if to_regnamespace('agentos') is null then
          create schema agentos authorization agentos_owner;
          revoke all on schema agentos from public;
          grant usage on schema agentos to agentos_app, agentos_engine;
        end if;
      end $$;
      """;

  /**
   * A login without rights of its own that may become the other roles; quoted by Postgres itself.
   */
  static final String LOGIN =
      """
      select format(
          'do $do$ begin
             if not exists (select from pg_roles where rolname = %1$L) then
               create role %1$I login noinherit;
             end if;
           end $do$;
           alter role %1$I login noinherit password %2$L;
           grant agentos_app, agentos_engine, agentos_auditor, agentos_retention, agentos_vault to %1$I',
          ?::text, ?::text)
      """;

  static final String GRANT_TO_SELF =
      """
      do $$
      begin
        if not (pg_has_role('agentos_app', 'member') and pg_has_role('agentos_engine', 'member')
                and pg_has_role('agentos_auditor', 'member')
                and pg_has_role('agentos_retention', 'member')
                and pg_has_role('agentos_vault', 'member')) then
          execute format('grant agentos_app, agentos_engine, agentos_auditor, agentos_retention, agentos_vault to %I', current_user);
        end if;
      end $$;
      """;

  static final String BECOME_OWNER =
      "set role agentos_owner; set lock_timeout = '30s'; set search_path = agentos";

  static final String HISTORY_EXISTS =
      "select to_regclass('agentos.flyway_schema_history') is not null";

  static final String NEWEST_APPLIED =
      """
      select version from agentos.flyway_schema_history
      where success order by installed_rank desc limit 1
      """;
}
