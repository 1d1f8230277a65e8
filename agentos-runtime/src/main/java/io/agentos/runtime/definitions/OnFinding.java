package io.agentos.runtime.definitions;

/** What a gate does with what it finds. */
public enum OnFinding {
  /** The agent may mend it once; a no where nothing can be mended. */
  FIX,
  /** It must not go on. */
  BLOCK,
  /** People decide. */
  ESCALATE
}
