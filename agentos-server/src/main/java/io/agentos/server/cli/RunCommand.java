package io.agentos.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos run}. */
@Command(
    name = "run",
    description = "Run one task to its end: progress on stderr, result on stdout.",
    footer = {
      "%nExamples:",
      "  agentos run --agent supabase.rls-auditor --input schema=schema.sql",
      "  agentos run --type review --input folder=. \"Review the error handling\"",
      "  git diff | agentos run --type review --file - > review.md",
      "  agentos run --subject customer-4711 --agent support.clerk \\",
      "      \"Where is the parcel?\"",
      "  agentos run --record review.yaml --type review --input folder=.",
      "%nUses the server of AGENTOS_URL, else the one that runs for the data directory,",
      "else starts one in this process and stops it at the end. Ctrl-C cancels the",
      "task."
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private TaskRequest request = new TaskRequest();

  @Option(
      names = {"--detach", "--no-wait"},
      description = "print the task's id and do not wait; needs a server that runs")
  private boolean detach;

  @Option(names = "--wait", description = "wait for the end (this is the default)")
  private boolean wait;

  @Mixin private RecordingOptions recording = new RecordingOptions();
  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();

  private volatile @Nullable String task;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (detach && wait) {
      throw new CliException(ExitCode.USAGE, "--wait and --detach contradict each other.");
    }
    request.check();
    recording.check(session, detach);
    if (detach) {
      Fields created = submit(session.client(options));
      session.terminal().print(output.json() ? created.pretty() : created.text("id"));
      return ExitCode.DONE;
    }
    try (Connection connection = Connection.open(session, options, recording.flags())) {
      Thread cancel = Thread.ofPlatform().name("cancel").unstarted(() -> cancel(connection));
      Runtime.getRuntime().addShutdownHook(cancel);
      int exitCode = run(connection);
      Runtime.getRuntime().removeShutdownHook(cancel);
      return exitCode;
    }
  }

  private int run(Connection connection) {
    String id = submit(connection.client()).text("id");
    task = id;
    TaskFollower follower = new TaskFollower(id);
    PlayedCalls played = new PlayedCalls();
    try (TaskProgress progress = new TaskProgress(session.terminal())) {
      ApprovalQuestion question = new ApprovalQuestion(session.terminal(), progress);
      while (!follower.ended()) {
        try {
          ApiClient client = connection.client();
          follower.follow(
              client,
              connection.renewable() ? TaskFollower.TRIES_BRIEF : TaskFollower.TRIES_PATIENT,
              event -> {
                progress.on(event);
                played.on(event);
                question.on(event, client);
              });
        } catch (CliException e) {
          if (e.exitCode() != ExitCode.UNREACHABLE || !connection.renewable()) {
            throw e;
          }
          connection.renew(options);
        }
      }
    }
    task = null;
    Fields ended = connection.client().get(ApiClient.path("/v1/tasks", id));
    played.tell(session.terminal(), recording);
    int exitCode = new TaskEnd(session).tell(ended, output);
    recording.record(session, connection.client(), ended);
    return exitCode;
  }

  private Fields submit(ApiClient client) {
    return client.post("/v1/tasks", request.body(session, client));
  }

  /** Runs when Ctrl-C ends the process. */
  private void cancel(Connection connection) {
    String id = task;
    try (connection) {
      if (id != null) {
        connection.client().post(ApiClient.path("/v1/tasks", id) + "/cancel", Map.of());
        session.terminal().say("cancelled " + id);
      }
    } catch (CliException e) {
      session.terminal().say("agentos: " + e.getMessage());
    }
  }
}
