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
 */
public record Write(String sql, int rowsExpected, List<@Nullable Object> parameters) {
  /** A write that must touch exactly one row. */
  public static Write one(String sql, @Nullable Object... parameters) {
    return new Write(sql, 1, listOf(parameters));
  }

  /** A write that may touch any number of rows. */
  public static Write any(String sql, @Nullable Object... parameters) {
    return new Write(sql, -1, listOf(parameters));
  }

  private static List<@Nullable Object> listOf(@Nullable Object... parameters) {
    List<@Nullable Object> list = new ArrayList<>(parameters.length);
    for (Object parameter : parameters) {
      list.add(parameter);
    }
    return list;
  }
}
