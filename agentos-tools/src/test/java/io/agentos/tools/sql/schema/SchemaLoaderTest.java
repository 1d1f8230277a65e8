package io.agentos.tools.sql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.tools.sql.schema.LoadOutcome.Loaded;
import io.agentos.tools.sql.schema.LoadOutcome.Rejected;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaLoaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "create policy p on t using (auth.uid() = a)",
        "create policy p on t using ((select \"auth\".\"uid\"()) = a)",
        "grant select on t to authenticated",
        "create policy p on t to anon using (true)",
        "alter table t add foreign key (a) references auth.users (id)",
        "create function f() returns uuid language sql as $$ select auth.uid() $$",
        "create policy p on storage.objects for select using (true)",
      })
  void load_namesSupabase_openedAsSupabaseDoes(String sql) throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            "create table t (a uuid primary key default uuid_generate_v4());" + sql,
            "select has_table_privilege('anon', 't', 'insert')",
            "select has_table_privilege('anon', 't', 'truncate')");

    assertThat(result.outcome()).isEqualTo(new Loaded(true, List.of()));
    assertThat(result.answers()).containsExactly("t", "f");
  }

  @Test
  void load_namesNoRole_openedAsSupabaseDoesAndSaid() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            "create table t (a int)", "select has_table_privilege('anon', 't', 'insert')");

    assertThat(result.outcome().notes())
        .containsExactly(
            "The SQL names no roles. It was checked as Supabase runs it: there visitors (anon) and"
                + " signed-in users (authenticated) reach every table in the schema public.");
    assertThat(result.answers()).containsExactly("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create role app",
        "create table anon (authenticated boolean); grant select on anon to public",
        "create table t (a text); alter table t enable row level security;"
            + "create policy p on t using (a = current_setting('app.a'))",
      })
  void load_rolesOfItsOwn_plainPostgres(String sql) throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            sql + "; create schema auth; create table auth.users (own int); create table z ()",
            "select has_table_privilege('anon', 'z', 'select')",
            "select string_agg(attname, ',') from pg_attribute"
                + " where attrelid = 'auth.users'::regclass and attnum > 0");

    assertThat(result.outcome())
        .isEqualTo(
            new Loaded(
                false, List.of("Checked as plain PostgreSQL: open is what the SQL grants.")));
    assertThat(result.answers()).containsExactly("f", "own");
  }

  @Test
  void load_bringsSupabaseItself_itsOwnWins() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            """
            create role anon nologin; create role service_role bypassrls;
            create schema if not exists auth; create schema auth; create schema extensions;
            create table t (a uuid);
            create table auth.users (own int);
            create function auth.uid() returns uuid language sql as 'select null::uuid';
            create or replace function "auth"."role"() returns int language sql as 'select 7';
            create extension "uuid-ossp" with schema public;
            create table u (a uuid default public.uuid_generate_v4());
            create policy p on t using (a = auth.uid())
            """,
            "select count(*) from pg_attribute where attrelid = 'auth.users'::regclass"
                + " and attnum > 0",
            "select auth.role()");

    assertThat(result.outcome()).isEqualTo(new Loaded(true, List.of()));
    assertThat(result.answers()).containsExactly("1", "7");
  }

  @Test
  void load_triggersAndPoliciesOnSupabase_allowed() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            """
            create table profiles (id uuid primary key references auth.users on delete cascade);
            create function f() returns trigger language plpgsql as 'begin return new; end';
            create trigger t after insert on auth.users for each row execute function f();
            create policy p on storage.objects for select to authenticated
              using ((storage.foldername(name))[1] = (select auth.uid())::text);
            create policy p on realtime.messages for select to authenticated
              using (realtime.topic() = 'a');
            insert into storage.buckets (id, name, public) values ('a', 'a', true);
            alter publication supabase_realtime add table profiles;
            select cron.schedule('x', '* * * * *', 'select 1');
            notify pgrst, 'reload schema';
            """,
            "select count(*) from storage.buckets");

    assertThat(result.outcome())
        .isEqualTo(
            new Loaded(
                true,
                List.of(
                    "Statements about rows failed and were passed over (line 10).",
                    "Statements about the server were passed over (line 9).")));
    assertThat(result.answers()).containsExactly("1");
  }

  @Test
  void load_dumpOfAnotherServer_appliedWithNotes() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            """
            --
            -- PostgreSQL database dump
            --
            \\restrict 1fH2xK
            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET transaction_timeout = 0;
            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;
            SELECT pg_catalog.set_config('search_path', '', false);
            SET check_function_bodies = false;
            SET client_min_messages = warning;
            SET row_security = off;
            CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8';
            ALTER DATABASE shop OWNER TO shop_admin;
            \\connect shop
            CREATE EXTENSION IF NOT EXISTS pg_not_there WITH SCHEMA public;
            COMMENT ON EXTENSION pg_not_there IS 'is not there';
            CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
            SET default_tablespace = '';
            SET default_table_access_method = heap;
            CREATE TABLE public.a (id integer NOT NULL, b public.citext);
            ALTER TABLE public.a OWNER TO shop_admin;
            CREATE SEQUENCE public.a_id_seq AS integer;
            ALTER SEQUENCE public.a_id_seq OWNED BY public.a.id;
            COPY public.a (id, b) FROM stdin;
            1\tit's; a row
            \\.
            SELECT pg_catalog.setval('public.a_id_seq', 1, true);
            ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
            CREATE POLICY p ON public.a FOR SELECT TO "shop reader" USING ((id > 0));
            ALTER TABLE public.a ENABLE ROW LEVEL SECURITY;
            GRANT SELECT ON TABLE public.a TO shop_web;
            ALTER DEFAULT PRIVILEGES FOR ROLE shop_admin IN SCHEMA public
              GRANT SELECT ON TABLES TO shop_web;
            \\unrestrict 1fH2xK
            """,
            "select has_table_privilege('shop_web', 'public.a', 'select')");

    assertThat(result.outcome())
        .isEqualTo(
            new Loaded(
                false,
                List.of(
                    "Checked as plain PostgreSQL: open is what the SQL grants.",
                    "The SQL does not make these roles that it names: shop reader, shop_admin,"
                        + " shop_web. They were made without any rights.",
                    "Commands to psql were passed over (line 16).",
                    "Rows of COPY … FROM stdin were passed over (line 26).",
                    "Changes of owner could not be made; whether an application logs in as the"
                        + " owner shows in the live database only (lines 15, 23).",
                    "Extensions that are not there were passed over: pg_not_there (line 17).",
                    "Statements about the server were passed over (lines 14, 18).")));
    assertThat(result.answers()).containsExactly("t");
  }

  @Test
  void load_transactions_keptAndErrorsThatDoNotMatterSurvived() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            """
            begin;
            create table a (b int);
            insert into a values ('x');
            set session_replication_role = replica;
            savepoint s; create table c (d int); rollback to savepoint s; release s;
            commit;
            begin; create table gone (b int); rollback;
            start transaction; create table e (f int); grant select on e to someone
            """,
            "select string_agg(relname, ',' order by relname) from pg_class"
                + " where relnamespace = 'public'::regnamespace");

    assertThat(result.outcome()).isInstanceOf(Loaded.class);
    assertThat(result.answers()).containsExactly("a,e");
  }

  @Test
  void load_superuserAttributes_notGivenAndSaid() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            "create role boss superuser login; create role job bypassrls login; grant boss to job",
            "select count(*) from pg_roles where rolname = 'boss' and not rolsuper",
            "select rolbypassrls from pg_roles where rolname = 'job'");

    assertThat(result.outcome().notes())
        .contains(
            "Roles were made without SUPERUSER and the like; with it no policy holds for them"
                + " (line 1).");
    assertThat(result.answers()).containsExactly("1", "t");
  }

  @Test
  void load_error_lineWithinTheStatement() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of("create table a (b int);\n\ncreate view v as\n  select b,\n  c from a;\n");

    assertThat(result.outcome())
        .isEqualTo(
            new Rejected(
                5,
                "create view v as select b, c from a",
                "42703",
                "column \"c\" does not exist",
                result.outcome().notes()));
  }

  @Test
  void load_roleThatCannotBeMade_isTheSchemasError() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of("begin; create table a (b int); create policy p on a to pg_nobody");

    assertThat(result.outcome())
        .isEqualTo(
            new Rejected(
                1,
                "create policy p on a to pg_nobody",
                "42704",
                "role \"pg_nobody\" does not exist",
                result.outcome().notes()));
  }

  @Test
  void load_missingExtension_namedWhenSomethingNeedsIt() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of("create extension vectors;\ncreate table a (b vectors);\n");

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.message())
                  .isEqualTo(
                      "type \"vectors\" does not exist. Extensions that are not there: vectors;"
                          + " audit the live database instead");
              assertThat(rejected.line()).isEqualTo(2);
            });
  }

  @Test
  void load_statementForAnotherDatabase_cannotLeaveTheCluster() throws SQLException {
    LoadedSchema result =
        LoadedSchema.of(
            """
            copy (select 1) to program 'touch /tmp/agentos-was-here';
            copy (select 1) to '/tmp/agentos-was-here';
            select pg_read_file('/etc/passwd');
            create table a (b text);
            copy a from program 'id';
            """,
            "select count(*) from a");

    assertThat(result.outcome().notes())
        .contains("Statements about rows failed and were passed over (lines 1, 2, 3, 5).");
    assertThat(result.answers()).containsExactly("0");
  }
}
