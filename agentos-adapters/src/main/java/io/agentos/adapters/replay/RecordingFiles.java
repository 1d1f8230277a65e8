package io.agentos.adapters.replay;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads recordings from files, YAML or JSON, one recording each:
 *
 * <pre>{@code
 * apiVersion: agentos.io/v1
 * kind: Recording
 * metadata: {name: review, description: A review of two files}
 * spec:
 *   systemSha256: 9f86d0…        # optional: the system prompt it was recorded for
 *   turns:                       # one answer per turn of the agent
 *     - text: I will look at the files.                        # optional
 *       toolCalls:                                             # optional
 *         - {tool: files.list, arguments: {path: src}}         # id: optional
 *       usage: {inputTokens: 812, outputTokens: 64}            # optional
 *     - text: |
 *         ## Summary
 *       stopReason: end      # optional: end, tool_calls, length, refusal, filter
 * }</pre>
 *
 * <p>Strict: an unknown field, a field twice or a wrong type is INVALID_DEFINITION with the file
 * and the place.
 */
public final class RecordingFiles {
  private static final int FILES_MAX = 1_000;
  private static final long FILE_BYTES_MAX = 1024 * 1024;
  private static final int DEPTH_MAX = 50;
  static final String API_VERSION = "agentos.io/v1";
  static final String KIND = "Recording";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RecordingFiles() {}

  /** The recordings of a folder, by file name; none when there is no such folder. */
  public static List<Recording> readFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(RecordingFiles::isRecording).sorted().limit(FILES_MAX + 1L).toList();
    } catch (IOException e) {
      throw wrong(folder, "cannot be read.", e);
    }
    if (files.size() > FILES_MAX) {
      throw wrong(folder, "has more than " + FILES_MAX + " recordings.", null);
    }
    return files.stream().map(RecordingFiles::read).toList();
  }

  /** The recording in a file of at most 1 MiB. */
  public static Recording read(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw wrong(file, "is larger than " + FILE_BYTES_MAX + " bytes.", null);
      }
      RecordingYaml yaml = MAPPER.readValue(Files.readString(file), RecordingYaml.class);
      return recording(file, yaml);
    } catch (IOException e) {
      throw wrong(file, "cannot be read as UTF-8 text.", e);
    } catch (JacksonException e) {
      throw wrong(file, place(e) + what(e), e);
    }
  }

  private static Recording recording(Path file, @Nullable RecordingYaml yaml) {
    if (yaml == null
        || !API_VERSION.equals(yaml.apiVersion())
        || !KIND.equals(yaml.kind())
        || yaml.metadata() == null
        || yaml.metadata().name() == null
        || yaml.spec() == null) {
      throw wrong(
          file,
          "must have apiVersion: %s, kind: %s, metadata.name and spec."
              .formatted(API_VERSION, KIND),
          null);
    }
    String name = yaml.metadata().name();
    List<Completion> turns = new ArrayList<>();
    for (RecordingYaml.@Nullable Turn turn :
        Objects.requireNonNullElse(yaml.spec().turns(), List.<RecordingYaml.@Nullable Turn>of())) {
      turns.add(completion(file, name, turns.size() + 1, turn));
    }
    return new Recording(name, Objects.requireNonNullElse(yaml.spec().systemSha256(), ""), turns);
  }

  private static Completion completion(
      Path file, String name, int place, RecordingYaml.@Nullable Turn turn) {
    if (turn == null || (turn.text() == null && turn.toolCalls() == null)) {
      throw wrong(file, "turn %d must have text or toolCalls.".formatted(place), null);
    }
    List<ToolCall> calls = new ArrayList<>();
    for (RecordingYaml.@Nullable Call call :
        Objects.requireNonNullElse(turn.toolCalls(), List.<RecordingYaml.@Nullable Call>of())) {
      if (call == null || call.tool() == null) {
        throw wrong(file, "turn %d: a tool call must name its tool.".formatted(place), null);
      }
      String id = call.id() == null ? "call_%d_%d".formatted(place, calls.size() + 1) : call.id();
      calls.add(toolCall(id, call.tool(), call.arguments()));
    }
    return new Completion(
        new Message.Assistant(Objects.requireNonNullElse(turn.text(), ""), calls),
        Objects.requireNonNullElse(
            turn.stopReason(), calls.isEmpty() ? StopReason.END : StopReason.TOOL_CALLS),
        tokens(turn.usage()),
        ReplayProvider.ID,
        name,
        "");
  }

  private static ToolCall toolCall(
      String id, String tool, @Nullable Map<String, @Nullable Object> arguments) {
    return new ToolCall(id, tool, arguments == null ? Map.of() : arguments);
  }

  private static Tokens tokens(RecordingYaml.@Nullable Tokens tokens) {
    return tokens == null
        ? Tokens.NONE
        : new Tokens(
            tokens.inputTokens(),
            tokens.cachedTokens(),
            0,
            0,
            tokens.outputTokens(),
            tokens.reasoningTokens());
  }

  private static boolean isRecording(Path file) {
    return file.toString().matches(".*\\.(yaml|yml|json)");
  }

  private static String place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      return "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
    }
    // An unknown field is told without its line.
    String path =
        e.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : "." + step.getPropertyName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : path.substring(1) + ": ";
  }

  private static String what(JacksonException e) {
    return e.getOriginalMessage()
        .replaceAll("\\s+", " ")
        .replaceFirst(" \\(class [\\w.$]+\\), not marked as ignorable", "");
  }

  private static AgentOsException wrong(Path file, String what, @Nullable Exception cause) {
    String message = "Recording file %s: %s".formatted(file.getFileName(), what);
    return cause == null
        ? new AgentOsException(ErrorCode.INVALID_DEFINITION, message)
        : new AgentOsException(ErrorCode.INVALID_DEFINITION, message, cause);
  }
}
