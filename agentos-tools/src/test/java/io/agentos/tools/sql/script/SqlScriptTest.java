package io.agentos.tools.sql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.tools.sql.script.ScriptPart.CopyRows;
import io.agentos.tools.sql.script.ScriptPart.PsqlCommand;
import io.agentos.tools.sql.script.ScriptPart.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlScriptTest {

  @Test
  void split_blankText_noParts() {
    assertThat(SqlScript.split("")).isEmpty();
    assertThat(SqlScript.split(" \n -- nothing\n /* here */ ;; \n")).isEmpty();
  }

  @Test
  void split_statements_textAndLineOfEach() {
    assertThat(SqlScript.split("-- head\nselect 1;\n\n/* c */ select\n  2 -- tail\n;select 3"))
        .containsExactly(
            new Statement(2, "select 1"),
            new Statement(4, "select\n  2"),
            new Statement(6, "select 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';'",
        "select 'it''s; fine'",
        "select E'a\\';b'",
        "select e'a\\\\'",
        "select ';' as \"a;\"\"b\"",
        "select U&'\\0041;' , N';', B'1', X'f'",
        "select $$;$$, $a$ $$;$$ ; $a$, $b_1$;$b_1$",
        "select $1 + $2 as a$b$c",
        "select /* ; /* ; */ ; */ 1",
        "select 1 -- ;\n + 2",
        "create rule r as on insert to t do also (delete from a; delete from b)",
        "do $do$ begin execute 'select 1;'; end; $do$",
        "create function f() returns int language sql begin atomic select 1; select 2; end",
        "create or replace procedure p() begin atomic select case when true then 1 end; end",
        "select état$1 from \"é;\"",
      })
  void split_semicolonInside_oneStatement(String statement) {
    assertThat(SqlScript.split(statement + ";\n select 'next'"))
        .extracting(ScriptPart::text)
        .containsExactly(statement, "select 'next'");
  }

  @Test
  void split_beginOutsideRoutine_endsAtSemicolon() {
    assertThat(SqlScript.split("begin; create table a (b int); end; select 1"))
        .extracting(ScriptPart::text)
        .containsExactly("begin", "create table a (b int)", "end", "select 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'open; a", "$x$ open; a", "\"open; a", "(open; a", "E'\\"})
  void split_openEnded_restIsOneStatement(String open) {
    assertThat(SqlScript.split("select 1; select " + open))
        .extracting(ScriptPart::text)
        .containsExactly("select 1", "select " + open);
  }

  @Test
  void split_psqlCommands_keptApart() {
    List<ScriptPart> parts =
        SqlScript.split("\\restrict abc'def\nselect 1 \\gexec\nselect 2\\g\n  \\connect db\n");

    assertThat(parts)
        .containsExactly(
            new PsqlCommand(1, "\\restrict abc'def"),
            new PsqlCommand(2, "select 1 \\gexec"),
            new Statement(3, "select 2"),
            new PsqlCommand(4, "\\connect db"));
  }

  @Test
  void split_copyFromStdin_rowsPassedOver() {
    String script =
        "COPY public.a (b) FROM stdin;\n1;it's\n2\t\\N\n\\.\nselect 1;\ncopy b from stdin;\nx\n";

    assertThat(SqlScript.split(script))
        .containsExactly(
            new CopyRows(1, "COPY public.a (b) FROM stdin", 2),
            new Statement(5, "select 1"),
            new CopyRows(6, "copy b from stdin", 1));
  }

  @Test
  void split_copyFromFile_isStatement() {
    assertThat(SqlScript.split("copy a from 'stdin'; select 1")).hasSize(2);
  }

  @Test
  void split_byteOrderMarkAndWindowsLines_ignored() {
    assertThat(SqlScript.split("\uFEFFselect 1;\r\nselect 2;\r\n"))
        .containsExactly(new Statement(1, "select 1"), new Statement(2, "select 2"));
  }

  @Test
  void split_tooManyStatements_refused() {
    String script = "a;".repeat(SqlScript.PARTS_MAX + 1);

    assertThatThrownBy(() -> SqlScript.split(script))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            "The SQL has more than 50000 statements. Leave out the rows and keep the definitions.");
  }
}
