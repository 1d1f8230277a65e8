package io.agentos.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happens while a model answers. */
public sealed interface ModelEvent {
  /** The provider has begun to answer well. The id is empty when it gives none. */
  record Started(String requestId) implements ModelEvent {}

  /** More text of the answer, never empty. */
  record Text(String more) implements ModelEvent {}

  /** More of what it thinks, never empty. */
  record Thought(String more) implements ModelEvent {}

  /** A tool call, once it is whole. It may be run only when the whole answer has come. */
  record Call(ToolCall call) implements ModelEvent {}

  /** What the provider says of its limits, with good answers and bad ones. */
  record Limits(List<RateLimit> limits) implements ModelEvent {
    public Limits {
      limits = List.copyOf(limits);
    }
  }

  /**
   * The call is about to fail after it reached the provider, which may charge it all the same.
   *
   * @param seen the last count the provider gave; null for none
   */
  record Unsettled(@Nullable Tokens seen) implements ModelEvent {}
}
