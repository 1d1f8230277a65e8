package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code agentos tasks}. */
@Command(
    name = "tasks",
    aliases = "task",
    description = "Look at tasks, cancel them, settle their doubtful steps.",
    synopsisSubcommandLabel = "COMMAND")
final class TasksCommand {
  private static final String TASKS = "/v1/tasks";

  /** A task that runs ends at its next step, which is most often soon. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(5);

  /** A task is routed by its second step, or its fourth where a model was asked. */
  private static final int FIRST_STEPS = 10;

  private final Session session;

  TasksCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List tasks, newest first.",
      footer = {
        "%nExamples:",
        "  agentos tasks list --state waiting",
        "  agentos tasks list --label team=payments --limit 100 -o json"
      })
  int list(@Mixin TaskFilters filters, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    int most = filters.limit();
    List<Fields> tasks =
        session.list(session.client(options), TASKS, filters.parameters(), most, task -> true);
    Table table = new Table("TASK", "STATE", "AGENT", "TYPE", "CREATED", "COST");
    for (Fields task : tasks) {
      table.row(
          task.text("id"),
          TaskWords.state(task),
          TaskWords.agent(task),
          task.text("type"),
          Words.instant(task.text("created_at")),
          Words.money(task.number("usage.cost_usd_micros")));
    }
    session.show(output, tasks, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Show one task and its result.",
      footer = {"%nExample:", "  agentos tasks show task_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int show(
      @Parameters(paramLabel = "TASK") String task,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields found = session.client(options).get(ApiClient.path(TASKS, task));
    if (output.json()) {
      session.terminal().print(found.pretty());
    } else {
      session.terminal().print(TaskWords.page(found, routed(session.client(options), found)));
    }
    return ExitCode.DONE;
  }

  /** Why this agent, as the journal tells it; nothing where it does not. */
  private List<String> routed(ApiClient client, Fields task) {
    if (task.text("agent").isEmpty()) {
      return List.of();
    }
    String steps = ApiClient.path(TASKS, task.text("id")) + "/steps";
    return session.list(client, steps, Map.of(), FIRST_STEPS, step -> true).stream()
        .filter(step -> step.text("name").equals("route"))
        .findFirst()
        .map(step -> RouteWords.ofStep(step, TaskWords.agent(task)))
        .orElse(List.of());
  }

  @Command(
      description = "Say which agent a task would be given to, and why; nothing is done.",
      footer = {
        "%nExamples:",
        "  agentos tasks route \"Who can read rows that are not theirs?\"",
        "  agentos tasks route --input migration=@0042.sql -o json"
      })
  int route(@Mixin TaskRequest request, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    request.check();
    ApiClient client = session.client(options);
    Fields found = client.post(TASKS + "/route", request.routeBody(session, client));
    session.terminal().print(output.json() ? found.pretty() : RouteWords.page(found));
    return found.text("agent").isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Command(
      description = "Show the journal of a task.",
      footer = {"%nExample:", "  agentos tasks steps task_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int steps(
      @Parameters(paramLabel = "TASK") String task,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    List<Fields> steps =
        session.list(
            session.client(options),
            ApiClient.path(TASKS, task) + "/steps",
            Map.of(),
            Session.LIST_LENGTH_MAX,
            step -> true);
    Table table = new Table("POSITION", "STEP", "STATE", "ATTEMPTS", "STARTED", "TIME");
    for (Fields step : steps) {
      table.row(
          step.text("position"),
          step.text("name"),
          step.text("state"),
          step.text("attempts"),
          Words.instant(step.text("started_at")),
          TaskWords.between(step, "started_at", "ended_at"));
    }
    session.show(output, steps, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Follow a task to its end; its progress on stderr, its result on stdout.",
      footer = {
        "%nExample:",
        "  agentos tasks follow task_01jd3k5m6n7p8q9r0s1t2v3w4x > report.md",
        "%nWith -o json every event is one line of JSON on stdout."
      })
  int follow(
      @Parameters(paramLabel = "TASK") String task,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    ApiClient client = session.client(options);
    if (output.json()) {
      new TaskFollower(task)
          .follow(
              client,
              TaskFollower.TRIES_PATIENT,
              event -> session.terminal().print(event.body().json().toString()));
      return TaskWords.exitCode(client.get(ApiClient.path(TASKS, task)));
    }
    try (TaskProgress progress = new TaskProgress(session.terminal())) {
      new TaskFollower(task).follow(client, TaskFollower.TRIES_PATIENT, progress::on);
    }
    return new TaskEnd(session).tell(client.get(ApiClient.path(TASKS, task)), output);
  }

  @Command(
      description = "Cancel a task.",
      footer = {"%nExample:", "  agentos tasks cancel task_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int cancel(
      @Parameters(paramLabel = "TASK") String task,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields cancelled =
        session
            .client(options)
            .post(ApiClient.path(TASKS, task) + "/cancel", Map.of(), CANCEL_WAIT);
    session.terminal().print(output.json() ? cancelled.pretty() : TaskWords.line(cancelled));
    return ExitCode.DONE;
  }

  @Command(
      description = "Say whether a step whose outcome is unknown has happened.",
      footer = {
        "%nExamples:",
        "  agentos tasks reconcile task_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      --step turn-1/c1/tool --outcome did_not_happen",
        "  agentos tasks reconcile task_01jd3k5m6n7p8q9r0s1t2v3w4x --step pay \\",
        "      --outcome happened --result '{\"text\": \"paid\"}'"
      })
  int reconcile(
      @Parameters(paramLabel = "TASK") String task,
      @Mixin Outcome outcome,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields reconciled =
        session.client(options).post(ApiClient.path(TASKS, task) + "/reconcile", outcome.body());
    session.terminal().print(output.json() ? reconciled.pretty() : TaskWords.line(reconciled));
    return ExitCode.DONE;
  }

  /** The JSON that an option holds. */
  static JsonNode json(String option, String text) {
    try {
      return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException _) {
      throw new CliException(
          ExitCode.USAGE, option + " is no JSON; give it such as '{\"euro\": 5}'.");
    }
  }

  /** What a person found out about a step. */
  static final class Outcome {
    /** Whether the effect took place. */
    enum Kind {
      HAPPENED,
      DID_NOT_HAPPEN
    }

    @Option(names = "--step", required = true, paramLabel = "STEP", description = "its name")
    private String step = "";

    @Option(
        names = "--outcome",
        required = true,
        paramLabel = "OUTCOME",
        description = "happened or did_not_happen")
    private Kind kind = Kind.HAPPENED;

    @Option(
        names = "--result",
        paramLabel = "JSON",
        description = "what it gave, when it has happened")
    private @Nullable String result;

    Map<String, Object> body() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("step", step);
      body.put("outcome", kind.name().toLowerCase(Locale.ROOT));
      if (result != null) {
        body.put("result", json("--result", result));
      }
      return body;
    }
  }
}
