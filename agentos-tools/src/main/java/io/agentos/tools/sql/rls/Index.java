package io.agentos.tools.sql.rls;

import java.util.List;

/**
 * An index of a table.
 *
 * @param quoted its name for SQL, with the schema
 * @param constraint name for SQL of the constraint it serves; empty for none
 * @param columns numbers of its key columns in order; 0 for an expression
 * @param partial whether it holds only some rows
 * @param referenced whether a foreign key points at it
 */
record Index(
    long relation,
    String quoted,
    String constraint,
    List<Integer> columns,
    boolean unique,
    boolean primary,
    boolean partial,
    boolean referenced,
    String comment) {
  Index {
    columns = List.copyOf(columns);
  }
}
