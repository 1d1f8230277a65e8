package io.agentos.server.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos erase}. */
@Command(
    name = "erase",
    description = "Make what tasks were given and said unreadable, for ever.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "%nTasks of it that run are cancelled first. States, times and costs stay, and so",
      "does the audit log. Nobody can take it back.",
      "%nExamples:",
      "  agentos erase --subject customer-4711",
      "  agentos erase --task task_01jd3k5m6n7p8q9r0s1t2v3w4x -o json",
      "  agentos erase list"
    })
final class EraseCommand implements Callable<Integer> {
  static final String ERASURES = "/v1/erasures";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 250;

  private final Session session;

  @ArgGroup private @Nullable What what;

  @Option(names = "--no-wait", description = "do not wait until nobody can read it any more")
  private boolean noWait;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  /** Whose, or which. */
  static final class What {
    @Option(
        names = "--subject",
        paramLabel = "NAME",
        description = "all tasks about this subject, as tasks name it")
    private @Nullable String subject;

    @Option(names = "--task", paramLabel = "TASK", description = "one task that names no subject")
    private @Nullable String task;

    String told() {
      return subject == null ? "task " + task : "all tasks about '%s'".formatted(subject);
    }

    Map<String, String> body() {
      return subject == null ? Map.of("task", String.valueOf(task)) : Map.of("subject", subject);
    }
  }

  EraseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Terminal terminal = session.terminal();
    if (what == null) {
      terminal.say("agentos: say --subject NAME or --task TASK");
      return ExitCode.USAGE;
    }
    if (terminal.canAsk()
        && !terminal.asksYes("Erase %s? Nobody can take it back.".formatted(what.told()))) {
      terminal.say("Nothing was erased.");
      return ExitCode.FAILED;
    }
    ApiClient client = session.client(options);
    Fields erasure = awaited(client, client.post(ERASURES, what.body()));
    boolean completed = erasure.text("state").equals("completed");
    if (output.json()) {
      terminal.print(erasure.pretty());
    } else {
      terminal.print(
          "%s %s: %s"
              .formatted(
                  erasure.text("id"),
                  erasure.text("state"),
                  Words.count(erasure.number("tasks"), "task")));
    }
    if (erasure.has("hold")) {
      terminal.say(
          "Hold %s keeps it; it goes on when the hold is released."
              .formatted(erasure.text("hold")));
    } else if (!completed && !noWait) {
      terminal.say("Tasks of it still run; see 'agentos erase list'.");
    }
    return completed || noWait ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Fields awaited(ApiClient client, Fields begun) {
    Fields erasure = begun;
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!noWait && erasure.text("state").equals("running") && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        erasure = client.get(ApiClient.path(ERASURES, begun.text("id")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return erasure;
  }

  @Command(
      description = "List erasures, newest first.",
      footer = {"%nExamples:", "  agentos erase list", "  agentos erase list -o json"})
  int list(@Mixin ListLimit limit, @Mixin ConfigOptions where, @Mixin OutputOption how) {
    var erasures =
        session.list(session.client(where), ERASURES, Map.of(), limit.limit(), _ -> true);
    Table table = new Table("ERASURE", "OF", "TASKS", "STATE", "BY", "REQUESTED", "COMPLETED");
    for (Fields each : erasures) {
      table.row(
          each.text("id"),
          each.has("task") ? each.text("task") : "a subject",
          each.text("tasks"),
          each.text("state"),
          each.text("requested_by"),
          Words.instant(each.text("requested_at")),
          Words.instant(each.text("completed_at")));
    }
    session.show(how, erasures, table);
    return ExitCode.DONE;
  }
}
