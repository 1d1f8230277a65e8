package io.agentos.runtime.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is to commit together with something else.
 *
 * @param sql a constant of an {@code XSql} class; carries its own tenant as a parameter
 * @param rowsExpected how many rows it must touch, or -1 for any: a condition in its WHERE clause
 *     that fails makes the whole commit fail
 * @param kept whether it commits even when what it came with is discarded, as bills are
 */
public record Write(String sql, int rowsExpected, List<@Nullable Object> parameters, boolean kept) {
  /** A write that must touch exactly one row. */
  public static Write one(String sql, @Nullable Object... parameters) {
    return new Write(sql, 1, listOf(parameters), false);
  }

  /** A write that may touch any number of rows. */
  public static Write any(String sql, @Nullable Object... parameters) {
    return new Write(sql, -1, listOf(parameters), false);
  }

  /** The same, to be kept whatever becomes of what it came with. */
  public Write whateverComes() {
    return new Write(sql, rowsExpected, parameters, true);
  }

  private static List<@Nullable Object> listOf(@Nullable Object... parameters) {
    List<@Nullable Object> list = new ArrayList<>(parameters.length);
    for (Object parameter : parameters) {
      list.add(parameter);
    }
    return list;
  }
}
