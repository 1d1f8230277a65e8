package io.agentos.tools.sql;

import io.agentos.spi.Tool;
import io.agentos.tools.sql.scratch.ScratchDatabases;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tools about SQL databases. */
public final class SqlTools {
  private SqlTools() {}

  /**
   * All of them.
   *
   * @param scratch where schemas are applied and looked at
   * @param files which {@code .sql} files may be read
   * @param environment the connection string behind a name that is given as {@code env:NAME}; empty
   *     for a name that is not set or not for callers to use
   */
  public static List<Tool> tools(
      ScratchDatabases scratch, SqlFiles files, Function<String, Optional<String>> environment) {
    return List.of(
        new DatabaseTool(SqlSpecs.AUDIT_RLS, new Inspections.Rls(), scratch, files, environment),
        new DatabaseTool(
            SqlSpecs.SCHEMA_DOC, new Inspections.Documentation(), scratch, files, environment),
        new DatabaseTool(
            SqlSpecs.INDEX_ADVICE, new Inspections.Indexes(), scratch, files, environment),
        new MigrationTool(scratch, files));
  }
}
