package io.agentos.server.cli;

import io.agentos.server.config.ConfigLoader.Flag;
import io.agentos.server.recording.TaskRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whether what models answer is recorded, or played from a recording. */
final class RecordingOptions {
  private static final int DAY_LENGTH = "2026-11-22".length();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "write what the models answered into a file, without secrets, for --replay")
  private @Nullable String record;

  @Option(names = "--force", description = "let --record replace a file that is there")
  private boolean force;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "play a recording, or the fitting one of a folder, and ask no model; tools and policies"
              + " are real")
  private @Nullable String replay;

  /** Refuses what would fail in the end, before anything is paid for. */
  void check(Session session, boolean detach) {
    if (detach && (record != null || replay != null)) {
      throw wrong("--record and --replay need the end of the task; leave --detach out.");
    }
    if (record != null && replay != null) {
      throw wrong("--record and --replay contradict each other: nothing new would be recorded.");
    }
    if (record == null) {
      if (force) {
        throw wrong("--force says that --record may replace a file; --record is missing.");
      }
      return;
    }
    Path file = file(session, record);
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw wrong("--record: there is no folder %s.".formatted(folder));
    }
    if (!Files.isWritable(folder)) {
      throw wrong("--record: the folder %s cannot be written to.".formatted(folder));
    }
    if (Files.exists(file) && !(force && Files.isRegularFile(file))) {
      throw wrong(
          Files.isRegularFile(file)
              ? "--record: %s is there already; name another, or replace it with --force."
                  .formatted(file)
              : "--record: %s is no file.".formatted(file));
    }
  }

  /** The recording that was named to be played, as it was written. */
  Optional<String> replay() {
    return Optional.ofNullable(replay);
  }

  /** What they change in the configuration of a server that is started for the task. */
  List<Flag> flags() {
    return replay == null ? List.of() : List.of(new Flag("--replay", "models.replay", replay));
  }

  /** Writes the recording of a task that has ended, where it was asked for, and says so. */
  void record(Session session, ApiClient client, Fields task) {
    if (record == null) {
      return;
    }
    List<Fields> calls =
        session.list(
            client,
            ApiClient.path("/v1/tasks", task.text("id")) + "/steps",
            Map.of(),
            Session.LIST_LENGTH_MAX,
            step -> TaskRecording.isModelCall(step.json()));
    Path file = file(session, record);
    String ended = task.text("ended_at", "created_at");
    Optional<TaskRecording> recording =
        TaskRecording.of(
            task.text("agent"),
            file,
            ended.substring(0, Math.min(DAY_LENGTH, ended.length())),
            calls.stream().map(Fields::json).toList());
    if (recording.isEmpty()) {
      session
          .terminal()
          .say(
              calls.isEmpty()
                  ? "nothing to record: the agent asked no model"
                  : "nothing to record: no model answered");
      return;
    }
    recording.get().write(file, force);
    int turns = recording.get().recording().turns().size();
    session.terminal().say("recorded %s in %s".formatted(Words.count(turns, "turn"), file));
  }

  private static Path file(Session session, String path) {
    return new InputFiles(session.surroundings().workingDirectory()).resolved("--record", path);
  }

  private static CliException wrong(String message) {
    return new CliException(ExitCode.USAGE, message);
  }
}
