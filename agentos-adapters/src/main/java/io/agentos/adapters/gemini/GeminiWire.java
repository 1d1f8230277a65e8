package io.agentos.adapters.gemini;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The Gemini API on the wire: field for field, camelCase, absent fields null.
 *
 * <p>Source: Google's reference of {@code v1beta}, November 2026. As with all JSON of protocol
 * buffers, a number that is missing is 0.
 */
final class GeminiWire {
  private GeminiWire() {}

  /** What is asked. */
  @JsonNaming(LowerCamelCaseStrategy.class)
  record Ask(
      List<SentContent> contents,
      @Nullable SentContent systemInstruction,
      @Nullable List<Tools> tools,
      @Nullable ToolConfig toolConfig,
      GenerationConfig generationConfig) {}

  record SentContent(@Nullable String role, List<Sent> parts) {}

  /** A part that is sent: a text, a picture, a call or what became of one. */
  @JsonNaming(LowerCamelCaseStrategy.class)
  record Sent(
      @Nullable String text,
      @Nullable Boolean thought,
      @Nullable Picture inlineData,
      @Nullable SentCall functionCall,
      @Nullable SentResponse functionResponse,
      @Nullable String thoughtSignature) {

    static Sent text(String text, @Nullable String signature) {
      return new Sent(text, null, null, null, null, signature);
    }

    static Sent thought(String text, String signature) {
      return new Sent(text, true, null, null, null, signature);
    }

    static Sent image(Picture picture) {
      return new Sent(null, null, picture, null, null, null);
    }

    static Sent call(SentCall call, @Nullable String signature) {
      return new Sent(null, null, null, call, null, signature);
    }

    static Sent response(SentResponse response) {
      return new Sent(null, null, null, null, response, null);
    }
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  record Picture(String mimeType, String data) {}

  record SentCall(@Nullable String id, String name, Map<String, @Nullable Object> args) {}

  record SentResponse(@Nullable String id, String name, Map<String, String> response) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record Tools(List<Function> functionDeclarations) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record Function(String name, String description, Map<String, Object> parametersJsonSchema) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record ToolConfig(CallingConfig functionCallingConfig) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record CallingConfig(String mode, @Nullable List<String> allowedFunctionNames) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record GenerationConfig(
      int maxOutputTokens,
      @Nullable Double temperature,
      @Nullable List<String> stopSequences,
      @Nullable String responseMimeType,
      @Nullable Map<String, Object> responseJsonSchema,
      @Nullable ThinkingConfig thinkingConfig) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record ThinkingConfig(
      @Nullable Boolean includeThoughts,
      @Nullable Integer thinkingBudget,
      @Nullable String thinkingLevel) {}

  /** What is answered, or one chunk of it. */
  @JsonNaming(LowerCamelCaseStrategy.class)
  record Answer(
      @Nullable List<@Nullable Candidate> candidates,
      @Nullable PromptFeedback promptFeedback,
      @Nullable JsonNode usageMetadata,
      @Nullable String modelVersion,
      @Nullable String responseId,
      @Nullable JsonNode error) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record Candidate(
      @Nullable Content content, @Nullable String finishReason, @Nullable Integer index) {}

  record Content(@Nullable List<@Nullable Part> parts) {}

  /** A part that came. */
  @JsonNaming(LowerCamelCaseStrategy.class)
  record Part(
      @Nullable String text,
      @Nullable Boolean thought,
      @Nullable String thoughtSignature,
      @Nullable Call functionCall) {}

  record Call(@Nullable String id, @Nullable String name, @Nullable JsonNode args) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  record PromptFeedback(@Nullable String blockReason) {}
}
