package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ToolNames;
import io.agentos.adapters.openai.ChatCompletions.Habits;
import io.agentos.api.Effort;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.Part;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolChoice;
import io.agentos.api.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model request in the words of Chat Completions.
 *
 * <p>What DeepSeek wants otherwise: a schema stands in the system prompt, for it knows only that
 * the answer is JSON; the thoughts of a turn that calls tools go back with it; and it thinks unless
 * told not to, which it must be where a tool is forced, or where the thoughts of such a turn are
 * missing: both it refuses while thinking.
 */
final class ChatAsk {
  private static final ChatWire.Thinking NO_THINKING = new ChatWire.Thinking("disabled");
  private static final String SCHEMA_FOLLOWS =
      "Answer with one JSON object that follows this JSON Schema, and with nothing else:\n";

  private final Asked asked;
  private final ModelRequest request;
  private final ModelOptions options;
  private final boolean deepSeek;
  private final boolean modern;

  ChatAsk(Asked asked, Habits habits) {
    this.asked = asked;
    this.request = asked.request();
    this.options = request.options();
    this.deepSeek = habits == Habits.DEEPSEEK;
    this.modern = habits == Habits.OPENAI;
  }

  ChatWire.Ask of(boolean streamed) {
    int max = request.outputTokensMax();
    boolean thinks = !deepSeek || mayThink();
    return new ChatWire.Ask(
        asked.model(),
        turns(),
        request.tools().isEmpty() ? null : request.tools().stream().map(ChatAsk::tool).toList(),
        request.tools().isEmpty() ? null : toolChoice(options.toolChoice()),
        modern ? max : null,
        modern ? null : max,
        options.temperature(),
        options.stopSequences().isEmpty() ? null : options.stopSequences(),
        format(),
        thinks ? effort() : null,
        thinks ? null : NO_THINKING,
        streamed ? true : null,
        streamed ? new ChatWire.StreamOptions(true) : null);
  }

  private boolean mayThink() {
    boolean forced =
        options.toolChoice() instanceof ToolChoice.Required
            || options.toolChoice() instanceof ToolChoice.Named;
    return options.effort() != Effort.NONE
        && !forced
        && request.messages().stream().noneMatch(this::lacksThoughts);
  }

  private boolean lacksThoughts(Message message) {
    return message instanceof Message.Assistant assistant
        && !assistant.toolCalls().isEmpty()
        && thoughts(assistant).isEmpty();
  }

  private @Nullable String effort() {
    Effort effort = options.effort();
    return effort == null ? null : effort.name().toLowerCase(Locale.ROOT);
  }

  private ChatWire.@Nullable ResponseFormat format() {
    OutputSchema schema = options.schema();
    if (schema == null) {
      return null;
    }
    return deepSeek
        ? new ChatWire.ResponseFormat("json_object", null)
        : new ChatWire.ResponseFormat(
            "json_schema",
            new ChatWire.JsonSchema(schema.name(), schema.schema(), schema.strict()));
  }

  private List<ChatWire.AskedTurn> turns() {
    List<ChatWire.AskedTurn> turns = new ArrayList<>();
    String system = system();
    if (!system.isEmpty()) {
      turns.add(turn("system", system));
    }
    for (Message message : request.messages()) {
      turns.add(
          switch (message) {
            case Message.User user -> turn("user", content(user));
            case Message.Assistant assistant -> turn(assistant);
            case Message.ToolAnswer(String callId, String _, String text, boolean failed) ->
                new ChatWire.AskedTurn(
                    "tool", failed ? "Error: " + text : text, null, null, callId);
          });
    }
    return turns;
  }

  private String system() {
    OutputSchema schema = options.schema();
    if (schema == null || !deepSeek) {
      return request.system();
    }
    String ordered = SCHEMA_FOLLOWS + ProviderJson.write(schema.schema());
    return request.system().isEmpty() ? ordered : request.system() + "\n\n" + ordered;
  }

  private ChatWire.AskedTurn turn(Message.Assistant message) {
    List<ToolCall> calls = message.toolCalls();
    if (calls.isEmpty()) {
      return turn("assistant", message.text());
    }
    String thoughts = deepSeek ? thoughts(message) : "";
    return new ChatWire.AskedTurn(
        "assistant",
        message.text().isEmpty() ? null : message.text(),
        thoughts.isEmpty() ? null : thoughts,
        calls.stream().map(ChatAsk::call).toList(),
        null);
  }

  private String thoughts(Message.Assistant message) {
    if (!asked.own(message)) {
      return "";
    }
    return message.parts().stream()
        .filter(Part.Thought.class::isInstance)
        .map(part -> ((Part.Thought) part).text())
        .collect(Collectors.joining());
  }

  private static ChatWire.AskedTurn turn(String role, Object content) {
    return new ChatWire.AskedTurn(role, content, null, null, null);
  }

  private static Object content(Message.User message) {
    if (message.images().isEmpty()) {
      return message.text();
    }
    List<ChatWire.ContentPart> parts = new ArrayList<>();
    if (!message.text().isEmpty()) {
      parts.add(new ChatWire.ContentPart("text", message.text(), null));
    }
    for (Image image : message.images()) {
      parts.add(new ChatWire.ContentPart("image_url", null, new ChatWire.ImageUrl(dataUrl(image))));
    }
    return parts;
  }

  static String dataUrl(Image image) {
    return "data:" + image.mediaType() + ";base64," + image.base64();
  }

  private static @Nullable Object toolChoice(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto() -> null;
      case ToolChoice.Forbidden() -> "none";
      case ToolChoice.Required() -> "required";
      case ToolChoice.Named(String tool) ->
          new ChatWire.NamedTool("function", new ChatWire.ToolName(ToolNames.toWire(tool)));
    };
  }

  private static ChatWire.Call call(ToolCall call) {
    return new ChatWire.Call(
        call.id(),
        "function",
        new ChatWire.CalledFunction(
            ToolNames.toWire(call.tool()), ProviderJson.write(call.arguments())));
  }

  private static ChatWire.Tool tool(ToolSpec tool) {
    return new ChatWire.Tool(
        "function",
        new ChatWire.Function(
            ToolNames.toWire(tool.name()), tool.description(), tool.inputSchema()));
  }
}
