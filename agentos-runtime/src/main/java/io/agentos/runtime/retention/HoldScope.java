package io.agentos.runtime.retention;

import java.util.Locale;

/** What a hold covers. */
public enum HoldScope {
  /** Every record of the tenant, those without a task too. */
  TENANT,
  /** One task with all it left behind. */
  TASK,
  /** The tasks of one agent, {@code PACK.AGENT}. */
  AGENT,
  /** The tasks with one label, {@code KEY=VALUE}. */
  LABEL,
  /** The tasks about one subject, by the name that requests give it. */
  SUBJECT;

  /** The name in JSON and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of this name. */
  public static HoldScope of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
