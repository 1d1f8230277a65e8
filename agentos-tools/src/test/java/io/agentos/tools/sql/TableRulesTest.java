package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import org.junit.jupiter.api.Test;

/** Faults of tables, logins and keys: planted, named, repaired, gone. */
final class TableRulesTest {
  private static final String APP = "create role app; grant usage on schema public to app;\n";

  @Test
  void cleanSchema_noFinding() {
    ToolResult result =
        Audits.schema(
            APP
                + """
                create table a (id bigint generated always as identity primary key,
                  tenant_id uuid not null, words text);
                create index on a (tenant_id);
                alter table a enable row level security;
                alter table a force row level security;
                create policy p on a to app
                  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
                  with check
                    (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
                grant select, insert, update, delete on a to app;
                create view v with (security_invoker = true) as select words from a;
                grant select on v to app;
                """);

    assertThat(Audits.found(result)).as(result.text()).isEmpty();
    assertThat(result.text())
        .startsWith("# Row-level security audit\n\nNothing to repair in 1 table");
    assertThat(result.fields()).containsEntry("total", 0);
  }

  @Test
  void rlsOff_grantedForWriting_high() {
    Audits.assertFoundAndRepaired(
        APP + "create table a (b int); grant select, update on a to app",
        "high rls-off | public.a");
  }

  @Test
  void rlsOff_readOnlyAndNothingPersonal_medium() {
    Audits.assertFoundAndRepaired(
        APP + "create table a (b int); grant select on a to app", "medium rls-off | public.a");
  }

  @Test
  void rlsOff_readOnlyAndPersonal_high() {
    Audits.assertFoundAndRepaired(
        APP + "create table a (email text); grant select (email) on a to app",
        "high rls-off | public.a");
  }

  @Test
  void rlsOff_withPolicies_high() {
    Audits.assertFoundAndRepaired(
        APP
            + "create table a (b int); grant select on a to app;"
            + "create policy p on a for select to app using (b > 0)",
        "high rls-off | public.a");
  }

  @Test
  void rlsOff_nothingGranted_low() {
    ToolResult result = Audits.schema(APP + "create table a (b int)");

    assertThat(Audits.found(result).getFirst().explanation())
        .isEqualTo(
            "Only the owner can reach it today. The first grant to anyone else opens all rows. An"
                + " application that logs in as the owner sees every row.");
    Audits.assertFoundAndRepaired(APP + "create table a (b int)", "low rls-off | public.a");
  }

  @Test
  void rlsOff_schemaNotUsable_low() {
    Audits.assertFoundAndRepaired(
        APP + "create schema s; create table s.a (b int); grant all on s.a to app",
        "low rls-off | s.a",
        "medium granted-beyond-rls | s.a");
  }

  @Test
  void rlsOff_partitions_onlyWhenGranted() {
    Audits.assertFoundAndRepaired(
        APP
            + """
            create table a (b int) partition by range (b);
            alter table a enable row level security;
            alter table a force row level security;
            create policy p on a to app using (b > 0) with check (b > 0);
            create table a1 partition of a for values from (0) to (9);
            create table a2 partition of a for values from (9) to (19);
            grant select on a, a2 to app;
            """,
        "medium rls-off | public.a2");
  }

  @Test
  void notForced_plainPostgres_medium() {
    Audits.assertFoundAndRepaired(
        APP
            + "create table a (b int); alter table a enable row level security;"
            + "create policy p on a for select to app using (b > 0); grant select on a to app",
        "medium rls-not-forced | public.a");
  }

  @Test
  void noPolicy_onlyRestrictive_low() {
    Audits.assertFoundAndRepaired(
        APP
            + "create table a (b int); alter table a enable row level security;"
            + "alter table a force row level security; grant select on a to app;"
            + "create policy p on a as restrictive for select to app using (b > 0)",
        "low rls-no-policy | public.a");
  }

  @Test
  void logins_ignoringBypassingOwning_each() {
    Audits.assertFoundAndRepaired(
        APP
            + """
            create role boss bypassrls; create role "Mid dle"; grant boss to "Mid dle";
            create role job login; grant "Mid dle" to job;
            create role "bad""login" login bypassrls;
            create schema s authorization app; create role web login;
            grant usage, create on schema s to web;
            create table s.a (b serial); alter table s.a owner to web;
            """,
        "high login-can-bypass | job (member of \"Mid dle\")",
        "high login-ignores-rls | \"bad\"\"login\"",
        "medium owner-can-login | web",
        "low rls-off | s.a");
  }

  @Test
  void keys_acrossTenants_low() {
    Audits.assertFoundAndRepaired(
        APP
            + """
            create table a (id uuid primary key default gen_random_uuid(), tenant text not null,
              code text, constraint code_key unique (code));
            create unique index "lower ix" on a (id, code);
            create unique index a_code on a (code, tenant);
            create table b (id int primary key, tenant text not null, a uuid, c uuid,
              constraint b_a foreign key (a) references a (id) on delete set null,
              constraint b_c foreign key (c) references a (id) on update cascade deferrable);
            create index on a (tenant); create index on b (tenant);
            alter table a enable row level security; alter table a force row level security;
            alter table b enable row level security; alter table b force row level security;
            create policy p on a to app
              using (tenant = (select current_setting('x'))) with check (false);
            create policy p on b to app
              using (tenant = (select current_setting('x'))) with check (false);
            grant select, insert on a, b to app;
            """,
        "low unique-across-tenants | public.a (code)",
        "low unique-across-tenants | public.a (id, code)",
        "low unique-across-tenants | public.b (id)",
        "low key-across-tenants | b_a on public.b",
        "low key-across-tenants | b_c on public.b");
  }

  @Test
  void uniqueThatOthersPointAt_canBeAccepted() {
    Audits.assertFoundAndRepaired(
        APP
            + """
            create table a (id int constraint a_key primary key, tenant text not null);
            comment on constraint a_key on a is 'it''s \\ the key';
            create table b (a int references a (id));
            create index on a (tenant);
            alter table a enable row level security; alter table a force row level security;
            alter table b enable row level security; alter table b force row level security;
            create policy p on a to app
              using (tenant = (select current_setting('x'))) with check (false);
            create policy p on b for select to app using (false);
            grant select, insert on a to app;
            """,
        "low unique-across-tenants | public.a (id)");
  }

  @Test
  void rowsOfOnePerson_uniqueIsNoFinding() {
    Audits.assertFoundAndRepaired(
        APP
            + """
            create table a (id int primary key, user_id text not null, nickname text unique);
            create index on a (user_id);
            alter table a enable row level security; alter table a force row level security;
            create policy p on a to app
              using (user_id = (select current_setting('x'))) with check (false);
            grant select, insert on a to app;
            """);
  }
}
