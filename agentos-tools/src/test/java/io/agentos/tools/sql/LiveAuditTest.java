package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ToolResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audits of a database in use. */
final class LiveAuditTest {
  private LiveDatabase live;

  @BeforeEach
  void setUp() throws SQLException {
    live = new LiveDatabase();
  }

  @AfterEach
  void tearDown() throws SQLException {
    live.close();
  }

  @Test
  void audit_asGuest_findsEverythingAndChangesNothing() throws SQLException {
    live.run(
        """
        create table open (id int, email text);
        grant select on open to live_app;
        create table locked (id int primary key);
        alter table locked enable row level security;
        create policy p on locked for select to live_app using (id > 0);
        grant usage on schema public to live_app;
        """);
    String before = live.fingerprint();

    ToolResult result = audit(live.guestAddress());

    assertThat(result.failed()).as(result.text()).isFalse();
    assertThat(Audits.names(result))
        .containsExactlyInAnyOrder("rls-off | public.open", "rls-not-forced | public.locked");
    assertThat(live.fingerprint()).isEqualTo(before);
    assertThat(Audits.notes(result))
        .contains("Policies do not hold for these roles: postgres.")
        .doesNotContain("connected as");
  }

  @Test
  void audit_asOwner_saysSo() throws SQLException {
    live.run("create table a (id int)");

    ToolResult result = audit(live.superuserAddress() + "?channel=x");

    assertThat(Audits.notes(result))
        .contains("Options of the address that were not used: channel.")
        .contains("The audit connected as postgres, for which policies do not hold.");
  }

  @Test
  void audit_ownersAndMembers_repairedInPlace() throws SQLException {
    live.run(
        """
        create role live_boss bypassrls;
        create role live_giver createrole; grant live_boss to live_giver with admin option;
        set role live_giver; grant live_boss to live_app; reset role;
        grant usage, create on schema public to live_app;
        set role live_app;
        create table mine (id serial, user_id int);
        alter table mine enable row level security;
        create policy p on mine using (user_id = 1) with check (user_id = 1);
        create view seen as select id from mine;
        reset role;
        """);

    ToolResult result = audit(live.guestAddress());
    assertThat(Audits.names(result))
        .containsExactlyInAnyOrder(
            "login-can-bypass | live_app (member of live_boss)",
            "owner-can-login | live_app",
            "rls-not-forced | public.mine",
            "view-as-owner | public.seen");
    for (Audits.Found found : Audits.found(result)) {
      live.run(found.fixSql());
    }

    assertThat(Audits.found(audit(live.guestAddress()))).isEmpty();
    live.run("set role live_app; insert into mine (user_id) values (1)");
  }

  @Test
  void audit_supabaseInUse_itsOwnObjectsAreNoFindings() throws SQLException {
    live.run(
        """
        create role anon; create role authenticated; create role service_role bypassrls;
        create role supabase_auth_admin login createrole;
        create role authenticator login noinherit; grant service_role, anon to authenticator;
        create schema auth authorization supabase_auth_admin;
        grant usage on schema auth to anon;
        set role supabase_auth_admin;
        create table auth.users (id uuid primary key, email text);
        grant all on auth.users to anon;
        create function auth.f() returns int language sql security definer as 'select 1';
        reset role;
        create table public.todos (id int, user_id uuid references auth.users);
        grant select on todos to anon;
        """);
    try {
      ToolResult result = audit(live.guestAddress());

      assertThat(Audits.names(result)).containsExactly("rls-off | public.todos");
      assertThat(Audits.found(result).getFirst().fixSql())
          .contains("USING ((SELECT auth.uid()) = user_id)");
    } finally {
      live.run(
          """
          drop table todos; drop schema auth cascade;
          drop role authenticator, anon, authenticated, service_role, supabase_auth_admin
          """);
    }
  }

  @Test
  void audit_connection_cannotWrite() throws SQLException {
    ConnectionString target =
        ConnectionString.of(live.superuserAddress(), name -> Optional.empty());

    try (Connection connection = LiveInspection.open(target);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create table written (a int)"))
          .hasMessageContaining("cannot execute CREATE TABLE in a read-only transaction");
    }
  }

  private static ToolResult audit(String address) {
    return Audits.call(Audits.tool(), "database", address);
  }
}
