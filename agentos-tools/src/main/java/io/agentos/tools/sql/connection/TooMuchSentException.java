package io.agentos.tools.sql.connection;

import java.io.IOException;

/** A server sent more than it may on one connection. */
public final class TooMuchSentException extends IOException {
  private static final long serialVersionUID = 1L;

  TooMuchSentException(long bytesMax) {
    super("the server sent more than %d bytes".formatted(bytesMax));
  }

  /** Whether it is the reason for an error. */
  public static boolean caused(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof TooMuchSentException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
