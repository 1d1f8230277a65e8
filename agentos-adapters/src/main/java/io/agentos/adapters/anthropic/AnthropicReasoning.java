package io.agentos.adapters.anthropic;

import io.agentos.api.Effort;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolChoice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a call asks its model to think, and what that rules out: a model that thinks takes no
 * temperature and cannot be forced to call a tool, so a forced call is asked for without thought
 * where the model can do without.
 *
 * @param thinking null to say nothing about it
 * @param effort null to say nothing about it
 * @param temperature null for the model's own
 */
record AnthropicReasoning(
    AnthropicWire.@Nullable Thinking thinking,
    @Nullable String effort,
    @Nullable Double temperature) {
  /** The least that Anthropic takes as a budget. */
  private static final int BUDGET_MIN = 1024;

  private static final int BUDGET_MEDIUM = 4096;
  private static final int BUDGET_HIGH = 16_384;

  /** Anthropic's scale ends where others have their middle. */
  private static final double TEMPERATURE_MAX = 1.0;

  /**
   * @param unsealedCalls whether the conversation ends in tool calls that did not come with a
   *     thought of this model: such a turn cannot go on with a budget of thought
   */
  static AnthropicReasoning of(ModelRequest request, String model, boolean unsealedCalls) {
    AnthropicModel traits = AnthropicModel.of(model);
    Effort effort = request.options().effort();
    boolean forced = !request.tools().isEmpty() && isForced(request.options().toolChoice());
    AnthropicWire.Thinking thinking =
        switch (traits.thinking()) {
          case BUDGET -> forced || unsealedCalls ? null : budget(effort, request.outputTokensMax());
          case ADAPTIVE -> adaptive(effort, forced, traits.rest());
        };
    return new AnthropicReasoning(
        thinking,
        traits.thinking() == AnthropicModel.Thinking.ADAPTIVE ? word(effort, traits.rest()) : null,
        thinking == null && traits.takesTemperature() ? temperature(request) : null);
  }

  private static boolean isForced(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto _, ToolChoice.Forbidden _ -> false;
      case ToolChoice.Required _, ToolChoice.Named _ -> true;
    };
  }

  /** Half of the longest answer at most; no thought at all where that is less than the least. */
  private static AnthropicWire.@Nullable Thinking budget(
      @Nullable Effort effort, int outputTokensMax) {
    int wanted =
        switch (effort) {
          case null -> 0;
          case NONE -> 0;
          case LOW -> BUDGET_MIN;
          case MEDIUM -> BUDGET_MEDIUM;
          case HIGH -> BUDGET_HIGH;
        };
    int tokens = Math.min(wanted, outputTokensMax / 2);
    return tokens < BUDGET_MIN ? null : new AnthropicWire.Thinking("enabled", tokens, null);
  }

  private static AnthropicWire.@Nullable Thinking adaptive(
      @Nullable Effort effort, boolean forced, AnthropicModel.Rest rest) {
    if (effort != Effort.NONE && !forced) {
      return effort == null ? null : new AnthropicWire.Thinking("adaptive", null, "summarized");
    }
    return switch (rest) {
      case UNASKED, NEVER -> null;
      case DISABLED -> new AnthropicWire.Thinking("disabled", null, null);
      case BETWEEN_TOOLS -> new AnthropicWire.Thinking("between_tools", null, null);
    };
  }

  /** Effort bounds the whole answer, so it says nothing of thought where that can be left out. */
  private static @Nullable String word(@Nullable Effort effort, AnthropicModel.Rest rest) {
    return switch (effort) {
      case null -> null;
      case NONE -> rest == AnthropicModel.Rest.NEVER ? "low" : null;
      case LOW, MEDIUM, HIGH -> effort.name().toLowerCase(Locale.ROOT);
    };
  }

  private static @Nullable Double temperature(ModelRequest request) {
    Double asked = request.options().temperature();
    return asked == null ? null : Math.min(asked, TEMPERATURE_MAX);
  }
}
