package io.agentos.runtime.catalogue;

import java.util.Locale;

/** How urgently a provider works on a call, where it sells that. */
public enum ServiceTier {
  STANDARD,
  /** Answered within a day. */
  BATCH,
  /** Answered when there is room. */
  FLEX,
  /** Answered before others. */
  PRIORITY;

  /** Its name in documents. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
