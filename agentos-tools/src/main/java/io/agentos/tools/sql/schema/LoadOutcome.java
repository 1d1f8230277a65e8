package io.agentos.tools.sql.schema;

import java.util.List;

/** How applying a schema ended. */
public sealed interface LoadOutcome {
  /** What was left out or assumed, for people to read. */
  List<String> notes();

  /**
   * It was applied.
   *
   * @param supabase whether it was applied the way Supabase would
   */
  record Loaded(boolean supabase, List<String> notes) implements LoadOutcome {
    public Loaded {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Postgres refused a statement.
   *
   * @param line of the script on which the fault is, as far as Postgres tells
   * @param statement the beginning of the statement, on one line
   * @param sqlState Postgres's code of the error, five characters
   * @param message Postgres's own words
   */
  record Rejected(int line, String statement, String sqlState, String message, List<String> notes)
      implements LoadOutcome {
    public Rejected {
      notes = List.copyOf(notes);
    }
  }
}
