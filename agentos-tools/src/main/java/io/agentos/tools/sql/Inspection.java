package io.agentos.tools.sql;

import io.agentos.api.ToolResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A look at a database that changes nothing which is kept. */
interface Inspection {

  /** The answer about a database in use. */
  ToolResult ofLive(Connection connection, List<String> notes) throws SQLException;

  /** The answer about a throw-away copy of a schema. */
  ToolResult ofCopy(Connection connection, Copy copy) throws SQLException;

  /**
   * A copy of a schema.
   *
   * @param supabase whether it was made the way Supabase would
   * @param queries SQL to look at besides it
   * @param notes what was left out or assumed, for people
   */
  record Copy(boolean supabase, Optional<String> queries, List<String> notes) {
    public Copy {
      notes = List.copyOf(notes);
    }
  }
}
