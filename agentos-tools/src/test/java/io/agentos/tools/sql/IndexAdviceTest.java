package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Found;
import org.junit.jupiter.api.Test;

final class IndexAdviceTest {

  private static ToolResult advice(String schema, String queries) {
    return Looks.call("sql.index_advice", "schema", schema, "queries", queries);
  }

  @Test
  void example_everyIndex_namedAndNothingElse() {
    ToolResult result = advice("booking.sql", "booking-queries.sql");

    assertThat(Found.in(result))
        .containsExactly(
            "high query-fails line 23",
            "medium duplicate-index public.members_email_again",
            "medium foreign-key-no-index public.bookings (course_id)",
            "medium foreign-key-no-index public.courses (branch_id)",
            "medium pattern-search line 17",
            "medium query-no-index line 7",
            "medium query-no-index line 10",
            "medium query-no-index line 14",
            "low covered-index public.bookings_member",
            "low search-no-index public.members.search");
    assertThat(result.fields())
        .containsEntry("queries_planned", 7)
        .containsEntry("queries_without_index", 5)
        .containsEntry("queries_failing", 1);
  }

  @Test
  void example_advice_isTheIndexThePlannerTook() {
    ToolResult result = advice("booking.sql", "booking-queries.sql");

    assertThat(Found.field(result, "query-no-index", "line 10", "fix"))
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.courses (branch_id, \"startsAt\");");
    assertThat(Found.field(result, "query-no-index", "line 10", "what"))
        .startsWith("The queries in lines 10 and 20 can only read the whole table.");
    assertThat(Found.field(result, "query-no-index", "line 14", "fix"))
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.members ((lower(email)));");
  }

  @Test
  void adviceFollowed_leavesNothingToSay() {
    String schema =
        """
        create table p (id int primary key);
        create table c (id int primary key, p_id int references p, kind text);
        create index on c (p_id); create index on c (kind, id);
        """;

    assertThat(Found.in(advice(schema, "select * from c where kind = $1 and id > 7"))).isEmpty();
  }

  @Test
  void skipScan_isNoHelp() {
    String schema = "create table c (id int primary key, a text, b text); create index on c (a, b)";

    ToolResult result = advice(schema, "select a from c where b = ?");

    assertThat(Found.field(result, "query-no-index", "line 1", "fix"))
        .isEqualTo("CREATE INDEX CONCURRENTLY ON public.c (b);");
  }

  @Test
  void foreignKey_partialIndexOnItsValues_isEnough() {
    String schema =
        """
        create table p (id int primary key);
        create table c (id int primary key, p_id int references p, q_id int references p);
        create index on c (p_id) where p_id is not null;
        create index on c (q_id) where id > 0;
        """;

    assertThat(Found.in(Looks.call("sql.index_advice", "schema", schema)))
        .containsExactly("medium foreign-key-no-index public.c (q_id)");
  }

  @Test
  void uniqueAndPlainIndexAlike_plainOneIsNeedless() {
    String schema =
        "create table c (id int primary key, a int); create index a_plain on c (a);"
            + " create unique index z_unique on c (a);";

    assertThat(Found.in(Looks.call("sql.index_advice", "schema", schema)))
        .containsExactly("medium duplicate-index public.a_plain");
  }

  @Test
  void statementsThatAreNoQueries_arePassedOver() {
    ToolResult result =
        advice("create table c (id int primary key)", "drop table c; begin; select 1");

    assertThat(result.fields()).containsEntry("queries_planned", 1);
    assertThat(result.text())
        .contains("2 statements were passed over: only queries are planned, at most 200");
  }

  @Test
  void parameters_inTextsAndCasts_stay() {
    ToolResult result =
        advice(
            "create table c (id int primary key, a text, j jsonb); create index on c (a)",
            "select ':x', '?', a::text from c where a = :name and j ? 'key';");

    assertThat(Found.in(result)).isEmpty();
  }

  @Test
  void queriesOnALiveDatabase_areRefused() {
    Found.assertFailure(
        Looks.call("sql.index_advice", "database", "postgres://u@h/d", "queries", "select 1"),
        "Queries are planned against a schema, not on a database in use. Give the schema too.");
  }

  @Test
  void live_readsCounters() throws Exception {
    try (LiveDatabase live = new LiveDatabase()) {
      live.run("create table a (b int primary key, c int references a)");

      ToolResult result = Looks.call("sql.index_advice", "database", live.superuserAddress());

      assertThat(Found.in(result)).containsExactly("medium foreign-key-no-index public.a (c)");
      assertThat(result.text()).contains("The server");
    }
  }
}
