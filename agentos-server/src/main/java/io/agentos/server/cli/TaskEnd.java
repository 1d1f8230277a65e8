package io.agentos.server.cli;

import io.agentos.server.cli.Terminal.Style;

/** Tells the end of a task: the result on stdout, how it came to it on stderr. */
final class TaskEnd {
  private final Session session;

  TaskEnd(Session session) {
    this.session = session;
  }

  /** Tells it and gives the exit code. */
  int tell(Fields task, OutputOption output) {
    Terminal terminal = session.terminal();
    boolean completed = task.text("state").equals("completed");
    String took = TaskWords.between(task, "started_at", "ended_at");
    terminal.say(
        "%s%s, %s  %s"
            .formatted(
                terminal.styled(completed ? Style.GOOD : Style.BAD, TaskWords.state(task)),
                took.isEmpty() ? "" : " in " + took,
                TaskWords.usage(task),
                terminal.styled(Style.QUIET, task.text("id"))));
    if (task.has("error")) {
      terminal.say(
          "%s: %s"
              .formatted(
                  terminal.styled(Style.STRONG, task.text("error.code")),
                  task.text("error.detail")));
      String remedy = Remedy.of(task.text("error.code"));
      if (!remedy.isEmpty()) {
        terminal.say("  " + remedy);
      }
    }
    if (output.json()) {
      terminal.print(task.pretty());
    } else if (!TaskWords.output(task).isEmpty()) {
      terminal.print(TaskWords.output(task));
    }
    return TaskWords.exitCode(task);
  }
}
