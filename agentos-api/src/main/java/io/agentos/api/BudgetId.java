package io.agentos.api;

import java.util.UUID;

/** The id of a budget, written {@code bud_…}. */
public record BudgetId(UUID value) {
  private static final String PREFIX = "bud";

  /** A new id, later than all before it. */
  public static BudgetId next() {
    return new BudgetId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static BudgetId parse(String text) {
    return new BudgetId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
