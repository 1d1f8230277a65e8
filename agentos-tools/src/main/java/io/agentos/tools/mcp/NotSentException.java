package io.agentos.tools.mcp;

import io.agentos.api.AgentOsException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that surely never reached the server. */
final class NotSentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable AgentOsException failure;

  NotSentException(AgentOsException failure) {
    super(failure.detail(), failure);
    this.failure = failure;
  }

  /**
   * @param reason in words that follow the server's name
   */
  NotSentException(String reason) {
    super(reason);
    this.failure = null;
  }

  /** Why, in words. */
  String reason() {
    return String.valueOf(getMessage());
  }

  /** What to tell of it; empty where the reason says all. */
  Optional<AgentOsException> failure() {
    return Optional.ofNullable(failure);
  }
}
