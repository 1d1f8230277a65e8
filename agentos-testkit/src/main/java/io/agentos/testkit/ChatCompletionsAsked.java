package io.agentos.testkit;

import io.agentos.api.Image;
import io.agentos.api.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request in the words of Chat Completions asks. */
final class ChatCompletionsAsked {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern DATA_URL = Pattern.compile("data:([a-z/]+);base64,(.+)");

  private ChatCompletionsAsked() {}

  static AskedCall read(JsonNode body) {
    String system = "";
    List<Image> images = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      if (message.path("role").asString("").equals("system")) {
        system = message.path("content").asString("");
      }
      for (JsonNode part : message.path("content").values()) {
        Matcher url = DATA_URL.matcher(part.path("image_url").path("url").asString(""));
        if (url.matches()) {
          images.add(new Image(url.group(1), url.group(2)));
        }
      }
      if (message.has("reasoning_content")) {
        thoughts.add(message.path("reasoning_content").asString());
      }
    }
    return new AskedCall(
        system,
        images,
        toolChoice(body.path("tool_choice")),
        schema(body.path("response_format"), system),
        texts(body.path("stop")),
        body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(0)),
        thoughts);
  }

  private static ToolChoice toolChoice(JsonNode choice) {
    if (choice.isObject()) {
      String name = choice.path("function").path("name").asString();
      return new ToolChoice.Named(name.replace("__", "."));
    }
    return switch (choice.asString("auto")) {
      case "auto" -> ToolChoice.AUTO;
      case "none" -> new ToolChoice.Forbidden();
      case "required" -> new ToolChoice.Required();
      default -> throw new IllegalArgumentException("no tool_choice: " + choice);
    };
  }

  /**
   * Of {@code json_object}, which has none of its own, the JSON at the end of the system prompt.
   */
  private static Map<String, Object> schema(JsonNode format, String system) {
    return switch (format.path("type").asString("")) {
      case "json_schema" -> object(format.path("json_schema").path("schema"));
      case "json_object" -> object(MAPPER.readTree(system.substring(system.lastIndexOf('\n') + 1)));
      default -> Map.of();
    };
  }

  private static Map<String, Object> object(JsonNode node) {
    return MAPPER.convertValue(node, new TypeReference<Map<String, Object>>() {});
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }
}
