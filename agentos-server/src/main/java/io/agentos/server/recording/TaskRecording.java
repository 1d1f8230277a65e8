package io.agentos.server.recording;

import io.agentos.adapters.replay.Recording;
import io.agentos.adapters.replay.RecordingFiles;
import io.agentos.adapters.replay.RecordingWriter;
import io.agentos.adapters.replay.ReplayProvider;
import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ToolCall;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/**
 * What the models of a task answered, redacted.
 *
 * @param description what it is, for people
 */
public record TaskRecording(Recording recording, String description) {
  /** The step of a model call, and of those that followed when it failed. */
  private static final Pattern MODEL_STEP = Pattern.compile("turn-[0-9]+/model(-[0-9]+)?");

  private static final String NAME_FALLBACK = "recording";

  /** Whether a step of a task, as the API tells it, called a model. */
  public static boolean isModelCall(JsonNode step) {
    return MODEL_STEP.matcher(step.path("name").asString("")).matches();
  }

  /**
   * The recording of a task that has ended.
   *
   * @param agent the agent that did it, {@code PACK.AGENT}, by which the recording is named
   * @param file where it will be, by which it is named where that makes no name
   * @param day when it ended, for people
   * @param steps its model calls as the API tells them, in order
   * @return empty when no model answered
   * @throws AgentOsException INVALID_REQUEST when a step cannot be read
   */
  public static Optional<TaskRecording> of(
      String agent, Path file, String day, List<JsonNode> steps) {
    String name = name(agent, file);
    String digest = "";
    List<Completion> turns = new ArrayList<>();
    TreeSet<String> models = new TreeSet<>();
    for (JsonNode step : steps) {
      JsonNode result = step.path("result");
      if (step.path("state").asString("").equals("committed") && result.isObject()) {
        Completion completion = completion(step);
        turns.add(redacted(completion, name));
        models.add(completion.provider() + "/" + completion.model());
        digest = step.path("about").path("system_sha256").asString(digest);
      }
    }
    if (turns.isEmpty()) {
      return Optional.empty();
    }
    String description =
        "%s, answered by %s, recorded on %s".formatted(agent, String.join(", ", models), day);
    return Optional.of(new TaskRecording(new Recording(name, digest, turns), description));
  }

  /**
   * Writes it as a file that its owner alone can read, whole or not at all.
   *
   * @param replace whether a file that is there may be replaced
   * @throws AgentOsException ENVIRONMENT when it cannot be written; INVALID_DEFINITION when it is
   *     larger or deeper than what can be played
   */
  public void write(Path file, boolean replace) {
    Path folder = file.toAbsolutePath().getParent();
    CopyOption[] how =
        replace
            ? new CopyOption[] {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING}
            : new CopyOption[0];
    try {
      Path temporary = Files.createTempFile(folder, ".recording", ".yaml");
      try {
        Files.writeString(temporary, RecordingWriter.yaml(recording, description));
        mustBePlayable(temporary, file);
        Files.move(temporary, file, how);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (FileAlreadyExistsException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "%s has come into being meanwhile and is left as it is; nothing was recorded."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "%s cannot be written (%s).".formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static void mustBePlayable(Path written, Path file) {
    try {
      RecordingFiles.read(written);
    } catch (AgentOsException e) {
      throw new AgentOsException(
          ErrorCode.INVALID_DEFINITION,
          "What the models answered cannot be played, so %s was not written. %s"
              .formatted(file, e.detail()),
          e);
    }
  }

  private static Completion completion(JsonNode step) {
    try {
      // What a newer server adds is no reason to lose a recording.
      return Json.mapperForTrees()
          .readerFor(Completion.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(step.path("result"));
    } catch (JacksonException e) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "The server tells step %s in a way that this version cannot read: use the version of the server."
              .formatted(step.path("name").asString("")),
          e);
    }
  }

  private static Completion redacted(Completion completion, String name) {
    List<ToolCall> calls =
        completion.message().toolCalls().stream()
            .map(call -> new ToolCall(call.id(), call.tool(), Redaction.members(call.arguments())))
            .toList();
    return new Completion(
        new Message.Assistant(Redaction.text(completion.message().text()), calls),
        completion.stopReason(),
        completion.tokens(),
        ReplayProvider.ID,
        name,
        "");
  }

  private static String name(String agent, Path file) {
    String ofAgent = agent.replace('.', '-');
    if (AgentId.isName(ofAgent)) {
      return ofAgent;
    }
    String ofFile =
        String.valueOf(file.getFileName()).replaceFirst("\\..*", "").toLowerCase(Locale.ROOT);
    return AgentId.isName(ofFile) ? ofFile : NAME_FALLBACK;
  }
}
