package io.agentos.adapters.replay;

import io.agentos.api.Completion;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Writes a recording as {@link RecordingFiles} reads it. Texts of several lines stand in blocks, so
 * that people can read and compare them.
 *
 * <p>Thread-safe.
 */
public final class RecordingWriter {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
                  .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                  .disable(YAMLWriteFeature.SPLIT_LINES)
                  .build())
          .build();

  private RecordingWriter() {}

  /**
   * The recording as YAML.
   *
   * @param description what it is, for people
   */
  public static String yaml(Recording recording, String description) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!recording.systemDigest().isEmpty()) {
      spec.put("systemSha256", recording.systemDigest());
    }
    spec.put("turns", recording.turns().stream().map(RecordingWriter::turn).toList());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", recording.name());
    metadata.put("description", description);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", RecordingFiles.API_VERSION);
    document.put("kind", RecordingFiles.KIND);
    document.put("metadata", metadata);
    document.put("spec", spec);
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("arguments are JSON values", e);
    }
  }

  private static Map<String, Object> turn(Completion completion) {
    Map<String, Object> turn = new LinkedHashMap<>();
    String text = completion.message().text();
    List<ToolCall> calls = completion.message().toolCalls();
    if (!text.isEmpty() || calls.isEmpty()) {
      turn.put("text", text);
    }
    if (!calls.isEmpty()) {
      turn.put("toolCalls", calls.stream().map(RecordingWriter::call).toList());
    }
    turn.put("stopReason", completion.stopReason().name().toLowerCase(Locale.ROOT));
    Tokens tokens = completion.tokens();
    if (tokens != null) {
      turn.put("usage", usage(tokens));
    }
    return turn;
  }

  private static Map<String, @Nullable Object> call(ToolCall call) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("id", call.id());
    written.put("tool", call.tool());
    written.put("arguments", call.arguments());
    return written;
  }

  private static Map<String, Object> usage(Tokens tokens) {
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("inputTokens", tokens.input());
    usage.put("outputTokens", tokens.output());
    if (tokens.cacheRead() > 0) {
      usage.put("cachedTokens", tokens.cacheRead());
    }
    if (tokens.reasoning() > 0) {
      usage.put("reasoningTokens", tokens.reasoning());
    }
    return usage;
  }
}
