package io.agentos.tools.sql.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.testkit.postgres.TestPostgres;
import io.agentos.testkit.postgres.TestPostgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lint on schemas that do everything right, one thing wrong, and everything wrong. */
final class IsolationLintTest {
  private static final IsolationScope SCOPE =
      new IsolationScope("lint_app", "clinic_id", List.of(), List.of("schema_version"));

  /** Everything as it should be, for two tables, a view, and a function. */
  private static final String CLEAN =
      """
      create role lint_owner nologin;
      create role lint_app nologin noinherit;
      create schema clinic authorization lint_owner;
      grant usage on schema clinic to lint_app;
      set role lint_owner;
      set search_path = clinic;
      create table schema_version (version int primary key);
      create table patient (
        clinic_id text not null, patient_id bigint not null, mail text,
        primary key (clinic_id, patient_id), unique (clinic_id, mail));
      create table visit (
        clinic_id text not null, visit_id uuid unique not null, number bigint generated always as
        identity unique, patient_id bigint not null, primary key (clinic_id, visit_id),
        foreign key (clinic_id, patient_id) references patient (clinic_id, patient_id));
      alter table patient enable row level security, force row level security;
      alter table visit enable row level security, force row level security;
      create policy mine on patient to lint_app
        using (clinic_id = (select nullif(current_setting('app.clinic', true), '')));
      create policy mine on visit to lint_app
        using (clinic_id = (select nullif(current_setting('app.clinic', true), '')));
      create view recent with (security_invoker = on) as select * from visit;
      create function total() returns bigint language sql as 'select count(*) from clinic.visit';
      grant select, insert on patient, visit to lint_app;
      grant select on recent to lint_app;
      reset role;
      """;

  /** Everything wrong, each in its own place. */
  private static final String ROTTEN =
      """
      create role lint_strong nologin bypassrls;
      grant lint_strong to lint_app;
      alter role lint_app createrole;
      create extension lo schema clinic;
      set role lint_owner;
      set search_path = clinic;
      create table note (clinic_id text not null primary key, t text);
      grant select on note to lint_app;
      alter table visit no force row level security;
      create view everyone as select * from patient;
      create materialized view frozen as select * from patient;
      grant select on everyone, frozen to lint_app;
      create function open_all() returns setof patient language sql security definer
        set search_path = '' as 'select * from clinic.patient';
      create function unsafe() returns int language sql security definer as 'select 1';
      revoke execute on function unsafe() from public;
      grant truncate on patient to lint_app;
      create policy wide on patient to lint_app using (clinic_id is not null);
      create policy other on patient to lint_app using (patient_id > 0);
      create table plan (clinic_id text, clinic text unique, patient_id bigint);
      alter table plan enable row level security, force row level security;
      create table pet (clinic_id text not null, pet_id bigint generated always as identity unique,
        primary key (clinic_id, pet_id));
      create table chip (clinic_id text not null, chip_id uuid primary key,
        pet_id bigint references pet (pet_id));
      alter table pet enable row level security, force row level security;
      alter table chip enable row level security, force row level security;
      create policy mine on pet to lint_app using (clinic_id = current_setting('app.clinic'));
      create policy mine on chip to lint_app using (clinic_id = current_setting('app.clinic'));
      create table colour (name text not null);
      alter table colour enable row level security, force row level security;
      create policy read on colour to lint_app using (name <> '');
      grant select on colour to lint_app;
      create table audit_log (clinic_id text not null, line text);
      alter table audit_log enable row level security, force row level security;
      create policy mine on audit_log to lint_app using (clinic_id = current_setting('app.clinic'));
      grant update on audit_log to lint_app;
      create view nobody with (security_invoker = on) as select 1 as one;
      grant select on nobody to public;
      reset role;
      create table clinic.owned (clinic_id text not null);
      alter table clinic.owned enable row level security, force row level security;
      create policy mine on clinic.owned to lint_app
        using (clinic_id = current_setting('app.clinic'));
      create type clinic.mark as (clinic_id text);
      alter table clinic.owned owner to lint_app;
      revoke all on clinic.owned from lint_app;
      """;

  private final TestDatabase place = TestPostgres.create();

  @BeforeEach
  void clean() throws SQLException {
    run(CLEAN);
  }

  @AfterEach
  void drop() throws SQLException {
    run(
        """
        reset role;
        drop schema clinic cascade;
        drop owned by lint_app;
        drop role lint_app;
        drop role lint_owner;
        drop role if exists lint_strong;
        """);
  }

