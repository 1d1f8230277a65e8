package io.agentos.testkit;

import io.agentos.api.Image;
import io.agentos.api.ToolChoice;
import java.util.List;
import java.util.Map;

/**
 * What a request asks of a model, in no vendor's words, as far as a contract looks at it.
 *
 * @param system the system prompt; empty for none
 * @param images of all its messages, in order
 * @param schema the JSON Schema that the answer must follow; empty for free text
 * @param thoughts what it gives back of the model's earlier thoughts, in order: seals, or texts
 *     where the vendor has no seals
 */
public record AskedCall(
    String system,
    List<Image> images,
    ToolChoice toolChoice,
    Map<String, Object> schema,
    List<String> stopSequences,
    int outputTokensMax,
    List<String> thoughts) {
  public AskedCall {
    images = List.copyOf(images);
    schema = Map.copyOf(schema);
    stopSequences = List.copyOf(stopSequences);
    thoughts = List.copyOf(thoughts);
  }
}
