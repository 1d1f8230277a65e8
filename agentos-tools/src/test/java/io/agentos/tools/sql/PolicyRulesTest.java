package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import org.junit.jupiter.api.Test;

/** Faults of policies: planted, named, repaired, gone. */
final class PolicyRulesTest {

  /** A table of Supabase whose owner cannot be guessed. */
  private static final String TABLE =
      """
      create table a (id bigint primary key, holder uuid, words text);
      create index on a (holder);
      alter table a enable row level security;
      alter table a force row level security;
      """;

  @Test
  void alwaysTrue_everyWayToSayIt_found() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create policy "r" on a for select to anon using (1 = 1);
            create policy "w1" on a for update to authenticated using (true);
            create policy "w2" on a for delete to authenticated using (auth.uid() is not null);
            create policy "w3" on a for all to authenticated
              using ((select auth.role()) = 'authenticated');
            create policy "w4" on a for update to authenticated
              using (holder = (select auth.uid())) with check (true);
            create policy "w5" on a for insert to anon with check (true);
            create policy "fine1" on a to service_role using (true);
            create policy "fine2" on a as restrictive for select to anon using (true);
            """,
        "low policy-always-true | r on public.a",
        "high policy-always-true | w1 on public.a",
        "high policy-always-true | w2 on public.a",
        "high policy-always-true | w3 on public.a",
        "high policy-always-true | w4 on public.a",
        "medium policy-always-true | w5 on public.a");
  }

  @Test
  void alwaysTrue_readingPersonalColumns_mediumAndOwnRowsGuessed() {
    String sql =
        """
        create table a (id uuid primary key references auth.users, email text);
        alter table a enable row level security;
        alter table a force row level security;
        create policy p on a for select to authenticated using (true);
        """;

    assertThat(Audits.found(Audits.schema(sql)).getFirst().fixSql())
        .isEqualTo(
            """
            -- A guess from the columns: everyone gets their own rows. Change it if wrong.
            ALTER POLICY p ON public.a
              USING ((SELECT auth.uid()) = id);\
            """);
    Audits.assertFoundAndRepaired(sql, "medium policy-always-true | p on public.a");
  }

  @Test
  void userMetadata_high() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create policy p on a for select to authenticated
              using (auth.jwt() -> 'user_metadata' ->> 'admin' = 'yes');
            create policy q on a for select to authenticated using (exists (
              select 1 from auth.users u where u.id = (select auth.uid())
                and u.raw_user_meta_data ->> 'admin' = 'yes'));
            create policy fine on a for select to authenticated
              using ((select auth.jwt()) -> 'app_metadata' ->> 'admin' = 'yes');
            """,
        "high policy-user-metadata | p on public.a",
        "low policy-per-row-call | p on public.a",
        "high policy-user-metadata | q on public.a");
  }

  @Test
  void missingCheck_low() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create policy p1 on a for all to authenticated using (auth.uid() = holder);
            create policy p2 on a for update to authenticated using (holder = (select auth.uid()));
            create policy p3 on a for insert to authenticated;
            create policy fine on a for delete to authenticated
              using (holder = (select auth.uid()));
            """,
        "low policy-no-check | p1 on public.a",
        "low policy-per-row-call | p1 on public.a",
        "low policy-no-check | p2 on public.a",
        "low policy-no-check | p3 on public.a");
  }

  @Test
  void noRole_low() {
    ToolResult result =
        Audits.schema(
            TABLE
                + """
                create policy p on a for select using (holder = (select auth.uid()));
                create policy q on a for select using (words = 'open');
                create policy fine on a for delete using (false);
                """);

    assertThat(Audits.found(result))
        .filteredOn(found -> found.id().equals("policy-to-public"))
        .extracting(Audits.Found::fixSql)
        .containsExactly(
            "ALTER POLICY p ON public.a\n  TO authenticated;",
            "ALTER POLICY q ON public.a\n  TO anon, authenticated;");
    assertThat(Audits.names(result))
        .containsExactly("policy-to-public | p on public.a", "policy-to-public | q on public.a");
  }

  @Test
  void perRowCalls_wrappedOnlyWhereNeeded() {
    Audits.assertFoundAndRepaired(
        TABLE
            + """
            create policy p on a for select to authenticated using (
              holder = auth.uid() or words = 'auth.uid()'
              or (words = current_setting('x.y', true) and (select auth.role()) = 'x')
              or exists (select 1 from storage.buckets b where b.owner = auth.uid()));
            create index on a (words);
            alter table a alter id add generated always as identity;
            """,
        "low policy-per-row-call | p on public.a");
  }

  @Test
  void missingIndex_oncePerColumn() {
    Audits.assertFoundAndRepaired(
        """
        create table a (id uuid primary key, "Team ID" bigint, holder uuid, open boolean, n int);
        create index on a (n, holder);
        create index on a (holder) where n > 0;
        alter table a enable row level security;
        alter table a force row level security;
        create policy p on a for select to authenticated using (
          (select auth.uid()) = holder or "Team ID" in (select 1) or open = true or n >= 3
          or id is null);
        create policy q on a for delete to authenticated using (holder = (select auth.uid()));
        """,
        "low policy-no-index | public.a.\"Team ID\"",
        "low policy-no-index | public.a.holder");
  }

  @Test
  void accepted_listedApart() {
    ToolResult result =
        Audits.schema(
            TABLE
                + """
                create policy p on a for select to anon using (true);
                comment on policy p on a is 'A catalogue. rls-ok: rls-off, policy-always-true';
                """);

    assertThat(Audits.found(result)).isEmpty();
    assertThat(Audits.found(result, "accepted"))
        .extracting(Audits.Found::name)
        .containsExactly("policy-always-true | p on public.a");
    assertThat(result.text())
        .contains("## Accepted on purpose\n\n- p on public.a: A policy lets every row through\n");
  }

  @Test
  void policyOnTableOfSupabase_found() {
    Audits.assertFoundAndRepaired(
        "create policy p on storage.objects for all to authenticated using (true)",
        "high policy-always-true | p on storage.objects");
  }
}
