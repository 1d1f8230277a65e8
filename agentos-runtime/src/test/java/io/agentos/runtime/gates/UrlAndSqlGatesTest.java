package io.agentos.runtime.gates;

import static io.agentos.runtime.gates.Asked.said;
import static io.agentos.runtime.gates.Asked.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Seen;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.GateCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that read URLs and SQL. */
final class UrlAndSqlGatesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://example.com/a?b=c#d | pass",
        "HTTPS://EXAMPLE.com:8443/ | pass",
        "https://[2606:4700::1111]/ | pass",
        "https://8.8.8.8/ | pass",
        "ftp://example.com/ | has not one of the schemes https, http",
        "javascript:alert(1) | has not one of the schemes https, http",
        "file:///etc/passwd | has not one of the schemes https, http",
        "//example.com/x | has not one of the schemes https, http",
        "https:///x | names no host",
        "https://user:pw@example.com/ | names a user before its host",
        "https://example.com@127.0.0.1/ | names a user before its host",
        "` https://example.com/` | holds white space, a backslash or a sign that is not seen",
        "https://example.com\\@127.0.0.1/ | holds white space, a backslash or a sign that is not seen",
        "https://exаmple.com/ | holds white space, a backslash or a sign that is not seen",
        "http://localhost:80/ | leads to this machine or into its network",
        "http://LOCALHOST./ | leads to this machine or into its network",
        "http://db/ | leads to this machine or into its network",
        "http://metadata.google.internal/ | leads to this machine or into its network",
        "http://169.254.169.254/latest/ | leads to this machine or into its network",
        "http://127.1/ | names no host",
        "http://2130706433/ | leads to this machine or into its network",
        "http://0x7f.1/ | names no host",
        "http://0x7f000001/ | leads to this machine or into its network",
        "http://0177.0.0.1/ | leads to this machine or into its network",
        "http://0/ | leads to this machine or into its network",
        "http://[::1]/ | leads to this machine or into its network",
        "http://[::ffff:127.0.0.1]/ | leads to this machine or into its network",
        "http://[::ffff:a9fe:a9fe]/ | leads to this machine or into its network",
        "http://[::7f00:1]/ | leads to this machine or into its network",
        "http://[64:ff9b::7f00:1]/ | leads to this machine or into its network",
        "http://[2002:7f00:1::]/ | leads to this machine or into its network",
        "http://[fd00::1]/ | leads to this machine or into its network",
        "http://[fe80::1]/ | leads to this machine or into its network",
        "http://10.0.0.1/ | leads to this machine or into its network",
        "http://100.64.0.1/ | leads to this machine or into its network",
        "http://1.2.3.4.5/ | names no host",
        "http://a..b/ | names no host",
        "http://exa%6dple.com/ | names no host",
        "http://evil.example/ | leads to a host that is denied",
        "http://a.b.evil.example/ | leads to a host that is denied",
        "http://notevil.example.com/ | pass"
      })
  void url_leadsWhereItMay(String url, String expected) {
    GateCheck check =
        new GateCheck.Url(
            List.of("url"),
            List.of("https", "http"),
            List.of(),
            List.of("evil.example", "*.evil.example"),
            false);

    assertThat(said(check, tool(Map.of("url", url), new TaskInput.Text(""), Seen.NONE)))
        .isEqualTo(
            expected.equals("pass") ? "pass" : "A URL for mail.send %s.".formatted(expected));
  }

  @Test
  void url_ofAList_ofHostsAllowed_andOfTheNetworkWhereThatIsWanted() {
    GateCheck listed =
        new GateCheck.Url(
            List.of("url"), List.of("https"), List.of("*.example.com"), List.of(), false);
    GateCheck inside =
        new GateCheck.Url(List.of("url"), List.of("http"), List.of(), List.of(), true);

    assertThat(
            said(
                listed,
                tool("{\"a\": [{\"URL\": [\"https://b.example.com\", \"https://example.com\"]}]}")))
        .isEqualTo("A URL for mail.send leads to a host that is not on the list.");
    assertThat(said(listed, tool("{\"url\": null}"))).isEqualTo("pass");
    assertThat(said(inside, tool("{\"url\": \"http://10.0.0.1/\"}"))).isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1 | [READ]",
        "SELECT 'drop table x; --' ; | [READ]",
        "select 1 -- drop table x | [READ]",
        "select /* ; drop table x */ 1 | [READ]",
        "select \"drop\", \"a;b\" from t | [READ]",
        "with a as (select 1) select * from a | [READ]",
        "(select 1) union (select 2) | [READ]",
        "explain select 1 | [READ]",
        "select $$ ; drop table x $$ | [READ]",
        "select $a$ $$ ; delete $b$ $a$ | [READ]",
        "select $1, updated_at from t | [READ]",
        "select 'it''s; fine' | [READ]",
        "select 'a\\b' | [READ]",
        "insert into t values (1) | [WRITE]",
        "DeLeTe from t | [WRITE]",
        "with a as (delete from t returning *) select * from a | [WRITE]",
        "select * into t2 from t | [WRITE]",
        "select * from t for update | [WRITE]",
        "explain analyze update t set a = 1 | [WRITE]",
        "drop table t | [DDL]",
        "/**/ truncate t | [DDL]",
        "create table t (a int) | [DDL]",
        "select 1; select 2 | [MULTIPLE, READ]",
        "select 1; drop table t | [MULTIPLE, READ, DDL]",
        "select 1;;; | [READ]",
        "`` | unknown",
        ";-- x | unknown",
        "select 'a | unknown",
        "select \"a | unknown",
        "select $$ a | unknown",
        "select $a$ b $A$ | unknown",
        "select /* a | unknown",
        "select /* /* */ drop */ 1 | unknown",
        "select /*!50000 1 */ | unknown",
        "select '\\'; drop table t; -- ' | unknown",
        "select E'\\'; drop table t; -- ' | unknown",
        "select 1 # x | unknown",
        "select 1 --x | unknown",
        "select `a` | unknown",
        "ｄｒｏｐ table t | unknown",
        "select\u00a01 | unknown",
        "call f() | unknown",
        "do $$ begin delete from t; end $$ | unknown",
        "copy t to program 'sh' | unknown",
        "set role admin | unknown",
        "begin; select 1 | unknown",
        "select pg_sleep(9) | unknown",
        "select pg_catalog . pg_read_file /* */ ('/etc/passwd') | unknown",
        "select \"pg_sleep\"(9) | unknown",
        "select lo_import('/etc/passwd') | unknown",
        "explain analyze create table t as select 1 | unknown",
        "hello | unknown"
      })
  void sql_class(String sql, String expected) {
    // A backtick cannot stand in the table unless it is doubled by the reader's rules.
    assertThat(SqlCheck.classes(sql).map(Object::toString).orElse("unknown")).isEqualTo(expected);
  }

  @Test
  void sql_isAllowedByClass_andUnknownNever() {
    GateCheck read = new GateCheck.Sql(List.of("sql"), List.of(GateCheck.SqlClass.READ));

    assertThat(said(read, tool("{\"sql\": \"select 1\"}"))).isEqualTo("pass");
    assertThat(said(read, tool("{\"other\": \"drop table t\"}"))).isEqualTo("pass");
    assertThat(said(read, tool("{\"sql\": [\"select 1\", {\"x\": \"drop table t\"}]}")))
        .isEqualTo("The SQL for mail.send is of class ddl; allowed: read.");
    assertThat(said(read, tool("{\"sql\": \"select 1; select 2\"}")))
        .isEqualTo("The SQL for mail.send is of class multiple; allowed: read.");
    assertThat(
            Asked.words(
                Asked.gate(read, io.agentos.runtime.definitions.OnFinding.ESCALATE)
                    .check(tool("{\"sql\": \"call f()\"}"))))
        .isEqualTo(
            "What the SQL for mail.send does cannot be told for sure; write one plain statement.");
  }
}
