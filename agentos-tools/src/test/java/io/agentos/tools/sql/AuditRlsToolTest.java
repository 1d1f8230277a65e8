package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.ToolArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditRlsToolTest {
  private final ToolResult both =
      Audits.tool()
          .call(
              new ToolArguments(Map.of("schema", "select 1", "database", "env:X")),
              Audits.context());

  @Test
  void spec_readsOnlyAndActsAlone() {
    ToolSpec spec = Audits.tool().spec();

    assertThat(spec.name()).isEqualTo("sql.audit_rls");
    assertThat(spec.effect()).isEqualTo(ToolSpec.Effect.READ_ONLY);
    assertThat(spec.zone()).isEqualTo(Zone.GREEN);
    assertThat(spec.timeout()).hasMinutes(5);
    assertThat(spec.inputSchema()).containsEntry("additionalProperties", false);
  }

  @Test
  void call_notExactlyOneArgument_failure() {
    ToolResult none = Audits.tool().call(new ToolArguments(Map.of()), Audits.context());

    assertThat(List.of(both, none))
        .allSatisfy(result -> {
          assertThat(result.failed()).isTrue();
          assertThat(result.text()).isEqualTo("Give exactly one of schema and database.");
        });
  }

  @Test
  void call_pathOutsideRoots_failure(@TempDir Path root) {
    ToolResult result = Audits.call(Audits.tool(root), "schema", "/etc/passwd.sql");

    assertThat(result.failed()).isTrue();
    assertThat(result.text()).startsWith("No such file below the folders");
  }

  @Test
  void call_fileWithBlanksInItsName_isRead(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("my schema.SQL"), "create table from_file (a int)");

    ToolResult result = Audits.call(Audits.tool(root), "schema", " my schema.SQL\n");

    assertThat(Audits.names(result)).contains("rls-off | public.from_file");
  }

  @Test
  void call_textThatIsNoSql_failureSaysWhere() {
    ToolResult result =
        Audits.call(
            Audits.tool(), "schema", "create table a (b int);\n\ncreate tabel c (\n d int)");

    assertThat(result.failed()).isTrue();
    assertThat(result.text())
        .startsWith(
            "The SQL cannot be applied. Line 3: syntax error at or near \"tabel\" (SQLSTATE 42601)"
                + "\n\n    create tabel c ( d int)\n");
    assertThat(result.fields().get("error"))
        .isEqualTo(
            Map.of(
                "line",
                3,
                "sqlstate",
                "42601",
                "message",
                "syntax error at or near \"tabel\"",
                "statement",
                "create tabel c ( d int)"));
  }

  @Test
  void call_tooLongOrBinary_failure() {
    ToolResult large = Audits.call(Audits.tool(), "schema", "-".repeat(SqlFiles.BYTES_MAX + 1));
    ToolResult binary = Audits.call(Audits.tool(), "schema", "select '\0'");

    assertThat(large.text())
        .isEqualTo("The SQL is longer than 4 MiB. Leave out the rows and keep the definitions.");
    assertThat(binary.text()).isEqualTo("The SQL contains a NUL character; it is not plain text.");
  }

  @Test
  void call_emptySchema_saysThereAreNoTables() {
    ToolResult result = Audits.schema("-- nothing here");

    assertThat(result.text())
        .startsWith(
            "# Row-level security audit\n\nThere is no table here. Is it the right database, or the"
                + " right file?\n");
    assertThat(result.text()).doesNotContain("What is fine");
  }

  @Test
  void call_manyFindings_boundedAndCounted() {
    ToolResult result =
        Audits.schema(
            """
            do $$ begin
              for i in 1..700 loop
                execute format('create table t%s (id int, email text)', i);
              end loop;
            end $$
            """);

    assertThat(result.fields()).containsEntry("total", 700);
    assertThat(Audits.found(result)).hasSize(300);
    assertThat(result.text()).contains("… and 640 more.").contains("… and 400 more findings.");
    assertThat(Audits.notes(result))
        .contains("700 findings are counted; the worst 300 are written out.");
    assertThat(result.text().lines().filter(line -> !line.startsWith("|")))
        .allMatch(line -> line.length() <= 120);
  }

  @Test
  void call_schemaThatPrintsWithoutEnd_failure() {
    ToolResult result =
        Audits.call(
            Audits.tool(),
            "schema",
            """
            do $$ begin
              perform set_config('client_min_messages', 'notice', false);
              for i in 1..200000 loop raise notice '%', repeat('x', 100000); end loop;
            end $$
            """);

    assertThat(result.failed()).isTrue();
    assertThat(result.text())
        .isEqualTo(
            "The SQL makes the database send too many rows or messages. Leave out what prints.");
  }
}
