package io.agentos.postgres;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command that outlives neither this JVM nor, by accident, the terminal's Ctrl-C.
 *
 * <p>A shell runs the command and reads from a pipe that only this JVM writes to. However the JVM
 * ends, even by SIGKILL, the pipe then ends too and the shell asks the command to stop by SIGINT.
 * The tree has a session of its own: a Ctrl-C meant for the JVM would otherwise stop the server
 * before the JVM has finished with it.
 */
final class Lifeline {
  static final String SHELL = "/bin/sh";

  /**
   * File descriptor 3 is the pipe: a shell gives background commands no standard input. The signal
   * is repeated because a shell starts them with SIGINT ignored: a server that has only just begun
   * does not hear it yet.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      exec 3<&0
      "$@" </dev/null 3<&- &
      command=$!
      { while read -r _; do :; done
        while kill -INT "$command"; do sleep 1; done; } <&3 >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait "$command"
      status=$?
      kill -KILL "$watcher" 2>/dev/null
      exit "$status"
      """;

  private Lifeline() {}

  /** Starts the command; what it prints goes to the end of the file. */
  static Process start(HostTools tools, Account account, List<String> command, File log)
      throws IOException {
    Optional<String> session = tools.find("setsid");
    List<String> words = new ArrayList<>();
    session.ifPresent(words::add);
    words.addAll(account.prefix());
    words.add(SHELL);
    words.add("-c");
    words.add(script(session.isPresent()));
    words.add("sh");
    words.addAll(command);
    return HostTools.builder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  /** Where there is no setsid, job control gives background commands a process group each. */
  static String script(boolean ownSession) {
    return ownSession ? SCRIPT : "set -m\n" + SCRIPT;
  }
}
