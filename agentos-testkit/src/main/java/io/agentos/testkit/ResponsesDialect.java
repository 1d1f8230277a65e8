package io.agentos.testkit;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Image;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's Responses.
 *
 * <p>Thread-safe.
 */
public final class ResponsesDialect implements ModelServerDialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern DATA_URL = Pattern.compile("data:([a-z/]+);base64,(.+)");

  @Override
  public String reply(FakeStep.Reply reply, int number) {
    return MAPPER.writeValueAsString(response(reply, number));
  }

  @Override
  public String failure(FakeStep.Failure failure) {
    return MAPPER.writeValueAsString(
        Map.of("error", Map.of("type", failure.type(), "message", failure.message())));
  }

  @Override
  public int turnsBefore(String requestBody) {
    int turns = 0;
    boolean within = false;
    for (JsonNode item : MAPPER.readTree(requestBody).path("input")) {
      String type = item.path("type").asString("");
      boolean models =
          type.equals("reasoning")
              || type.equals("function_call")
              || item.path("role").asString("").equals("assistant");
      turns += models && !within ? 1 : 0;
      within = models;
    }
    return turns;
  }

  @Override
  public boolean streams(String path, String requestBody) {
    return MAPPER.readTree(requestBody).path("stream").asBoolean(false);
  }

  @Override
  public List<String> events(FakeStep.Reply reply, int number) {
    Map<String, @Nullable Object> whole = response(reply, number);
    Map<String, @Nullable Object> begun = new LinkedHashMap<>(whole);
    begun.put("status", "in_progress");
    begun.put("output", List.of());
    begun.put("usage", null);
    List<String> events = new ArrayList<>();
    events.add(event("response.created", Map.of("response", begun)));
    for (Map<String, Object> item : items(reply)) {
      events.add(
          event("response.output_item.added", Map.of("item", Map.of("type", text(item, "type")))));
      String what =
          switch (text(item, "type")) {
            case "reasoning" -> "response.reasoning_summary_text.delta";
            case "function_call" -> "response.function_call_arguments.delta";
            default -> refused(reply) ? "response.refusal.delta" : "response.output_text.delta";
          };
      for (String more : ChatCompletionsEvents.pieces(content(item, reply))) {
        events.add(event(what, Map.of("delta", more)));
      }
      events.add(event("response.output_item.done", Map.of("item", item)));
    }
    events.add(
        event(
            whole.get("incomplete_details") == null ? "response.completed" : "response.incomplete",
            Map.of("response", whole)));
    return events;
  }

  @Override
  public String errorEvent(FakeStep.Failure failure) {
    return event(
        "response.failed",
        Map.of(
            "response",
            Map.of(
                "status",
                "failed",
                "error",
                Map.of("code", failure.type(), "message", failure.message()))));
  }

  @Override
  public boolean takesStopSequences() {
    return false;
  }

  @Override
  public AskedCall asked(String requestBody) {
    JsonNode body = MAPPER.readTree(requestBody);
    List<Image> images = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (JsonNode item : body.path("input")) {
      for (JsonNode part : item.path("content")) {
        Matcher url = DATA_URL.matcher(part.path("image_url").asString(""));
        if (url.matches()) {
          images.add(new Image(url.group(1), url.group(2)));
        }
      }
      if (item.path("type").asString("").equals("reasoning")) {
        thoughts.add(item.path("encrypted_content").asString());
      }
    }
    JsonNode schema = body.path("text").path("format").path("schema");
    return new AskedCall(
        body.path("instructions").asString(""),
        images,
        toolChoice(body.path("tool_choice")),
        schema.isObject()
            ? MAPPER.convertValue(schema, new TypeReference<Map<String, Object>>() {})
            : Map.of(),
        List.of(),
        body.path("max_output_tokens").asInt(0),
        thoughts);
  }

  private static ToolChoice toolChoice(JsonNode choice) {
    if (choice.isObject()) {
      return new ToolChoice.Named(choice.path("name").asString().replace("__", "."));
    }
    return switch (choice.asString("auto")) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> new ToolChoice.Forbidden();
      case "required" -> new ToolChoice.Required();
      default -> throw new IllegalArgumentException("no tool_choice: " + choice);
    };
  }

  private static Map<String, @Nullable Object> response(FakeStep.Reply reply, int number) {
    String cut =
        switch (reply.stopReason()) {
          case LENGTH -> "max_output_tokens";
          case FILTER -> "content_filter";
          case END, TOOL_CALLS, REFUSAL -> "";
        };
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    response.put("id", "resp_" + number);
    response.put("object", "response");
    response.put("model", "fake-model");
    response.put("status", cut.isEmpty() ? "completed" : "incomplete");
    response.put("error", null);
    response.put("incomplete_details", cut.isEmpty() ? null : Map.of("reason", cut));
    response.put("output", items(reply));
    response.put("usage", usage(reply));
    return response;
  }

  private static List<Map<String, Object>> items(FakeStep.Reply reply) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Part.Thought thought : reply.thoughts()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("type", "reasoning");
      item.put("id", "rs_" + items.size());
      item.put("summary", List.of(Map.of("type", "summary_text", "text", thought.text())));
      item.put("encrypted_content", thought.seal());
      items.add(item);
    }
    if (!reply.text().isEmpty()) {
      String kind = refused(reply) ? "refusal" : "output_text";
      items.add(
          Map.of(
              "type",
              "message",
              "role",
              "assistant",
              "content",
              List.of(Map.of("type", kind, refused(reply) ? "refusal" : "text", reply.text()))));
    }
    for (ToolCall call : reply.toolCalls()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("type", "function_call");
      item.put("status", "completed");
      item.put("call_id", call.id());
      item.put("name", call.tool().replace(".", "__"));
      item.put("arguments", MAPPER.writeValueAsString(call.arguments()));
      items.add(item);
    }
    return items;
  }

  private static @Nullable Map<String, Object> usage(FakeStep.Reply reply) {
    if (reply.tokens() == null) {
      return null;
    }
    return Map.of(
        "input_tokens",
        reply.tokens().input(),
        "input_tokens_details",
        Map.of(
            "cached_tokens",
            reply.tokens().cacheRead(),
            "cache_write_tokens",
            reply.tokens().cacheWrite()),
        "output_tokens",
        reply.tokens().output(),
        "output_tokens_details",
        Map.of("reasoning_tokens", reply.tokens().reasoning()));
  }

  private static String content(Map<String, Object> item, FakeStep.Reply reply) {
    return switch (text(item, "type")) {
      case "function_call" -> text(item, "arguments");
      case "reasoning" ->
          reply.thoughts().get(Integer.parseInt(text(item, "id").substring("rs_".length()))).text();
      default -> reply.text();
    };
  }

  private static String text(Map<String, Object> item, String field) {
    return String.valueOf(item.get(field));
  }

  private static boolean refused(FakeStep.Reply reply) {
    return reply.stopReason() == StopReason.REFUSAL;
  }

  private static String event(String type, Map<String, Object> members) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.putAll(members);
    return "event: " + type + "\ndata: " + MAPPER.writeValueAsString(event) + "\n\n";
  }
}
