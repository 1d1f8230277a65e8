package io.agentos.server.cli;

/** What a command tells the shell. */
final class ExitCode {
  /** All done. */
  static final int DONE = 0;

  /** The task failed, or the server refused. */
  static final int FAILED = 1;

  /** The command or the configuration is written wrongly. */
  static final int USAGE = 2;

  /** The machine lacks something. */
  static final int ENVIRONMENT = 3;

  /** The key is missing, unknown, or its role does not allow this. */
  static final int NOT_ALLOWED = 4;

  /** No server answers. */
  static final int UNREACHABLE = 5;

  private ExitCode() {}
}
