package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.findings.Found;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class SchemaDocTest {

  private static ToolResult document(String schema) {
    return Looks.call("sql.schema_doc", "schema", schema);
  }

  @Test
  void example_everyHabit_namedAndNothingElse() {
    assertThat(Found.in(document("booking.sql")))
        .containsExactly(
            "medium key-type-differs public.courses.branch_id",
            "medium money-inexact public.courses.price",
            "medium no-primary-key public.booking_log",
            "medium timestamp-without-zone public.branches.opened_at",
            "low counter-too-small public.courses.id",
            "low json-as-text public.members.settings",
            "low name-needs-quotes public.courses.\"startsAt\"",
            "low no-description public.booking_log",
            "low no-description public.members",
            "low padded-text public.members.country");
  }

  @Test
  void example_page_tellsTablesKeysPoliciesAndViews() {
    ToolResult result = document("booking.sql");

    assertThat(result.text())
        .startsWith(
            """
            # Schema documentation

            10 findings: 4 medium, 6 low.
            5 tables, 1 view, 1 enum type, 1 function. 3 of 25 columns have a description.
            """)
        .contains("  \"courses\" ||--o{ \"bookings\" : \"course_id\"\n")
        .contains("- `CHECK (seats > 0)`\n")
        .contains("## View `public.course_seats`\n\nHow many seats are left.\n");
    assertThat(Found.page(result))
        .contains("| course_id | integer | no | | → public.courses |")
        .contains("Meaning: - `state`: Held seats are given up after 15 minutes. Rules:")
        .contains(
            "- `Members see their bookings`: select for authenticated; shows rows where"
                + " `(( SELECT auth.uid() AS uid) = member_id)`")
        .contains("| `public.booking_state` | held, paid, cancelled | How far a booking got. |");
  }

  @Test
  void example_twice_isTheSameToTheByte() {
    ToolResult once = document("booking.sql");

    assertThat(document("booking.sql").text()).isEqualTo(once.text());
    assertThat(document("booking.sql").fields()).isEqualTo(once.fields());
  }

  @Test
  void fields_holdTheTables() {
    ToolResult result =
        document("create table t (a int primary key); comment on column t.a is 'Its number.'");

    assertThat(result.fields().get("tables"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .isEqualTo(
            Map.of(
                "name",
                "public.t",
                "kind",
                "table",
                "description",
                "",
                "rls",
                false,
                "columns",
                List.of(
                    Map.of(
                        "name",
                        "a",
                        "type",
                        "integer",
                        "nullable",
                        false,
                        "default",
                        "",
                        "description",
                        "Its number.")),
                "foreign_keys",
                List.of()));
  }

  @Test
  void nothing_isSaid() {
    assertThat(document("-- nothing").text())
        .contains("There is no table here. Is it the right database, or the right file?");
  }

  @Test
  void hostileNames_cannotBreakThePage() {
    ToolResult result =
        document(
            "create table \"a|`b\" (\"x|y\" int primary key); comment on table \"a|`b\" is E'## no\\nheading'");

    assertThat(result.text()).contains("## Table `public.\"a|'b\"`\n\n\\## no heading\n");
    assertThat(Found.page(result)).contains("| \"x\\|y\" | integer |");
  }

  @Test
  void brokenSql_saysLineAndReason() {
    ToolResult result = document("create table a (b int);\ncreate table c (d nothing);");

    Found.assertFailure(
        result,
        """
        The SQL cannot be applied. Line 2: type "nothing" does not exist (SQLSTATE 42704)

            create table c (d nothing)

        - The SQL names no roles. It was checked as Supabase runs it: there visitors (anon) and \
        signed-in users (authenticated) reach every table in the schema public.\
        """);
  }
}
