package io.agentos.tools.mcp;

/** A link to a server that broke; the message says why, without anything the server sent. */
final class BrokenLinkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenLinkException(String reason) {
    super(reason);
  }

  /** Why, in words. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
