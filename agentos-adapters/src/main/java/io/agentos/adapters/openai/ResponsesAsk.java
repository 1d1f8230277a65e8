package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderJson;
import io.agentos.adapters.http.ToolNames;
import io.agentos.api.AgentOsException;
import io.agentos.api.Effort;
import io.agentos.api.ErrorCode;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A model request in the words of Responses. */
final class ResponsesAsk {
  /** Families that do not reason, and refuse to be asked for sealed thoughts. */
  private static final Pattern NOT_REASONING = Pattern.compile("(?:gpt-3|gpt-4|chatgpt-).*");

  private final Asked asked;
  private final ModelRequest request;

  ResponsesAsk(Asked asked) {
    this.asked = asked;
    this.request = asked.request();
  }

  /**
   * @throws AgentOsException PROVIDER_REFUSED when stop sequences are wanted, which there are none
   *     of
   */
  ResponsesWire.Ask of(boolean streamed) {
    ModelOptions options = request.options();
    if (!options.stopSequences().isEmpty()) {
      throw new AgentOsException(
          ErrorCode.PROVIDER_REFUSED,
          "%s cannot be asked for model %s with stop sequences: Responses have none. Leave them out,"
                  .formatted(asked.provider(), asked.model())
              + " or let the provider use Chat Completions.");
    }
    boolean tools = !request.tools().isEmpty();
    return new ResponsesWire.Ask(
        asked.model(),
        request.system().isEmpty() ? null : request.system(),
        input(),
        tools ? request.tools().stream().map(ResponsesAsk::tool).toList() : null,
        tools ? toolChoice(options.toolChoice()) : null,
        text(options.schema()),
        reasoning(options.effort()),
        request.outputTokensMax(),
        options.temperature(),
        false,
        NOT_REASONING.matcher(asked.model()).matches()
            ? null
            : List.of("reasoning.encrypted_content"),
        streamed ? true : null);
  }

  private List<Object> input() {
    List<Object> input = new ArrayList<>();
    for (Message message : request.messages()) {
      switch (message) {
        case Message.User user -> input.add(message("user", content(user), ""));
        case Message.Assistant assistant -> addItems(input, assistant);
        case Message.ToolAnswer(String callId, String _, String text, boolean failed) ->
            input.add(
                new ResponsesWire.OutputItem(
                    "function_call_output", callId, failed ? "Error: " + text : text));
      }
    }
    return input;
  }

  private void addItems(List<Object> input, Message.Assistant message) {
    boolean own = asked.own(message);
    for (Part part : message.parts()) {
      switch (part) {
        case Part.Text(String text, String seal) ->
            input.add(
                message(
                    "assistant",
                    List.of(new ResponsesWire.ContentPart("output_text", text, null)),
                    own ? seal : ""));
        case Part.Call(ToolCall call, String _) ->
            input.add(
                new ResponsesWire.CallItem(
                    "function_call",
                    call.id(),
                    ToolNames.toWire(call.tool()),
                    ProviderJson.write(call.arguments())));
        case Part.Thought(String _, String seal) -> {
          JsonNode item = own ? ProviderJson.tree(seal) : ProviderJson.tree("");
          if (item.isObject()) {
            input.add(item);
          }
        }
      }
    }
  }

  private static ResponsesWire.MessageItem message(
      String role, List<ResponsesWire.ContentPart> content, String phase) {
    return new ResponsesWire.MessageItem("message", role, content, phase.isEmpty() ? null : phase);
  }

  private static List<ResponsesWire.ContentPart> content(Message.User message) {
    List<ResponsesWire.ContentPart> parts = new ArrayList<>();
    if (!message.text().isEmpty() || message.images().isEmpty()) {
      parts.add(new ResponsesWire.ContentPart("input_text", message.text(), null));
    }
    for (Image image : message.images()) {
      parts.add(new ResponsesWire.ContentPart("input_image", null, ChatAsk.dataUrl(image)));
    }
    return parts;
  }

  private static ResponsesWire.Tool tool(ToolSpec tool) {
    return new ResponsesWire.Tool(
        "function", ToolNames.toWire(tool.name()), tool.description(), tool.inputSchema(), false);
  }

  private static @Nullable Object toolChoice(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto() -> null;
      case ToolChoice.Forbidden() -> "none";
      case ToolChoice.Required() -> "required";
      case ToolChoice.Named(String tool) ->
          new ResponsesWire.NamedTool("function", ToolNames.toWire(tool));
    };
  }

  private static ResponsesWire.@Nullable Text text(@Nullable OutputSchema schema) {
    return schema == null
        ? null
        : new ResponsesWire.Text(
            new ResponsesWire.Format(
                "json_schema", schema.name(), schema.schema(), schema.strict()));
  }

  private static ResponsesWire.@Nullable Reasoning reasoning(@Nullable Effort effort) {
    return effort == null
        ? null
        : new ResponsesWire.Reasoning(effort.name().toLowerCase(Locale.ROOT));
  }
}
