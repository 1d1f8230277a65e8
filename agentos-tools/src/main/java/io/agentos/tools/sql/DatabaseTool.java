package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks at a database in use, or at a schema given as SQL. */
final class DatabaseTool implements Tool {
  private static final String OR_BY_NAME =
      " Or put the address into the server's environment and give the variable as env:NAME.";

  /** What the caller can mend: told as a result and not thrown. */
  private static final Set<ErrorCode> OF_CALLER =
      Set.of(ErrorCode.INVALID_ARGUMENTS, ErrorCode.OUTSIDE_ROOTS);

  private final ToolSpec spec;
  private final Inspection inspection;
  private final SchemaInspection schemas;
  private final SqlFiles files;
  private final Function<String, Optional<String>> environment;

  DatabaseTool(
      ToolSpec spec,
      Inspection inspection,
      ScratchDatabases scratch,
      SqlFiles files,
      Function<String, Optional<String>> environment) {
    this.spec = spec;
    this.inspection = inspection;
    this.schemas = new SchemaInspection(scratch, inspection);
    this.files = files;
    this.environment = environment;
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    Optional<String> schema = arguments.optionalText(SqlSpecs.SCHEMA);
    Optional<String> database = arguments.optionalText(SqlSpecs.DATABASE);
    Optional<String> queries = arguments.optionalText(SqlSpecs.QUERIES);
    if (schema.isPresent() == database.isPresent()) {
      return ToolResult.failure("Give exactly one of schema and database.");
    }
    if (queries.isPresent() && schema.isEmpty()) {
      return ToolResult.failure(
          "Queries are planned against a schema, not on a database in use. Give the schema too.");
    }
    try {
      return schema.isPresent()
          ? schemas.run(SqlText.of(schema.get(), files), queries.map(sql -> SqlText.of(sql, files)))
          : LiveInspection.run(
              ConnectionString.of(database.orElseThrow(), environment),
              context.egress(),
              inspection);
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
}
