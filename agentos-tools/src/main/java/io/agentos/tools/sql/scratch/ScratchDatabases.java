package io.agentos.tools.sql.scratch;

import io.agentos.api.AgentOsException;
import java.sql.SQLException;

/** Lends throw-away databases. Thread-safe. */
public interface ScratchDatabases {

  /**
   * Runs {@code work} in a fresh database that is dropped afterwards, whatever happens.
   *
   * @throws SQLException what {@code work} throws
   * @throws AgentOsException TOOL_UNAVAILABLE when no database can be had now
   */
  <T> T with(ScratchWork<T> work) throws SQLException;
}
