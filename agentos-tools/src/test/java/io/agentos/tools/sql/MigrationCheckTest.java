package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Found;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class MigrationCheckTest {
  private static final String SHOP =
      """
      create table orders (id bigint primary key, total int, state text not null default 'new');
      alter table orders enable row level security;
      """;

  private static ToolResult check(String migration) {
    return Looks.call("sql.check_migration", "schema", SHOP, "migration", migration);
  }

  private static List<String> found(String migration) {
    return Found.in(check("set lock_timeout = '3s';\n" + migration));
  }

  @Test
  void example_everyDanger_namedAndNothingElse() {
    ToolResult result =
        Looks.call(
            "sql.check_migration", "schema", "booking.sql", "migration", "booking-migration.sql");

    assertThat(Found.in(result))
        .containsExactly(
            "high column-required line 7",
            "high data-lost line 28",
            "high index-blocks-writes line 15",
            "high migration-fails line 30",
            "high new-table-open line 22",
            "high table-rewrite line 9",
            "high unique-builds-index line 17",
            "medium constraint-scan line 18",
            "medium lock-held-long line 7",
            "medium lock-held-long line 9",
            "medium lock-held-long line 11",
            "medium no-lock-timeout line 7",
            "medium not-null-scan line 19",
            "medium not-null-scan line 20",
            "medium rename-breaks-code line 27",
            "medium updates-every-row line 13");
    assertThat(result.fields()).containsEntry("applies", false).containsEntry("statements_run", 13);
    assertThat(Found.page(result))
        .contains(
            "13 statements were applied in one transaction on a throw-away copy and taken back. It"
                + " stopped in line 30.")
        .contains("relation \"public.membres\" does not exist (SQLSTATE 42P01)");
  }

  @Test
  void harmlessMigration_hasNothingToSay() {
    ToolResult result =
        check(
            """
            set lock_timeout = '3s';
            alter table orders add column note text;
            alter table orders add column paid boolean not null default false;
            alter table orders add constraint total_there check (total is not null) not valid;
            create index concurrently orders_state on orders (state);
            """);

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.fields()).containsEntry("applies", true).containsEntry("statements_run", 4);
    assertThat(result.text()).contains("All of it applies.");
  }

  @Test
  void locks_areThoseOfPostgres() {
    ToolResult result =
        check("set lock_timeout = '3s'; create index concurrently on orders (state);");

    assertThat(result.fields().get("statements"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .isEqualTo(
            Map.of(
                "line",
                1,
                "statement",
                "create index concurrently on orders (state)",
                "locks",
                List.of(Map.of("table", "public.orders", "mode", "SHARE UPDATE EXCLUSIVE")),
                "rewrites",
                List.of()));
  }

  @Test
  void notNull_behindAValidCheck_readsNothing() {
    assertThat(
            found(
                """
                alter table orders add constraint c check (total is not null) not valid;
                alter table orders validate constraint c;
                alter table orders alter column total set not null;
                """))
        .isEmpty();
    assertThat(found("alter table orders alter column total set not null;"))
        .containsExactly("medium not-null-scan line 2");
  }

  @Test
  void varcharWidened_rewritesNothing() {
    String schema = "create table t (id int primary key, a varchar(10))";
    ToolResult wider =
        Looks.call(
            "sql.check_migration",
            "schema",
            schema,
            "migration",
            "set lock_timeout = 1000; alter table t alter column a type varchar(20)");
    ToolResult other =
        Looks.call(
            "sql.check_migration",
            "schema",
            schema,
            "migration",
            "set lock_timeout = 1000; alter table t alter column id type bigint");

    assertThat(Found.in(wider)).isEmpty();
    assertThat(Found.in(other)).containsExactly("high table-rewrite line 1");
  }

  @Test
  void dropAndTruncate_loseData() {
    assertThat(found("truncate orders;")).containsExactly("high data-lost line 2");
    assertThat(found("delete from orders;")).containsExactly("high data-lost line 2");
    assertThat(found("delete from orders where id = 1;")).isEmpty();
    assertThat(found("drop table orders;")).containsExactly("high data-lost line 2");
    assertThat(found("drop schema public cascade;")).contains("high data-lost line 2");
  }

  @Test
  void concurrentlyInATransaction_fails() {
    assertThat(found("begin;\ncreate index concurrently on orders (state);\ncommit;"))
        .containsExactly("high concurrently-in-transaction line 3");
  }

  @Test
  void newTables_areFreeToChange() {
    assertThat(
            found(
                """
                create table fresh (id int primary key, a int);
                alter table fresh enable row level security;
                alter table fresh alter column a type bigint;
                create index on fresh (a);
                drop table fresh;
                """))
        .isEmpty();
  }

  @Test
  void nothingToMigrateFrom_isAnEmptyDatabase() {
    ToolResult result =
        Looks.call("sql.check_migration", "migration", "create table a (b int primary key)");

    assertThat(Found.in(result)).containsExactly("high new-table-open line 1");
  }

  @Test
  void statementsOutsideOfTransactions_areToldOf() {
    assertThat(check("vacuum orders;").text())
        .contains("- Line 1 (VACUUM) runs in no transaction, and was not tried.");
  }

  @Test
  void emptyMigration_isRefused() {
    Found.assertFailure(check(" \n"), "The migration is empty. Give its SQL.");
  }

  @Test
  void missingFile_isRefused() {
    Found.assertFailure(
        Looks.call("sql.check_migration", "migration", "nowhere.sql"),
        "No such file below the folders that AgentOS may read. Put it there, or send the SQL itself"
            + " instead of a path.");
  }

  @Test
  void raisedError_isToldInItsWords() {
    ToolResult result = check("do $$ begin raise exception 'stop here'; end $$;");

    assertThat(Found.in(result)).containsExactly("high migration-fails line 1");
    assertThat(Found.field(result, "migration-fails", "line 1", "what")).contains("stop here");
  }
}
