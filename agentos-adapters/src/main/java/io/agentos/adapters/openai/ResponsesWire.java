package io.agentos.adapters.openai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses on the wire, as far as they are asked: field for field, snake_case, absent
 * fields null. Answers are read as trees, for their items go back as they came.
 *
 * <p>Source: OpenAI's API reference, November 2026.
 */
final class ResponsesWire {
  private ResponsesWire() {}

  /**
   * What is asked. Nothing is stored at OpenAI, so the thoughts come and go sealed.
   *
   * @param input of {@link MessageItem}, {@link CallItem}, {@link OutputItem}, and reasoning items
   *     as they came
   * @param toolChoice a word, or {@link NamedTool}
   */
  record Ask(
      String model,
      @Nullable String instructions,
      List<Object> input,
      @Nullable List<Tool> tools,
      @Nullable Object toolChoice,
      @Nullable Text text,
      @Nullable Reasoning reasoning,
      int maxOutputTokens,
      @Nullable Double temperature,
      boolean store,
      @Nullable List<String> include,
      @Nullable Boolean stream) {}

  record MessageItem(String type, String role, List<ContentPart> content, @Nullable String phase) {}

  /** {@code input_text}, {@code input_image} or {@code output_text}. */
  record ContentPart(String type, @Nullable String text, @Nullable String imageUrl) {}

  /** {@code arguments} is JSON within a string. */
  record CallItem(String type, String callId, String name, String arguments) {}

  record OutputItem(String type, String callId, String output) {}

  /** {@code strict} is said: it is otherwise taken for granted, and changes schemas. */
  record Tool(
      String type,
      String name,
      String description,
      Map<String, Object> parameters,
      boolean strict) {}

  record NamedTool(String type, String name) {}

  record Text(Format format) {}

  record Format(String type, String name, Map<String, Object> schema, boolean strict) {}

  record Reasoning(String effort) {}
}
