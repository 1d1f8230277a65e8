package io.agentos.runtime.budgets;

import java.util.Locale;

/** Whose spending a budget covers. */
public enum Scope {
  /** All of the tenant. */
  TENANT,
  /** All agents of a pack. */
  PACK,
  /** One agent, {@code PACK.AGENT}. */
  AGENT,
  /** One task. */
  TASK;

  /** The name in JSON and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of this name. */
  public static Scope of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
