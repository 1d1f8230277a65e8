package io.agentos.tools.sql.scratch;

import java.sql.SQLException;

/** What is done in a throw-away database. */
public interface ScratchWork<T> {

  /** Runs while the database exists; must not keep connections open beyond that. */
  T run(ScratchDatabase database) throws SQLException;
}
