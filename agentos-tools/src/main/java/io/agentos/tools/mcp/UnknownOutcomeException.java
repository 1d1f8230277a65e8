package io.agentos.tools.mcp;

/**
 * A call that was sent and never answered: whether it acted is not known. Not an {@code
 * AgentOsException}, so that the ledger asks a person instead of trying again.
 */
final class UnknownOutcomeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
