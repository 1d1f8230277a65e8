package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ToolNames;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.OutputSchema;
import io.agentos.api.ToolChoice;
import io.agentos.api.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model request in the words of Messages. */
final class AnthropicAsk {
  private AnthropicAsk() {}

  /**
   * @param provider whose seals may be sent
   * @param model that is asked
   */
  static AnthropicWire.Ask of(
      ModelRequest request, String provider, String model, boolean streamed) {
    ModelOptions options = request.options();
    List<AnthropicWire.Turn> turns = new AnthropicTurns(provider, model).of(request.messages());
    AnthropicReasoning reasoning =
        AnthropicReasoning.of(request, model, AnthropicTurns.endInUnsealedCalls(turns));
    return new AnthropicWire.Ask(
        model,
        request.outputTokensMax(),
        system(request.system(), options.cachePrompt()),
        options.cachePrompt() ? keptButLast(turns) : turns,
        tools(request.tools(), options.cachePrompt()),
        request.tools().isEmpty() ? null : choice(options.toolChoice()),
        reasoning.thinking(),
        config(reasoning.effort(), options.schema()),
        reasoning.temperature(),
        options.stopSequences().isEmpty() ? null : options.stopSequences(),
        streamed ? true : null);
  }

  private static @Nullable List<AnthropicWire.Sent> system(String text, boolean kept) {
    if (text.isBlank()) {
      return null;
    }
    AnthropicWire.Text block = new AnthropicWire.Text(text);
    return List.of(kept ? block.kept() : block);
  }

  /** Marks the end of all turns but the last. Thoughts cannot carry the mark. */
  private static List<AnthropicWire.Turn> keptButLast(List<AnthropicWire.Turn> turns) {
    List<AnthropicWire.Turn> marked = new ArrayList<>(turns);
    for (int turn = turns.size() - 2; turn >= 0; turn--) {
      List<AnthropicWire.Sent> content = new ArrayList<>(turns.get(turn).content());
      for (int block = content.size() - 1; block >= 0; block--) {
        if (!(content.get(block) instanceof AnthropicWire.Thought)) {
          content.set(block, content.get(block).kept());
          marked.set(turn, new AnthropicWire.Turn(turns.get(turn).role(), content));
          return marked;
        }
      }
    }
    return marked;
  }

  private static @Nullable List<AnthropicWire.Tool> tools(List<ToolSpec> tools, boolean kept) {
    if (tools.isEmpty()) {
      return null;
    }
    List<AnthropicWire.Tool> wire = new ArrayList<>(tools.size());
    for (ToolSpec tool : tools) {
      boolean last = wire.size() == tools.size() - 1;
      wire.add(
          new AnthropicWire.Tool(
              ToolNames.toWire(tool.name()),
              tool.description(),
              tool.inputSchema(),
              kept && last ? AnthropicWire.CacheControl.EPHEMERAL : null));
    }
    return wire;
  }

  private static AnthropicWire.@Nullable Choice choice(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto _ -> null;
      case ToolChoice.Forbidden _ -> new AnthropicWire.Choice("none", null);
      case ToolChoice.Required _ -> new AnthropicWire.Choice("any", null);
      case ToolChoice.Named(String tool) ->
          new AnthropicWire.Choice("tool", ToolNames.toWire(tool));
    };
  }

  private static AnthropicWire.@Nullable OutputConfig config(
      @Nullable String effort, @Nullable OutputSchema schema) {
    if (effort == null && schema == null) {
      return null;
    }
    return new AnthropicWire.OutputConfig(
        effort,
        schema == null
            ? null
            : new AnthropicWire.Format("json_schema", AnthropicSchema.of(schema.schema())));
  }
}
