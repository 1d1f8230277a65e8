package io.agentos.tools.sql;

import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the tools about SQL databases say of themselves. */
final class SqlSpecs {
  static final String SCHEMA = "schema";
  static final String DATABASE = "database";
  static final String QUERIES = "queries";
  static final String MIGRATION = "migration";

  private static final Map<String, Object> SCHEMA_PROPERTY =
      text(
          "The schema as SQL text, or the path of a file that ends in .sql. It is"
              + " applied to a throw-away database.");
  private static final Map<String, Object> DATABASE_PROPERTY =
      text(
          "postgres://USER:PASSWORD@HOST:PORT/DATABASE, or env:NAME for an"
              + " environment variable that holds it. It is only read.");

  static final ToolSpec AUDIT_RLS =
      spec(
          "sql.audit_rls",
          "Audits the row-level security of a PostgreSQL or Supabase database: who can read or"
              + " change rows that are not theirs, and the SQL that repairs it. Give either the"
              + " schema as SQL, or a database to look at. Reads definitions only, never rows.",
          Map.of(SCHEMA, SCHEMA_PROPERTY, DATABASE, DATABASE_PROPERTY),
          List.of());

  static final ToolSpec SCHEMA_DOC =
      spec(
          "sql.schema_doc",
          "Documents a PostgreSQL or Supabase database: tables, columns, keys, indexes, policies,"
              + " views, types and functions, a diagram, and habits to mend. Give either the"
              + " schema as SQL, or a database to look at. Reads definitions only, never rows.",
          Map.of(SCHEMA, SCHEMA_PROPERTY, DATABASE, DATABASE_PROPERTY),
          List.of());

  static final ToolSpec INDEX_ADVICE =
      spec(
          "sql.index_advice",
          "Says which indexes a PostgreSQL or Supabase database lacks and which it does not need."
              + " With a schema, queries can be given too: each index is tried out on a throw-away"
              + " database and told only if the planner takes it. Reads definitions and counters"
              + " only, never rows.",
          Map.of(
              SCHEMA,
              SCHEMA_PROPERTY,
              DATABASE,
              DATABASE_PROPERTY,
              QUERIES,
              text(
                  "Queries as SQL text, or the path of a file that ends in .sql; only with a"
                      + " schema. They are planned, never run.")),
          List.of());

  static final ToolSpec CHECK_MIGRATION =
      spec(
          "sql.check_migration",
          "Tries a migration out in a transaction on a throw-away database and takes it back: does"
              + " it apply, which locks does each statement hold on which table, what does it"
              + " rewrite, what data does it lose, and how to do the same without an outage.",
          Map.of(
              SCHEMA,
              text(
                  "The schema before the migration, as SQL text or the path of a file that ends in"
                      + " .sql; nothing for an empty database."),
              MIGRATION,
              text("The migration, as SQL text or the path of a file that ends in .sql.")),
          List.of(MIGRATION));

  private SqlSpecs() {}

  private static ToolSpec spec(
      String name, String description, Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema =
        required.isEmpty()
            ? Map.of("type", "object", "additionalProperties", false, "properties", properties)
            : Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                properties,
                "required",
                required);
    return new ToolSpec(
        name, description, schema, ToolSpec.Effect.READ_ONLY, Zone.GREEN, Duration.ofMinutes(5));
  }

  private static Map<String, Object> text(String description) {
    return Map.of("type", "string", "minLength", 1, "description", description);
  }
}
