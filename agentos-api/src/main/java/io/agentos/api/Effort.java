package io.agentos.api;

/** How much a model that can reason is to reason. */
public enum Effort {
  NONE,
  LOW,
  MEDIUM,
  HIGH
}