  @Test
  void clean_hasNoFindings() throws SQLException {
    IsolationReport report = lint(SCOPE);

    assertThat(report.findings()).isEmpty();
    assertThat(report.tables()).isEqualTo(2);
    assertThat(report.tenanted()).isEqualTo(2);
  }

  @Test
  void rotten_isFoundOncePerHazard() throws SQLException {
    run(ROTTEN);

    List<IsolationFinding> findings = lint(SCOPE).findings();

    assertThat(findings.stream().map(found -> found.hazard().id() + " | " + found.object()))
        .containsExactly(
            "rls-off | clinic.note",
            "rls-not-forced | clinic.visit",
            "role-above-policies | lint_app",
            "role-becomes-more | lint_strong",
            "role-owns | clinic.owned",
            "view-as-owner | clinic.everyone",
            "copy-open | clinic.frozen",
            "definer-open | clinic.open_all()",
            "definer-search-path | clinic.unsafe()",
            "grant-beyond-policies | clinic.patient",
            "policy-always-true | wide on clinic.patient",
            "policy-without-tenant | other on clinic.patient",
            "policy-missing | clinic.plan",
            "unique-across-tenants | clinic.plan",
            "reference-across-tenants | clinic.chip",
            "table-without-tenant | clinic.colour",
            "granted-to-public | clinic.nobody",
            "audit-mutable | clinic.audit_log",
            "tenant-nullable | clinic.plan",
            "way-out | lo");
    Set<Hazard> found = findings.stream().map(IsolationFinding::hazard).collect(Collectors.toSet());
    assertThat(found).isEqualTo(EnumSet.complementOf(EnumSet.of(Hazard.ROLE_MISSING)));
    assertThat(findings).allSatisfy(finding -> assertThat(finding.repair()).isNotBlank());
  }

  @Test
  void roleThatIsNotThere_isSaid() throws SQLException {
    IsolationScope scope =
        new IsolationScope("lint_nobody", "clinic_id", List.of("clinic"), List.of());

    assertThat(lint(scope).findings())
        .extracting(IsolationFinding::hazard)
        .containsExactly(Hazard.ROLE_MISSING);
  }

  @Test
  void otherSchemas_areLeftOut() throws SQLException {
    run(ROTTEN);
    IsolationScope scope =
        new IsolationScope("lint_app", "clinic_id", List.of("public"), List.of());

    assertThat(lint(scope).findings())
        .extracting(IsolationFinding::hazard)
        .containsExactly(Hazard.ROLE_ABOVE_POLICIES, Hazard.ROLE_BECOMES_MORE, Hazard.WAY_OUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create unique index on clinic.patient (lower(mail)) | unique-across-tenants
          create unique index on clinic.patient (mail) where mail is not null | unique-across-tenants
          grant lint_owner to lint_app | role-becomes-more grant-beyond-policies
          alter role lint_app superuser | role-above-policies grant-beyond-policies
          grant pg_read_server_files to lint_app | way-out
          create policy p on clinic.visit for insert to lint_app with check (true) | policy-always-true
          create policy p on clinic.visit to public using (patient_id = 1) | policy-without-tenant
          create policy p on clinic.visit to lint_owner using (true) | -
          create policy p on clinic.visit as restrictive to lint_app using (patient_id = 1) | -
          grant references (mail) on clinic.patient to lint_app | grant-beyond-policies
          """)
  void oneChange_isFoundOrNot(String change, String hazard) throws SQLException {
    run(change);

    List<IsolationFinding> findings = lint(SCOPE).findings();

    Set<String> expected = hazard.equals("-") ? Set.of() : Set.of(hazard.split(" "));
    assertThat(findings.stream().map(found -> found.hazard().id()).collect(Collectors.toSet()))
        .isEqualTo(expected);
  }

  @Test
  void hazards_explainThemselves() {
    assertThat(Hazard.values()).hasSize(21);
    assertThat(Arrays.stream(Hazard.values()).map(Hazard::id)).doesNotHaveDuplicates();
    assertThat(Hazard.values())
        .allSatisfy(hazard -> {
          assertThat(hazard.title()).isNotBlank();
          assertThat(hazard.meaning()).endsWith(".");
        });
  }

  private IsolationReport lint(IsolationScope scope) throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      IsolationReport report = IsolationLint.run(connection, scope);
      connection.rollback();
      return report;
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
  }
}
