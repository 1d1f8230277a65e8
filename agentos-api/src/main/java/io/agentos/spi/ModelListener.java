package io.agentos.spi;

import io.agentos.api.ModelEvent;

/** Is told what happens during one model call, in order, on the thread that makes the call. */
@FunctionalInterface
public interface ModelListener {
  /** Wants to hear nothing. */
  ModelListener NONE = _ -> {};

  /** Takes an event; must not block for long. What it throws ends the call. */
  void on(ModelEvent event);
}
