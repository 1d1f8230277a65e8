package io.agentos.tools.sql.rls;

import java.util.List;

/**
 * A foreign key.
 *
 * @param quoted the constraint's name for SQL
 * @param columns numbers of the columns, in order
 * @param parent number of the table it points at
 * @param parentColumns numbers of the columns it points at, in order
 * @param onUpdate what follows the columns in SQL, such as {@code ON UPDATE CASCADE}; may be empty
 * @param onDelete as {@code onUpdate}
 * @param deferral as {@code onUpdate}
 */
record ForeignKey(
    long relation,
    String quoted,
    List<Integer> columns,
    long parent,
    List<Integer> parentColumns,
    String onUpdate,
    String onDelete,
    String deferral,
    String comment) {
  ForeignKey {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }
}
