package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import java.util.ArrayList;
import java.util.List;

/** A model request in the words of Chat Completions. */
final class OpenAiAsk {
  private OpenAiAsk() {}

  static OpenAiWire.Ask of(
      ModelRequest request, String model, OpenAiSettings.OutputTokensField outputTokensField) {
    int max = request.outputTokensMax();
    boolean modern = outputTokensField == OpenAiSettings.OutputTokensField.MAX_COMPLETION_TOKENS;
    return new OpenAiWire.Ask(
        model,
        turns(request),
        request.tools().isEmpty() ? null : request.tools().stream().map(OpenAiAsk::tool).toList(),
        modern ? max : null,
        modern ? null : max,
        request.options().temperature());
  }

  private static List<OpenAiWire.Turn> turns(ModelRequest request) {
    List<OpenAiWire.Turn> turns = new ArrayList<>();
    if (!request.system().isEmpty()) {
      turns.add(new OpenAiWire.Turn("system", request.system(), null, null, null));
    }
    for (Message message : request.messages()) {
      turns.add(turn(message));
    }
    return turns;
  }

  private static OpenAiWire.Turn turn(Message message) {
    return switch (message) {
      case Message.User(String text, var _) -> new OpenAiWire.Turn("user", text, null, null, null);
      case Message.Assistant assistant ->
          assistant.toolCalls().isEmpty()
              ? new OpenAiWire.Turn("assistant", assistant.text(), null, null, null)
              : new OpenAiWire.Turn(
                  "assistant",
                  assistant.text().isEmpty() ? null : assistant.text(),
                  null,
                  assistant.toolCalls().stream().map(OpenAiAsk::call).toList(),
                  null);
      case Message.ToolAnswer(String callId, String _, String text, boolean failed) ->
          new OpenAiWire.Turn("tool", failed ? "Error: " + text : text, null, null, callId);
    };
  }

  private static OpenAiWire.Call call(ToolCall call) {
    return new OpenAiWire.Call(
        call.id(),
        "function",
        new OpenAiWire.CalledFunction(
            ToolNames.toWire(call.tool()), ProviderJson.write(call.arguments())));
  }

  private static OpenAiWire.Tool tool(ToolSpec tool) {
    return new OpenAiWire.Tool(
        "function",
        new OpenAiWire.Function(
            ToolNames.toWire(tool.name()), tool.description(), tool.inputSchema()));
  }
}
