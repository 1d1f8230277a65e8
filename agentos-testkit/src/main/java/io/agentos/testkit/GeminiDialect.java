package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Image;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google's {@code generateContent} and {@code streamGenerateContent}.
 *
 * <p>Knows no refusal of the model's, only filters: a blocked prompt, or a blocked answer.
 * Thread-safe.
 */
public final class GeminiDialect implements ModelServerDialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String EVENT_END = "\r\n\r\n";

  @Override
  public String reply(FakeStep.Reply reply, int number) {
    return MAPPER.writeValueAsString(chunk(reply, number, parts(reply), reply.tokens(), true));
  }

  @Override
  public String failure(FakeStep.Failure failure) {
    return MAPPER.writeValueAsString(
        Map.of(
            "error",
            Map.of(
                "code", failure.status(), "message", failure.message(), "status", failure.type())));
  }

  @Override
  public int turnsBefore(String requestBody) {
    int turns = 0;
    for (JsonNode content : MAPPER.readTree(requestBody).path("contents")) {
      if (content.path("role").asString("").equals("model")) {
        turns++;
      }
    }
    return turns;
  }

  @Override
  public boolean streams(String path, String requestBody) {
    return path.contains(":streamGenerateContent");
  }

  /**
   * Texts in pieces, calls whole, as Gemini streams them; the last chunk names the finish reason.
   */
  @Override
  public List<String> events(FakeStep.Reply reply, int number) {
    List<Map<String, Object>> pieces = new ArrayList<>();
    for (Map<String, Object> part : parts(reply)) {
      if (part.containsKey("text") && !part.containsKey("thought")) {
        ChatCompletionsEvents.pieces(String.valueOf(part.get("text")))
            .forEach(more -> pieces.add(Map.of("text", more)));
      } else {
        pieces.add(part);
      }
    }
    List<String> events = new ArrayList<>();
    for (Map<String, Object> piece : pieces) {
      Tokens begun = reply.tokens() == null ? null : Tokens.of(reply.tokens().input(), 1);
      events.add(event(chunk(reply, number, List.of(piece), begun, false)));
    }
    events.add(event(chunk(reply, number, List.of(), reply.tokens(), true)));
    return events;
  }

  @Override
  public String errorEvent(FakeStep.Failure failure) {
    return "data: " + failure(failure) + EVENT_END;
  }

  @Override
  public AskedCall asked(String requestBody) {
    JsonNode body = MAPPER.readTree(requestBody);
    List<Image> images = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (JsonNode content : body.path("contents")) {
      for (JsonNode part : content.path("parts")) {
        if (part.has("inlineData")) {
          images.add(
              new Image(
                  part.at("/inlineData/mimeType").asString(),
                  part.at("/inlineData/data").asString()));
        }
        if (part.path("thought").asBoolean(false)) {
          thoughts.add(part.path("thoughtSignature").asString());
        }
      }
    }
    JsonNode config = body.path("generationConfig");
    return new AskedCall(
        body.at("/systemInstruction/parts/0/text").asString(""),
        images,
        toolChoice(body.at("/toolConfig/functionCallingConfig")),
        schema(config.path("responseJsonSchema")),
        config.path("stopSequences").values().stream().map(JsonNode::asString).toList(),
        config.path("maxOutputTokens").asInt(0),
        thoughts);
  }

  @Override
  public StopReason told(StopReason reason) {
    return reason == StopReason.REFUSAL ? StopReason.FILTER : reason;
  }

  private static ToolChoice toolChoice(JsonNode config) {
    JsonNode named = config.at("/allowedFunctionNames/0");
    return switch (config.path("mode").asString("AUTO")) {
      case "AUTO" -> ToolChoice.AUTO;
      case "NONE" -> new ToolChoice.Forbidden();
      case "ANY" ->
          named.isString()
              ? new ToolChoice.Named(named.asString().replace("__", "."))
              : new ToolChoice.Required();
      default -> throw new IllegalArgumentException("no mode of calling: " + config);
    };
  }

  private static Map<String, Object> schema(JsonNode schema) {
    return schema.isObject()
        ? MAPPER.convertValue(schema, new TypeReference<Map<String, Object>>() {})
        : Map.of();
  }

  private static String event(Map<String, Object> chunk) {
    return "data: " + MAPPER.writeValueAsString(chunk) + EVENT_END;
  }

  private static Map<String, Object> chunk(
      FakeStep.Reply reply,
      int number,
      List<Map<String, Object>> parts,
      @Nullable Tokens tokens,
      boolean last) {
    Map<String, Object> candidate = new LinkedHashMap<>();
    candidate.put("content", Map.of("role", "model", "parts", parts));
    candidate.put("index", 0);
    if (last) {
      candidate.put("finishReason", finishReason(reply.stopReason()));
    }
    Map<String, Object> chunk = new LinkedHashMap<>();
    chunk.put("candidates", List.of(candidate));
    if (last && reply.stopReason() == StopReason.REFUSAL) {
      chunk.put("promptFeedback", Map.of("blockReason", "PROHIBITED_CONTENT"));
    }
    if (tokens != null) {
      chunk.put("usageMetadata", usage(tokens));
    }
    chunk.put("modelVersion", "fake-model");
    chunk.put("responseId", "response-" + number);
    return chunk;
  }

  private static List<Map<String, Object>> parts(FakeStep.Reply reply) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Part.Thought thought : reply.thoughts()) {
      parts.add(
          Map.of("text", thought.text(), "thought", true, "thoughtSignature", thought.seal()));
    }
    if (!reply.text().isEmpty()) {
      parts.add(Map.of("text", reply.text()));
    }
    for (ToolCall call : reply.toolCalls()) {
      parts.add(
          Map.of(
              "functionCall",
              Map.of("name", call.tool().replace(".", "__"), "args", call.arguments())));
    }
    return parts;
  }

  private static String finishReason(StopReason reason) {
    return switch (reason) {
      case END, TOOL_CALLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case REFUSAL, FILTER -> "PROHIBITED_CONTENT";
    };
  }

  /** Thoughts are not among the candidates' tokens. */
  private static Map<String, Object> usage(Tokens tokens) {
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("promptTokenCount", tokens.input());
    usage.put("cachedContentTokenCount", tokens.cacheRead());
    usage.put("candidatesTokenCount", tokens.output() - tokens.reasoning());
    usage.put("thoughtsTokenCount", tokens.reasoning());
    usage.put("totalTokenCount", tokens.input() + tokens.output());
    return usage;
  }
}
