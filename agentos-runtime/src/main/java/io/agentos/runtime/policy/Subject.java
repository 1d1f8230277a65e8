package io.agentos.runtime.policy;

import java.util.Locale;

/** What a decision is about. */
public enum Subject {
  TASK,
  TOOL,
  MODEL;

  /** As decisions and documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
