package io.agentos.api;

/** Whether a model may, must or must not call tools. */
public sealed interface ToolChoice {
  ToolChoice AUTO = new Auto();

  /** As it sees fit. */
  record Auto() implements ToolChoice {}

  /** None, although it knows of some. */
  record Forbidden() implements ToolChoice {}

  /** At least one, whichever. */
  record Required() implements ToolChoice {}

  /** This one. */
  record Named(String tool) implements ToolChoice {}
}
