package io.agentos.tools.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.testkit.postgres.TestPostgres;
import io.agentos.testkit.postgres.TestPostgres.TestDatabase;
import io.agentos.tools.sql.scratch.AdminConnection;
import io.agentos.tools.sql.scratch.AdminScratchDatabases;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs audits against a real Postgres and reads their results. */
public final class Audits {
  private static final TestDatabase CLUSTER = TestPostgres.create();

  private static final int ROUNDS_MAX = 3;

  private Audits() {}

  /** What an audit found, in the words of its fields. */
  public record Found(
      String id, String severity, String object, String explanation, String fixSql) {
    /** As {@code PLANTED} lines name it. */
    public String name() {
      return id + " | " + object;
    }
  }

  public static AdminConnection admin() {
    return admin(CLUSTER);
  }

  public static AdminConnection admin(TestDatabase database) {
    URI place = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return new AdminConnection(
        place.getHost(), place.getPort(), database.user(), database.password());
  }

  public static Tool tool(Path... roots) {
    return SqlTools.tools(
            new AdminScratchDatabases(Audits::admin),
            new SqlFiles(List.of(roots)),
            name -> Optional.empty())
        .getFirst();
  }

  public static ToolContext context() {
    return new ToolContext(
        new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "audit"),
        new AgentId("supabase", "rls-auditor"),
        LocalEgress.OPEN);
  }

  public static ToolResult call(Tool tool, String argument, String value) {
    return tool.call(new ToolArguments(Map.of(argument, value)), context());
  }

  /** Audits a schema that Postgres accepts. */
  public static ToolResult schema(String sql) {
    ToolResult result = call(tool(), "schema", sql);
    assertThat(result.failed()).as(result.text()).isFalse();
    return result;
  }

  public static List<Found> found(ToolResult result) {
    return found(result, "findings");
  }

  public static List<Found> found(ToolResult result, String field) {
    List<Found> found = new ArrayList<>();
    if (result.fields().get(field) instanceof List<?> findings) {
      for (Object finding : findings) {
        Map<?, ?> fields = (Map<?, ?>) finding;
        found.add(
            new Found(
                String.valueOf(fields.get("id")),
                String.valueOf(fields.get("severity")),
                String.valueOf(fields.get("object")),
                String.valueOf(fields.get("explanation")),
                String.valueOf(fields.get("fix_sql"))));
      }
    }
    return found;
  }

  /**
   * Asserts that a schema has exactly these findings, that its repairs take them away, and that
   * repairing again whatever they uncover ends with none.
   *
   * @param expected such as {@code high rls-off | public.a}
   */
  public static void assertFoundAndRepaired(String sql, String... expected) {
    ToolResult result = schema(sql);
    assertThat(found(result).stream().map(found -> found.severity() + " " + found.name()))
        .as(result.text())
        .containsExactlyInAnyOrder(expected);

    assertRepairable(sql, result);
  }

  /** Asserts that the repairs of a schema, run round by round, end with no finding. */
  public static void assertRepairable(String sql, ToolResult audited) {
    List<String> first = names(audited);
    ToolResult result = audited;
    String repaired = sql;
    for (int round = 0; round < ROUNDS_MAX && !found(result).isEmpty(); round++) {
      repaired = repaired + ";\n" + String.join("\n", fixes(result));
      result = schema(repaired);
      assertThat(names(result)).as(repaired).doesNotContainAnyElementsOf(first);
    }
    assertThat(found(result)).as(repaired).isEmpty();
  }

  /** The statements of the last block of the text: all repairs in order. */
  private static List<String> fixes(ToolResult result) {
    String last = result.text().substring(result.text().lastIndexOf("\nBEGIN;\n"));
    return last.lines().takeWhile(line -> !line.startsWith("```")).toList();
  }

  public static List<String> names(ToolResult result) {
    return found(result).stream().map(Found::name).toList();
  }

  public static String notes(ToolResult result) {
    return String.valueOf(result.fields().get("notes"));
  }
}
