package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Audits the row-level security of a database in use, or of a schema given as SQL. */
final class AuditRlsTool implements Tool {
  private static final String SCHEMA = "schema";
  private static final String DATABASE = "database";
  private static final int PATH_LENGTH_MAX = 4_096;

  private static final ToolSpec SPEC =
      new ToolSpec(
          "sql.audit_rls",
          "Audits the row-level security of a PostgreSQL or Supabase database: who can read or"
              + " change rows that are not theirs, and the SQL that repairs it. Give either the"
              + " schema as SQL, or a database to look at. Reads definitions only, never rows.",
          Map.of(
              "type",
              "object",
              "additionalProperties",
              false,
              "properties",
              Map.of(
                  SCHEMA,
                  Map.of(
                      "type",
                      "string",
                      "minLength",
                      1,
                      "description",
                      "The schema as SQL text, or the path of a file that ends in .sql. It is"
                          + " applied to a throw-away database."),
                  DATABASE,
                  Map.of(
                      "type",
                      "string",
                      "minLength",
                      1,
                      "description",
                      "postgres://USER:PASSWORD@HOST:PORT/DATABASE, or env:NAME for an"
                          + " environment variable that holds it. It is only read."))),
          ToolSpec.Effect.READ_ONLY,
          Zone.GREEN,
          Duration.ofMinutes(5));

  private static final String OR_BY_NAME =
      " Or put the address into the server's environment and give the variable as env:NAME.";

  /** What the caller can mend: told as a result and not thrown. */
  private static final Set<ErrorCode> OF_CALLER =
      Set.of(ErrorCode.INVALID_ARGUMENTS, ErrorCode.OUTSIDE_ROOTS);

  private final SchemaAudit schemas;
  private final SqlFiles files;
  private final Function<String, Optional<String>> environment;

  AuditRlsTool(
      ScratchDatabases scratch, SqlFiles files, Function<String, Optional<String>> environment) {
    this.schemas = new SchemaAudit(scratch);
    this.files = files;
    this.environment = environment;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    Optional<String> schema = arguments.optionalText(SCHEMA);
    Optional<String> database = arguments.optionalText(DATABASE);
    if (schema.isPresent() == database.isPresent()) {
      return ToolResult.failure("Give exactly one of schema and database.");
    }
    try {
      return schema.isPresent()
          ? schemas.run(sql(schema.get()))
          : LiveAudit.run(
              ConnectionString.of(database.orElseThrow(), environment), context.egress());
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.EGRESS_REFUSED) {
        return ToolResult.failure(e.detail() + OR_BY_NAME);
      }
      if (OF_CALLER.contains(e.code())) {
        return ToolResult.failure(e.detail());
      }
      throw e;
    }
  }

  private String sql(String schema) {
    String text = isPath(schema.strip()) ? files.read(schema.strip()) : schema;
    if (text.getBytes(StandardCharsets.UTF_8).length > SqlFiles.BYTES_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "The SQL is longer than %d MiB. Leave out the rows and keep the definitions."
              .formatted(SqlFiles.BYTES_MAX / (1024 * 1024)));
    }
    if (text.indexOf('\0') >= 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS, "The SQL contains a NUL character; it is not plain text.");
    }
    return text;
  }

  private static boolean isPath(String text) {
    return text.length() <= PATH_LENGTH_MAX
        && text.toLowerCase(Locale.ROOT).endsWith(".sql")
        && text.indexOf('\n') < 0
        && text.indexOf(';') < 0;
  }
}
