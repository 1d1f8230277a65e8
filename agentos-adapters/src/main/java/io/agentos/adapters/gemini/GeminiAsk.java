package io.agentos.adapters.gemini;

import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.ToolChoice;
import io.agentos.api.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model request in the words of the Gemini API. Prompts are cached by Gemini itself: nothing is
 * said about it.
 */
final class GeminiAsk {
  private GeminiAsk() {}

  /**
   * @param provider whose seals may be sent
   * @param model that is asked
   */
  static GeminiWire.Ask of(ModelRequest request, String provider, String model) {
    boolean tools = !request.tools().isEmpty();
    return new GeminiWire.Ask(
        new GeminiContents(provider, model).of(request.messages()),
        request.system().isEmpty()
            ? null
            : new GeminiWire.SentContent(
                null, List.of(GeminiWire.Sent.text(request.system(), null))),
        tools ? List.of(tools(request.tools())) : null,
        tools ? config(request.options().toolChoice()) : null,
        config(request, model));
  }

  private static GeminiWire.Tools tools(List<ToolSpec> tools) {
    return new GeminiWire.Tools(
        tools.stream()
            .map(tool ->
                new GeminiWire.Function(
                    GeminiToolNames.toWire(tool.name()), tool.description(), tool.inputSchema()))
            .toList());
  }

  private static GeminiWire.@Nullable ToolConfig config(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto _ -> null;
      case ToolChoice.Forbidden _ -> config("NONE", null);
      case ToolChoice.Required _ -> config("ANY", null);
      case ToolChoice.Named(String tool) -> config("ANY", List.of(GeminiToolNames.toWire(tool)));
    };
  }

  private static GeminiWire.ToolConfig config(String mode, @Nullable List<String> names) {
    return new GeminiWire.ToolConfig(new GeminiWire.CallingConfig(mode, names));
  }

  private static GeminiWire.GenerationConfig config(ModelRequest request, String model) {
    ModelOptions options = request.options();
    OutputSchema schema = options.schema();
    return new GeminiWire.GenerationConfig(
        request.outputTokensMax(),
        options.temperature(),
        options.stopSequences().isEmpty() ? null : options.stopSequences(),
        schema == null ? null : "application/json",
        schema == null ? null : schema.schema(),
        GeminiModel.of(model).config(options.effort(), request.outputTokensMax()));
  }
}
