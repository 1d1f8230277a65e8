package io.agentos.tools.mcp;

import io.agentos.api.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a result of ours of what a server answered. Stateless. */
final class Answers {
  /** How much of an answer is handed on, in characters. */
  static final int TEXT_LENGTH_MAX = 200_000;

  private static final int FIELDS_DEPTH_MAX = 50;
  private static final String CUT = "\n[cut: the answer goes on]";

  private Answers() {}

  /** The texts of an answer one after the other; what is no text is named in brackets. */
  static ToolResult of(CallToolResult answer) {
    StringBuilder text = new StringBuilder();
    List<McpSchema.Content> parts = answer.content() == null ? List.of() : answer.content();
    for (McpSchema.Content part : parts) {
      if (text.length() > TEXT_LENGTH_MAX) {
        break;
      }
      text.append(text.isEmpty() ? "" : "\n").append(part(part));
    }
    Map<String, @Nullable Object> fields =
        answer.structuredContent() instanceof Map<?, ?> members && size(members, 0) >= 0
            ? PlainJson.members(members)
            : Map.of();
    return new ToolResult(cut(text), fields, Boolean.TRUE.equals(answer.isError()));
  }

  /** A text of at most so many characters, with a word where it was cut. */
  static String cut(CharSequence text) {
    return text.length() <= TEXT_LENGTH_MAX
        ? text.toString()
        : text.subSequence(0, TEXT_LENGTH_MAX) + CUT;
  }

  private static String part(McpSchema.Content part) {
    return switch (part) {
      case McpSchema.TextContent text -> String.valueOf(text.text());
      case McpSchema.ImageContent image -> named("image", image.mimeType(), image.data());
      case McpSchema.AudioContent audio -> named("audio", audio.mimeType(), audio.data());
      case McpSchema.EmbeddedResource resource ->
          resource.resource() instanceof McpSchema.TextResourceContents text
              ? String.valueOf(text.text())
              : "[a resource that is no text]";
      case McpSchema.ResourceLink link -> "[a resource: %s]".formatted(link.uri());
      default -> "[a part of another kind]";
    };
  }

  private static String named(String kind, @Nullable String type, @Nullable String data) {
    return "[%s of type %s, %,d characters of base64]"
        .formatted(kind, type, data == null ? 0 : data.length());
  }

  /** The number of values; below 0 when there are too many, or too deep, for fields. */
  private static int size(@Nullable Object value, int depth) {
    if (depth > FIELDS_DEPTH_MAX) {
      return Integer.MIN_VALUE / 2;
    }
    int size = value instanceof String text ? text.length() : 1;
    Iterable<?> members =
        switch (value) {
          case Map<?, ?> map -> map.values();
          case List<?> list -> list;
          case null, default -> List.of();
        };
    for (Object member : members) {
      size += size(member, depth + 1);
      if (size < 0 || size > TEXT_LENGTH_MAX) {
        return Integer.MIN_VALUE / 2;
      }
    }
    return size;
  }
}
