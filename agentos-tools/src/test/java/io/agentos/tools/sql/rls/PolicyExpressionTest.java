package io.agentos.tools.sql.rls;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.tools.sql.rls.PolicyExpression.Comparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions as Postgres writes them out. */
final class PolicyExpressionTest {
  private static final Relation TABLE =
      new Relation(
          1, 2, "t", "public.t", Relation.Kind.TABLE, 3, true, true, false, false, false, "");

  @ParameterizedTest
  @ValueSource(strings = {"true", "(true)", "TRUE", "(1 = 1)"})
  void alwaysTrue_yes(String sql) {
    assertThat(new PolicyExpression(sql).alwaysTrue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "", "(a = 1)", "(true AND (a = 1))", "'true'::text"})
  void alwaysTrue_no(String sql) {
    assertThat(new PolicyExpression(sql).alwaysTrue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(auth.uid() IS NOT NULL)",
        "(( SELECT auth.uid() AS uid) IS NOT NULL)",
        "(auth.role() = 'authenticated'::text)",
        "(( SELECT auth.role() AS role) = 'authenticated'::text)",
      })
  void onlySignedIn_yes(String sql) {
    assertThat(new PolicyExpression(sql).onlySignedIn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(auth.uid() = user_id)",
        "((auth.uid() IS NOT NULL) AND (a = 1))",
        "(auth.role() = 'service_role'::text)",
      })
  void onlySignedIn_no(String sql) {
    assertThat(new PolicyExpression(sql).onlySignedIn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(auth.uid() = a)|((SELECT auth.uid()) = a)",
        "(( SELECT auth.uid() AS uid) = a)|(( SELECT auth.uid() AS uid) = a)",
        "(( SELECT (auth.jwt() ->> 'x'::text)) = a)|(( SELECT (auth.jwt() ->> 'x'::text)) = a)",
        "((current_setting('a(b'::text, true))::uuid = a)"
            + "|(((SELECT current_setting('a(b'::text, true)))::uuid = a)",
        "((auth.jwt() ->> 'x'::text) = auth.role())"
            + "|(((SELECT auth.jwt()) ->> 'x'::text) = (SELECT auth.role()))",
        "(EXISTS ( SELECT 1 FROM m WHERE (m.a = auth.uid())))"
            + "|(EXISTS ( SELECT 1 FROM m WHERE (m.a = (SELECT auth.uid()))))",
        "(EXISTS ( SELECT 1 FROM m WHERE (m.a = ( SELECT auth.uid() AS uid))))"
            + "|(EXISTS ( SELECT 1 FROM m WHERE (m.a = ( SELECT auth.uid() AS uid))))",
        "(a = 'auth.uid()'::text)|(a = 'auth.uid()'::text)",
        "(((auth.jwt() -> 'user_metadata'::text)) IS NULL)"
            + "|((((SELECT auth.jwt()) -> 'app_metadata'::text)) IS NULL)",
        "(my_user_metadata = 1)|(my_user_metadata = 1)",
      })
  void repaired_asksOncePerQuery(String sql, String repaired) {
    assertThat(new PolicyExpression(sql).repaired()).isEqualTo(repaired);
    assertThat(new PolicyExpression(repaired).repaired()).isEqualTo(repaired);
    assertThat(new PolicyExpression(repaired).callsPerRow()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(( SELECT auth.uid() AS uid) = a)|TO_USER",
        "(a = auth.uid())|TO_USER",
        "(((a)::text)::uuid = ( SELECT auth.uid() AS uid))|TO_USER",
        "((a = 1) OR (t.a = f(x)))|TO_OTHER",
        "(( SELECT f(x) AS f) = a)|TO_OTHER",
        "(a IN ( SELECT m.b FROM m))|TO_OTHER",
        "((a)::text = current_setting('x'::text))|TO_OTHER",
        "(f(a, 1) = 'x'::text)|NONE",
        "('x'::text = a)|TO_CONSTANT",
        "(a = 'x'::text)|TO_CONSTANT",
        "(a = ANY (ARRAY['x'::text]))|TO_OTHER",
        "(b >= a)|NONE",
        "(b <> a)|NONE",
        "(a IS NULL)|NONE",
        "(EXISTS ( SELECT 1 FROM m WHERE (m.a = ( SELECT auth.uid() AS uid))))|NONE",
        "(b = c)|NONE",
      })
  void comparison_byWhatStandsOnTheOtherSide(String sql, Comparison expected) {
    Column column = new Column(1, 1, "a", "a", "text", false);

    assertThat(new PolicyExpression(sql).comparison(column, TABLE)).isEqualTo(expected);
  }

  @Test
  void comparison_quotedColumn() {
    Column column = new Column(1, 1, "Team ID", "\"Team ID\"", "text", false);

    assertThat(new PolicyExpression("(t.\"Team ID\" = f())").comparison(column, TABLE))
        .isEqualTo(Comparison.TO_OTHER);
  }
}
