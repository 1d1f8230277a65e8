package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Faults of views, functions and grants: planted, named, repaired, gone. */
final class AccessRulesTest {
  private static final String NASTY = "\"Sch.ema\".\"ta\"\"ble $$ ; -- ünï\"";

  private static final String TABLE =
      """
      create role app; grant usage on schema public to app;
      create table a (id bigint primary key, b int);
      alter table a enable row level security;
      alter table a force row level security;
      create policy p on a for select to app using (b > 0);
      grant select on a to app;
      """;

  @Test
  void view_overProtectedTable_highAndRepaired() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create view v1 as select b from a; grant select, update on v1 to app;
            create view v2 as select count(*) from v1; grant all on v2 to app;
            create view closed as select b from a;
            create view fine1 with (security_invoker) as select b from a;
            create view fine2 as select 1 as one;
            grant select on fine1, fine2 to app;
            """,
        "high view-as-owner | public.v1",
        "high view-as-owner | public.v2",
        "low view-as-owner | public.closed");
  }

  @Test
  void view_writableOnlyIfPostgresSaysSo_inTheWords() {
    String sql =
        TABLE
            + """
            create view v1 as select b from a; grant select, update on v1 to app;
            create view v2 as select count(*) from a; grant all on v2 to app;
            """;

    assertThat(Audits.found(Audits.schema(sql)))
        .extracting(Audits.Found::explanation)
        .containsExactly(
            "The role app can read and change rows of public.a that the policies would keep from"
                + " them.",
            "The role app can read rows of public.a that the policies would keep from them.");
  }

  @Test
  void view_overUsersOfSupabase_high() {
    Audits.assertFoundAndRepaired(
        "create view members as select id, email from auth.users;"
            + "create policy p on auth.users for select to authenticated using (false)",
        "high view-as-owner | public.members");
  }

  @Test
  void materializedView_readable_found() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create materialized view m as select b from a; grant select on m to app;
            create materialized view fine as select b from a;
            """,
        "high copy-open | public.m");
  }

  @Test
  void definerFunctions_openAndWithoutPath_found() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create function f(a int, "B c" text default ';') returns int language sql
              security definer as 'select 1';
            create function in_policy() returns int language sql stable security definer
              set search_path = '' as 'select 1';
            create policy q on a for delete to app using (b = in_policy());
            create index on a (b);
            create function t() returns trigger language plpgsql security definer as
              'begin return new; end';
            create procedure pr() language sql security definer set search_path = public
              as 'select 1';
            create function fine() returns int language sql security definer
              set search_path = public, pg_temp as 'select 1';
            revoke execute on function fine() from public;
            create function invoker() returns int language sql as 'select 1';
            """,
        "high definer-open | public.f(a integer, \"B c\" text)",
        "medium definer-search-path | public.f(a integer, \"B c\" text)",
        "medium definer-open | public.in_policy()",
        "low definer-search-path | public.t()",
        "high definer-open | public.pr()",
        "low definer-search-path | public.pr()");
  }

  @Test
  void definerFunction_inSchemaNobodyMayUse_noFinding() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create schema private;
            create function private.f() returns int language sql security definer
              set search_path = '' as 'select 1';
            """);
  }

  @Test
  void grants_toPublicAndBeyondPolicies_found() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            grant truncate, references on a to app;
            create table b (id int); alter table b enable row level security;
            alter table b force row level security;
            create policy p on b for select to app using (id > 0);
            grant select, truncate on b to public;
            create table c (id int); alter table c enable row level security;
            alter table c force row level security;
            create policy p on c for select to app using (id > 0);
            grant references on c to app;
            grant create on schema public to public;
            """,
        "medium granted-beyond-rls | public.a",
        "medium granted-to-public | public.b",
        "medium granted-beyond-rls | public.b",
        "low granted-beyond-rls | public.c",
        "medium schema-open | public");
  }

  @Test
  void nastyNames_foundAndRepaired() {
    Audits.assertFoundAndRepaired(
        """
        create role "ro'le $1 ""x"; create schema "Sch.ema";
        grant usage on schema "Sch.ema" to public;
        create table "Sch.ema"."ta""ble $$ ; -- ünï" ("co'l $x$ ""y" int, "select" int);
        grant select, truncate on "Sch.ema"."ta""ble $$ ; -- ünï" to "ro'le $1 ""x";
        create policy "po'licy ```; $$" on "Sch.ema"."ta""ble $$ ; -- ünï" for update
          to "ro'le $1 ""x" using ("co'l $x$ ""y" = current_setting('a''b.c"d', true)::int);
        create function "Sch.ema"."fu;nc" ("a'b" int, c "Sch.ema"."ta""ble $$ ; -- ünï")
          returns int language sql security definer as 'select 1';
        create view "Sch.ema"."v|`iew" as select * from "Sch.ema"."ta""ble $$ ; -- ünï";
        grant select on "Sch.ema"."v|`iew" to "ro'le $1 ""x";
        """,
        "high rls-off | " + NASTY,
        "low policy-no-check | \"po'licy ```; $$\" on " + NASTY,
        "low policy-per-row-call | \"po'licy ```; $$\" on " + NASTY,
        "low policy-no-index | " + NASTY + ".\"co'l $x$ \"\"y\"",
        "medium granted-beyond-rls | " + NASTY,
        "low view-as-owner | \"Sch.ema\".\"v|`iew\"",
        "high definer-open | \"Sch.ema\".\"fu;nc\"(\"a'b\" integer, c " + NASTY + ")",
        "medium definer-search-path | \"Sch.ema\".\"fu;nc\"(\"a'b\" integer, c " + NASTY + ")");
  }
}
