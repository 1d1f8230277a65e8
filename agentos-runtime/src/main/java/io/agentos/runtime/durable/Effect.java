package io.agentos.runtime.durable;

/** What a step does. */
@FunctionalInterface
public interface Effect<T> {
  T run(Step step);
}
