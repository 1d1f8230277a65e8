package io.agentos.runtime.catalogue;

import java.util.Locale;

/** A hint of how fast a model answers, for as long as nobody has measured it; fastest first. */
public enum Speed {
  FAST,
  MEDIUM,
  SLOW;

  /** Its name in documents and answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
